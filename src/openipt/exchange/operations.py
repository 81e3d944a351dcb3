"""Requests for erasure: asked, answered by one, confirmed by another, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.exchange import load_grounds
from openipt.people import operations as people
from openipt.people.models import Member, Person
from openipt.sql.locks import lock_row

from . import access
from .models import ErasureRequest

State = ErasureRequest.State


@transaction.atomic
def ask_for_erasure(
    *, person: Person, why: str, by: Member, at: datetime
) -> ErasureRequest:
    """Ask to have the record erased; while one request stands, asking again returns it.

    One that was accepted stands: beside a second one it would be carried out although the
    person took the second back and believes that nothing is erased.
    """
    lock_row(Person, person.pk)
    waiting = ErasureRequest.objects.filter(
        person=person, state__in=[State.ASKED, State.PROPOSED, State.ACCEPTED]
    ).first()
    if waiting is not None:
        return waiting
    request: ErasureRequest = ErasureRequest.objects.create(
        service_id=person.service_id, person=person, why=why or None, asked_at=at
    )
    _say(request, "asked", by=by, at=at)
    for member in Member.objects.filter(
        service_id=person.service_id, state=Member.State.ACTIVE
    ):
        if "admin" in member.role_set:
            people.send_pointer(
                member=member,
                kind="erasure_asked",
                dedupe_key=f"erasure-asked:{request.pk}:{member.pk}",
                at=at,
            )
    return request


@transaction.atomic
def propose(
    *, request: ErasureRequest, ground: str, answer: str, by: Member, at: datetime
) -> ErasureRequest:
    """Propose to accept (no ground) or to refuse on a ground; a second person confirms.

    :raises Refused: if this member may not, or care still needs the record
    :raises Invalid: without words for the person where it is refused
    """
    held = _locked(request)
    if reason := access.refusal_to_propose(by, held):
        raise Refused(reason)
    if not ground and (reason := access.refusal_to_accept(held)):
        raise Refused(reason)
    if ground and ground not in load_grounds():
        raise Invalid(_("Choose one of the grounds."))
    if ground and not answer.strip():
        raise Invalid(_("Write to the person why it is refused, and until when."))
    held.state, held.ground, held.answer = (
        State.PROPOSED,
        ground,
        answer.strip() or None,
    )
    held.proposed_by, held.proposed_at = by, at
    held.version += 1
    held.save()
    _say(held, "proposed", by=by, at=at)
    return held


@transaction.atomic
def decide(
    *, request: ErasureRequest, version: int, confirm: bool, by: Member, at: datetime
) -> ErasureRequest:
    """Confirm what another member proposed, or give the request back to be answered anew.

    `version` is of the request that the second person read: what they confirm is what they
    saw, not what was proposed since.

    :raises Refused: if it is the same member, or care still needs the record
    :raises Stale: if the request has changed since
    """
    held = _locked(request)
    if reason := access.refusal_to_decide(by, held):
        raise Refused(reason)
    if held.version != version:
        raise Stale(_("This request has changed meanwhile. Please read it again."))
    if not confirm:
        held.state, held.ground, held.answer = State.ASKED, "", None
        held.proposed_by = held.proposed_at = None
        held.version += 1
        held.save()
        _say(held, "given_back", by=by, at=at)
        return held
    if not held.ground and (reason := access.refusal_to_accept(held)):
        raise Refused(reason)
    held.state = State.REFUSED if held.ground else State.ACCEPTED
    held.not_before = None if held.ground else (at + access.DELAY).date()
    held.decided_by, held.decided_at = by, at
    held.version += 1
    held.save()
    _say(held, str(held.state), by=by, at=at)
    member = held.person.member
    if member is not None:
        people.send_pointer(
            member=member,
            kind="erasure_answered",
            dedupe_key=f"erasure-answered:{held.pk}",
            at=at,
        )
    return held


@transaction.atomic
def withdraw(*, request: ErasureRequest, by: Member, at: datetime) -> ErasureRequest:
    """Take a request back; a second time changes nothing.

    :raises Refused: once it is closed, or its waiting time is over
    """
    held = _locked(request)
    if held.state == State.WITHDRAWN:
        return held
    if reason := access.refusal_to_withdraw(held, at):
        raise Refused(reason)
    held.state, held.not_before = State.WITHDRAWN, None
    held.version += 1
    held.save()
    _say(held, "withdrawn", by=by, at=at)
    return held


@transaction.atomic
def note_taking_away(*, person: Person, by: Member, at: datetime, form: str) -> None:
    """Leave a trace that the person took their record away, as `html` or `json`."""
    audit.record(
        action="exchange.record.taken",
        resource="person",
        object_id=person.pk,
        subjects=[person.pk],
        reason=form,
        by=by,
        at=at,
    )


def _locked(request: ErasureRequest) -> ErasureRequest:
    return ErasureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _say(request: ErasureRequest, what: str, *, by: Member, at: datetime) -> None:
    audit.record(
        action=f"exchange.erasure.{what}",
        resource="erasure",
        object_id=request.pk,
        subjects=[request.person_id],
        reason=request.ground if request.ground in load_grounds() else "",
        by=by,
        at=at,
    )
    people.touch([by.pk, request.person.member_id])
