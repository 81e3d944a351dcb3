"""The notice: read, agreed to, taken back."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt.core.errors import Stale
from openipt.people import forms, operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", before_agreement=True)
def agree(request: Request) -> HttpResponse:
    """Show the newest notice and take the person's yes to it."""
    notice = queries.newest_notice(request.member)
    if notice is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form, status = forms.Agree(initial={"version": notice.version}), HTTPStatus.OK
    changed = False
    if request.method == "POST":
        form, status = forms.Agree(request.POST), HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            read = queries.notice_for(request.member, form.cleaned_data["version"])
            try:
                operations.agree(member=request.member, notice=read, at=now())
                return redirect(settings.LOGIN_REDIRECT_URL)
            except Stale:
                form = forms.Agree(initial={"version": notice.version})
                changed, status = True, HTTPStatus.CONFLICT
    context = {
        "form": form,
        "notice": notice,
        "blocks": queries.notice_blocks(notice.text),
        "agreement": queries.agreement_of(request.member),
        "changed": changed,
    }
    return render(request, "people/agree.html", context, status=status)


@open_to("person", before_agreement=True)
def agreement(request: Request) -> HttpResponse:
    """Show what the person agreed to, and what taking it back means; take it back."""
    standing = queries.agreement_of(request.member)
    if request.method == "POST":
        operations.withdraw_agreement(member=request.member, at=now())
        messages.success(
            request, _("Your agreement is taken back. Nothing new is kept from now on.")
        )
        return redirect("people:agree")
    if standing is None:
        return redirect("people:agree")
    context = {
        "agreement": standing,
        "blocks": queries.notice_blocks(standing.notice.text),
    }
    return render(request, "people/agreement.html", context)
