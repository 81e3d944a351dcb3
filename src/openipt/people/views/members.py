"""The console's pages about members: who they are, what they may, whether they may."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.ids import new_id
from openipt.people import forms, operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .attempts import attempt

if TYPE_CHECKING:
    from openipt.people.models import Member

READ = ("GET", "HEAD")
DEPUTIES = ("therapist", "supervisor")


@open_to("admin", methods=READ)
def members(request: Request) -> HttpResponse:
    """List the staff of the service."""
    lines = queries.staff_of_service(request.member, now(), timezone.localdate())
    context = {"lines": lines, "who": "staff"}
    return render(request, "people/members.html", context)


@open_to("admin", methods=READ)
def persons(request: Request) -> HttpResponse:
    """List the accounts of people in therapy; nothing of what is in their records."""
    lines = queries.persons_with_accounts(request.member, now(), timezone.localdate())
    context = {"lines": lines, "who": "persons"}
    return render(request, "people/members.html", context)


@open_to("admin")
def invite_member(request: Request) -> HttpResponse:
    """Invite somebody to the staff; the code is shown once, on a page to print."""
    deputies = queries.those_with_role(request.member, *DEPUTIES)
    form = forms.InviteMember(
        request.POST if request.method == "POST" else None,
        initial={"submission_id": new_id()},
        deputies=deputies,
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        answers = form.cleaned_data if form.is_valid() else {}
        made, status = attempt(
            form,
            lambda: operations.invite_member(by=request.member, at=now(), **answers),
        )
        if made:
            return _code_page(request, *made)
    return render(request, "people/invite_member.html", {"form": form}, status=status)


@open_to("admin")
def member(request: Request, member: UUID) -> HttpResponse:
    """Show a member of the staff; change name, roles and deputy."""
    found = queries.member_of_service(request.member, member)
    if request.method != "POST":
        return member_page(request, found)
    form = _change_form(request, found, request.POST)
    answers = form.cleaned_data if form.is_valid() else {}
    changed, status = attempt(
        form,
        lambda: operations.change_member(
            member=found, by=request.member, at=now(), **answers
        ),
    )
    if changed:
        messages.success(request, _("Saved."))
        return redirect("people:member", found.pk)
    if status == HTTPStatus.CONFLICT:
        found = queries.member_of_service(request.member, member)
        about_version(form, found.version)
    return member_page(request, found, status=status, change=form)


@open_to("admin", methods=("POST",))
def new_code(request: Request, member: UUID) -> HttpResponse:
    """Make a new code for somebody who has not joined yet; the old one ends."""
    found = queries.member_of_service(request.member, member)
    form = forms.NewCode(request.POST)
    code, status = attempt(
        form,
        lambda: operations.invite_again(
            member=found,
            by=request.member,
            at=now(),
            email=form.cleaned_data["email"],
        ),
    )
    if code:
        return _code_page(request, found, code)
    return member_page(request, found, status=status, code=form)


@open_to("admin", methods=("POST",))
def revoke_code(request: Request, member: UUID) -> HttpResponse:
    """Take a code back."""
    found = queries.member_of_service(request.member, member)
    operations.revoke_invitation(member=found, by=request.member, at=now())
    messages.success(request, _("The code no longer works."))
    return redirect("people:member", found.pk)


@open_to("admin", methods=("POST",))
def suspend(request: Request, member: UUID) -> HttpResponse:
    """Close the service to a member, with a reason."""
    return _with_reason(
        request, member, operations.suspend, _("Suspended. Nothing opens any more.")
    )


@open_to("admin", methods=("POST",))
def reinstate(request: Request, member: UUID) -> HttpResponse:
    """Open the service to a suspended member again, with a reason."""
    return _with_reason(
        request, member, operations.reinstate, _("Reinstated. They can sign in again.")
    )


@open_to("admin", methods=("POST",))
def end_member_sessions(request: Request, member: UUID) -> HttpResponse:
    """Sign a member out everywhere."""
    found = queries.member_of_service(request.member, member)
    operations.end_sessions(member=found, by=request.member, at=now())
    messages.success(request, _("They are signed out everywhere."))
    return redirect("people:member", found.pk)


def member_page(
    request: Request, found: "Member", *, status: int = HTTPStatus.OK, **sent: Any
) -> HttpResponse:
    """Return the page of a member; `sent` are forms that came back with an error."""
    at, today = now(), timezone.localdate()
    others = [
        one
        for one in queries.those_with_role(request.member, *DEPUTIES)
        if one.pk != found.pk
    ]
    context = {
        "line": queries.line_of(found, at, today),
        "member": found,
        "changed_meanwhile": status == HTTPStatus.CONFLICT,
        "change": sent.get("change") or _change_form(request, found, None),
        "why": sent.get("why") or forms.Why(),
        "code": sent.get("code") or forms.NewCode(),
        "absence": sent.get("absence") or forms.RecordAbsence(deputies=others),
        "absences": queries.absences_of(found, today),
        "covers": queries.covered_by(found),
        "supervisors": queries.supervisors_of(found, at),
        "supervisees": queries.supervisees(found, at),
        "changes": queries.changes_of(found),
    }
    return render(request, "people/member.html", context, status=status)


def _change_form(request: Request, found: "Member", sent: Any) -> forms.ChangeMember:
    deputies = {
        one.pk: one for one in queries.those_with_role(request.member, *DEPUTIES)
    }
    if found.deputy is not None:
        deputies.setdefault(found.deputy.pk, found.deputy)
    deputies.pop(found.pk, None)
    initial = {
        "version": found.version,
        "name": found.name,
        "roles": found.roles,
        "deputy": found.deputy_id or "",
    }
    return forms.ChangeMember(sent, initial=initial, deputies=deputies.values())


def _with_reason(
    request: Request, member_id: UUID, act: Any, done: str
) -> HttpResponse:
    found = queries.member_of_service(request.member, member_id)
    form = forms.Why(request.POST)

    def try_it() -> bool:
        act(
            member=found,
            reason=form.cleaned_data["reason"],
            by=request.member,
            at=now(),
        )
        return True

    made, status = attempt(form, try_it)
    if made:
        messages.success(request, done)
        return redirect("people:member", found.pk)
    return member_page(request, found, status=status, why=form)


def _code_page(request: Request, invited: "Member", code: str) -> HttpResponse:
    """Return the page with the code: it is in no other place, so nothing redirects here."""
    context = {
        "name": invited.name,
        "code": code,
        "address": request.build_absolute_uri("/join/"),
        "line": queries.line_of(invited, now(), timezone.localdate()),
    }
    return render(request, "people/code.html", context)
