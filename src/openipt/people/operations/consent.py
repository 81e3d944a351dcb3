"""A person's yes to the notice, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Refused, Stale
from openipt.people.models import Agreement, CareRelationship, Member, Notice, Person

from .pulse import touch


@transaction.atomic
def agree(*, member: Member, notice: Notice, at: datetime) -> Agreement:
    """Record that the person agreed to this version of the notice; twice is once.

    :raises Refused: if the member is no person of the notice's service
    :raises Stale: if the service has published a newer version meanwhile
    """
    if not member.is_person or notice.service_id != member.service_id:
        raise Refused(_("Only a person in therapy agrees to this notice."))
    newest = Notice.objects.filter(service_id=member.service_id).order_by("-version")
    if newest.values_list("pk", flat=True).first() != notice.pk:
        raise Stale(_("The notice has changed meanwhile. Please read it again."))
    agreement, is_new = Agreement.objects.get_or_create(
        notice=notice,
        member=member,
        withdrawn_at=None,
        defaults={"service_id": member.service_id, "agreed_at": at},
    )
    if is_new:
        _tell(agreement, "given", by=member, at=at)
    return agreement


@transaction.atomic
def withdraw_agreement(*, member: Member, at: datetime) -> None:
    """Take the agreement back: only help, own data and contact stay open.

    What was written before stays in the record; nothing new is kept until the person
    agrees again. Without a standing agreement this does nothing.
    """
    standing = Agreement.objects.select_for_update().filter(
        member=member, withdrawn_at__isnull=True
    )
    for agreement in standing:
        agreement.withdrawn_at = at
        agreement.save(update_fields=["withdrawn_at"])
        _tell(agreement, "withdrawn", by=member, at=at)


def _tell(agreement: Agreement, step: str, *, by: Member, at: datetime) -> None:
    persons = list(Person.objects.filter(member=by).values_list("pk", flat=True))
    carers = CareRelationship.objects.filter(
        person_id__in=persons, state=CareRelationship.State.ACTIVE
    ).values_list("member_id", flat=True)
    touch([by.id, *carers])
    audit.record(
        action=f"people.agreement.{step}",
        resource="agreement",
        object_id=agreement.id,
        subjects=persons,
        by=by,
        at=at,
    )
