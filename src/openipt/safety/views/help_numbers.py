"""The console page on which an administrator looks after the help numbers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Stale
from openipt.safety import operations, queries
from openipt.safety.forms import KeepHelpNumber
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request


@open_to("admin")
def help_numbers(request: Request) -> HttpResponse:
    """List the numbers of the service, with suggestions, and take a new one."""
    service = request.member.service
    form = KeepHelpNumber(request.POST or None, service=service)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_help_number(
                details=form.details(), by=request.member, at=now()
            )
        except Invalid as fault:
            form.add_error("number", str(fault))
        else:
            messages.success(
                request, _("Written down. It is shown once you have checked it.")
            )
            return redirect("safety:help-numbers")
    return render(
        request,
        "safety/help_numbers.html",
        _list_context(request, form),
        status=422 if form.errors else 200,
    )


@open_to("admin")
def help_number(request: Request, line: UUID) -> HttpResponse:
    """Change one number; it then waits to be checked again."""
    kept = queries.kept_line(request.member, line)
    initial = {name: getattr(kept, name) for name in _FIELDS}
    form = KeepHelpNumber(
        request.POST or None, service=request.member.service, initial=initial
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_help_number(
                line=kept,
                details=form.details(),
                version=form.cleaned_data["version"] or 0,
                by=request.member,
                at=now(),
            )
        except Invalid as fault:
            form.add_error("number", str(fault))
        except Stale as stale:
            form.add_error(None, str(stale))
            about_version(form, kept.version)
            status = 409
        else:
            return redirect("safety:help-numbers")
    if form.errors and status == 200:
        status = 422
    context = {"form": form, "kept": kept, "is_stale": status == 409}
    return render(request, "safety/help_number.html", context, status=status)


@open_to("admin", methods=("POST",))
def check_help_number(request: Request, line: UUID) -> HttpResponse:
    """Put a number live: the administrator has checked it with its operator today."""
    kept = queries.kept_line(request.member, line)
    operations.check_help_number(
        line=kept, version=_version(request), by=request.member, at=now()
    )
    messages.success(request, _("Checked. Persons see this number from now on."))
    return redirect("safety:help-numbers")


@open_to("admin", methods=("POST",))
def retire_help_number(request: Request, line: UUID) -> HttpResponse:
    """Take a number out of use."""
    kept = queries.kept_line(request.member, line)
    operations.retire_help_number(
        line=kept, version=_version(request), by=request.member, at=now()
    )
    messages.success(request, _("Taken out of use. Nobody sees this number any more."))
    return redirect("safety:help-numbers")


_FIELDS = (
    "country",
    "kind",
    "name",
    "number",
    "hours",
    "note",
    "source",
    "version",
)


def _list_context(request: Request, form: KeepHelpNumber) -> dict[str, Any]:
    today = localdate(now())
    service = request.member.service
    return {
        "form": form,
        "kept": queries.kept_lines(request.member, today),
        "suggestions": queries.open_suggestions(request.member),
        "is_live": queries.emergency_is_live(service.pk, service.country, today),
        "is_demo": service.is_demo,
    }


def _version(request: Request) -> int:
    """Return the version the page was made from; 0, which never is one, if unreadable."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
