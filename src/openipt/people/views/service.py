"""The console's pages about the service itself: settings and notice."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt.people import forms, operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .attempts import attempt


@open_to("admin")
def service_settings(request: Request) -> HttpResponse:
    """Show and change the settings of the service."""
    service, theirs = request.member.service, None
    form = forms.ServiceSettings(
        request.POST if request.method == "POST" else None, service=service
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        changed, status = attempt(form, lambda: _change(request, form))
        if changed:
            messages.success(request, _("Saved."))
            return redirect("people:service-settings")
        if status == HTTPStatus.CONFLICT:
            theirs = forms.ServiceSettings(service=service)
            about_version(form, service.version)
    context = {"form": form, "theirs": theirs}
    return render(request, "people/service_settings.html", context, status=status)


@open_to("admin")
def notice(request: Request) -> HttpResponse:
    """Show the notice with its versions, and write a new one."""
    newest = queries.newest_notice(request.member)
    version = newest.version if newest else 0
    initial = {"version": version, "text": newest.text if newest else ""}
    form = forms.NoticeText(
        request.POST if request.method == "POST" else None, initial=initial
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        published, status = attempt(form, lambda: _publish(request, form))
        if published:
            messages.success(
                request, _("Published. Everybody is asked to agree when they sign in.")
            )
            return redirect("people:notice")
        if status == HTTPStatus.CONFLICT:
            about_version(form, version)
    context = {
        "form": form,
        "newest": newest,
        "blocks": queries.notice_blocks(newest.text) if newest else [],
        "versions": queries.notices_of(request.member),
        "changed_meanwhile": status == HTTPStatus.CONFLICT,
    }
    return render(request, "people/notice.html", context, status=status)


@open_to("admin", methods=("GET", "HEAD"))
def notice_version(request: Request, version: int) -> HttpResponse:
    """Show one version of the notice as people read it."""
    found = queries.notice_for(request.member, version)
    context = {"notice": found, "blocks": queries.notice_blocks(found.text)}
    return render(request, "people/notice_version.html", context)


def _change(request: Request, form: forms.ServiceSettings) -> Any:
    return operations.change_service(
        service=request.member.service,
        version=form.cleaned_data["version"],
        by=request.member,
        at=now(),
        **form.changes(),
    )


def _publish(request: Request, form: forms.NoticeText) -> Any:
    return operations.publish_notice(
        service=request.member.service,
        text=form.cleaned_data["text"],
        base_version=form.cleaned_data["version"],
        by=request.member,
        at=now(),
    )
