"""What changes among the people in a life. Nothing that was said of them is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.inventory import FARTHEST, Tie, as_content, tie_of
from openipt.inventory import access
from openipt.inventory.models import (
    InventoryAgreement,
    Relationship,
    RelationshipVersion,
)
from openipt.people import operations as people
from openipt.people.models import Member, Person
from openipt.sql.locks import lock_row
from openipt.sql.prepared import Prepared
from openipt.web.sent_again import check_same


@transaction.atomic
def agree(*, person: Person, by: Member, at: datetime) -> InventoryAgreement:
    """Note that the person looks at these people with their care team; twice is once.

    :raises Refused: if the member is neither the person nor of the care team
    """
    if reason := access.refusal_to_note(by, person, at):
        raise Refused(reason)
    _lock(person)
    agreement, is_new = InventoryAgreement.objects.get_or_create(
        person=person,
        ended_at__isnull=True,
        defaults={"service_id": person.service_id, "agreed_at": at, "noted_by": by},
    )
    if is_new:
        _say(person, "inventory.agreed", by=by, at=at)
    return agreement


@transaction.atomic
def take_agreement_back(*, person: Person, by: Member, at: datetime) -> None:
    """Let the care team no longer see these people; only the person can say so.

    :raises Refused: if the member is somebody else
    """
    if not access.is_own(by, person):
        raise Refused(_("Only the person themselves can take this back."))
    ended = InventoryAgreement.objects.filter(person=person, ended_at__isnull=True)
    if ended.update(ended_at=at, ended_by=by):
        _say(person, "inventory.agreement_taken_back", by=by, at=at)


@transaction.atomic
def add(
    *, person: Person, submission_id: UUID, tie: Tie, by: Member, at: datetime
) -> Relationship:
    """Add somebody. The same submission sent again gives whom it added before.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Invalid: if the circle is full
    :raises SentBefore: if it was sent before with other words
    """
    _check_write(person, by, at)
    _lock(person)
    already: Relationship | None = _SENT.first(
        person=person.pk, submission=submission_id
    )
    if already:
        first = tie_of(_first_said(already))
        # The place is chosen for them, by how many there are when the form comes.
        check_same(first, replace(tie, angle=first.angle))
        return already
    if reason := access.refusal_to_add(person):
        raise Invalid(reason)
    relationship = Relationship.objects.create(
        service_id=person.service_id,
        person=person,
        submission_id=submission_id,
        content=as_content(tie),
        created_at=at,
        updated_at=at,
    )
    _keep_version(relationship, by=by, at=at)
    _say(person, "inventory.relationship.added", by=by, at=at)
    return relationship


@transaction.atomic
def change(
    *, relationship: Relationship, tie: Tie, version: int, by: Member, at: datetime
) -> Relationship:
    """Change what is said of somebody; the same again changes nothing.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Stale: if it was changed since this version was opened
    """
    _check_write(relationship.person, by, at)
    if relationship.removed_at is None and tie_of(relationship.content) == tie:
        return relationship
    return _changed(relationship, tie, version, by=by, at=at)


@transaction.atomic
def move(
    *,
    relationship: Relationship,
    closeness: int,
    angle: int,
    version: int,
    by: Member,
    at: datetime,
) -> Relationship:
    """Put somebody at another place in the circle.

    Beyond the rim is at the rim, so that nobody is ever dragged out of a life.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Stale: if it was changed since this version was opened
    """
    _check_write(relationship.person, by, at)
    tie = replace(
        tie_of(relationship.content),
        closeness=min(max(closeness, 0), FARTHEST),
        angle=angle % 360,
    )
    return change(relationship=relationship, tie=tie, version=version, by=by, at=at)


@transaction.atomic
def remove(*, relationship: Relationship, by: Member, at: datetime) -> None:
    """Take somebody out of the circle; they stay in its past. Twice is once.

    :raises Refused: with the reason of `access.refusal_to_write`
    """
    _check_write(relationship.person, by, at)
    row = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if row.removed_at is not None:
        return
    row.removed_at, row.updated_at = at, at
    row.version += 1
    row.save(update_fields=["removed_at", "updated_at", "version"])
    _keep_version(row, by=by, at=at)
    _say(relationship.person, "inventory.relationship.removed", by=by, at=at)


def _changed(
    relationship: Relationship, tie: Tie, version: int, *, by: Member, at: datetime
) -> Relationship:
    row = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if row.version != version or row.removed_at is not None:
        raise Stale(
            _(
                "This was changed meanwhile, perhaps by somebody else or in another window."
            )
        )
    row.content, row.updated_at = as_content(tie), at
    row.version += 1
    row.save(update_fields=["content", "updated_at", "version"])
    _keep_version(row, by=by, at=at)
    _say(relationship.person, "inventory.relationship.changed", by=by, at=at)
    row.person = relationship.person
    return row


def _check_write(person: Person, by: Member, at: datetime) -> None:
    if reason := access.refusal_to_write(by, person, at):
        raise Refused(reason)


def _first_said(relationship: Relationship) -> Mapping[str, Any]:
    """Return what the form said that added them."""
    versions = RelationshipVersion.objects.filter(relationship=relationship)
    first = versions.order_by("version").first()
    content: Mapping[str, Any] = (first or relationship).content
    return content


def _keep_version(relationship: Relationship, *, by: Member, at: datetime) -> None:
    RelationshipVersion.objects.create(
        service_id=relationship.service_id,
        person_id=relationship.person_id,
        relationship=relationship,
        version=relationship.version,
        content=relationship.content,
        is_removed=relationship.removed_at is not None,
        by=by,
        at=at,
    )


def _lock(person: Person) -> None:
    """Let one change of a circle happen at a time."""
    lock_row(Person, person.pk)


def _say(person: Person, action: str, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="inventory",
        object_id=person.pk,
        subjects=[person.pk],
        service_id=person.service_id,
        by=by,
        at=at,
    )
    people.touch({by.pk, person.member_id})


_SENT = Prepared(
    lambda person, submission: Relationship.objects.filter(
        person=person, submission_id=submission
    ),
    person=UUID,
    submission=UUID,
)
