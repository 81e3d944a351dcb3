"""Who looks after whom: supervision, and who stands in during an absence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused
from openipt.core.wall_time import on_the_wall
from openipt.people import access
from openipt.people.models import Absence, Member, Service, Supervision

from .pulse import touch

LONGEST_ABSENCE_DAYS = 2 * 366


@transaction.atomic
def set_supervision(
    *,
    supervisor: Member,
    therapist: Member,
    by: Member,
    at: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Supervision:
    """Let one member supervise another, from now or a later instant, perhaps until one.

    What stands already for all of that time is returned as it is.

    :raises Refused: if `by` may not, or the two cannot
    :raises Invalid: if it would start in the past, end before it starts, or overlap
    """
    if refused := (
        access.refusal_to_administer(by, therapist.service_id)
        or access.refusal_to_supervise(supervisor, therapist)
    ):
        raise Refused(refused)
    Service.objects.select_for_update().get(pk=therapist.service_id)
    begins = starts_at or at
    if begins < at or (ends_at is not None and ends_at <= begins):
        raise Invalid(_("Supervision starts today or later, and ends after it starts."))
    overlap = Supervision.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=begins),
        supervisor=supervisor,
        therapist=therapist,
    )
    if ends_at is not None:
        overlap = overlap.filter(starts_at__lt=ends_at)
    for standing in overlap:
        if standing.starts_at <= begins and standing.ends_at == ends_at:
            return standing
        raise Invalid(
            _("These two have supervision in that time already. End it first.")
        )
    supervision = Supervision(
        service_id=therapist.service_id,
        supervisor=supervisor,
        therapist=therapist,
        starts_at=begins,
        ends_at=ends_at,
        created_by=by,
    )
    supervision.save(force_insert=True)
    _record_supervision(supervision, "started", by=by, at=at)
    return supervision


@transaction.atomic
def end_supervision(*, supervision: Supervision, by: Member, at: datetime) -> None:
    """End a supervision now; one that has not begun is taken back. Twice is once.

    :raises Refused: if `by` may not
    """
    if refused := access.refusal_to_administer(by, supervision.service_id):
        raise Refused(refused)
    running = Supervision.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at), pk=supervision.pk
    )
    if running.update(ends_at=at):
        _record_supervision(supervision, "ended", by=by, at=at)


@transaction.atomic
def record_absence(
    *,
    member: Member,
    deputy: Member,
    from_on: date,
    until_on: date,
    by: Member,
    at: datetime,
) -> Absence:
    """Record days on which a member reads nothing; `until_on` is the first day back.

    :raises Refused: if `by` may not, or the deputy cannot be one or is away then
    :raises Invalid: if the dates cannot be right or cross another absence
    """
    if refused := (
        access.refusal_to_administer(by, member.service_id)
        or access.refusal_to_stand_in(member, deputy)
    ):
        raise Refused(refused)
    service = Service.objects.select_for_update().get(pk=member.service_id)
    today = on_the_wall(at, ZoneInfo(service.zone)).date()
    if until_on <= from_on:
        raise Invalid(_("The first day back comes after the first day away."))
    if until_on <= today or (until_on - from_on).days > LONGEST_ABSENCE_DAYS:
        raise Invalid(_("An absence lies ahead and lasts two years at most."))
    if mine := _crossing(member, from_on, until_on):
        if (mine.from_on, mine.until_on, mine.deputy_id) == (
            from_on,
            until_on,
            deputy.id,
        ):
            return mine
        raise Invalid(_("There is an absence in these days already. Cancel it first."))
    if _crossing(deputy, from_on, until_on):
        raise Refused(_("That deputy is away in these days too. Choose another."))
    absence = Absence(
        service_id=member.service_id,
        member=member,
        deputy=deputy,
        from_on=from_on,
        until_on=until_on,
        created_by=by,
        created_at=at,
    )
    absence.save(force_insert=True)
    _record_absence(absence, "recorded", by=by, at=at)
    return absence


@transaction.atomic
def cancel_absence(*, absence: Absence, by: Member, at: datetime) -> None:
    """Take an absence back: the member reads again from now. Twice is once.

    :raises Refused: if `by` may not
    """
    if refused := access.refusal_to_administer(by, absence.service_id):
        raise Refused(refused)
    standing = Absence.objects.filter(pk=absence.pk, cancelled_at__isnull=True)
    if standing.update(cancelled_at=at):
        _record_absence(absence, "cancelled", by=by, at=at)


def _crossing(member: Member, from_on: date, until_on: date) -> Absence | None:
    return Absence.objects.filter(
        member=member,
        cancelled_at__isnull=True,
        from_on__lt=until_on,
        until_on__gt=from_on,
    ).first()


def _record_supervision(
    supervision: Supervision, step: str, *, by: Member, at: datetime
) -> None:
    touch([supervision.supervisor_id, supervision.therapist_id])
    audit.record(
        action=f"people.supervision.{step}",
        resource="supervision",
        object_id=supervision.id,
        by=by,
        at=at,
    )


def _record_absence(absence: Absence, step: str, *, by: Member, at: datetime) -> None:
    touch([absence.member_id, absence.deputy_id])
    audit.record(
        action=f"people.absence.{step}",
        resource="absence",
        object_id=absence.id,
        by=by,
        at=at,
    )
