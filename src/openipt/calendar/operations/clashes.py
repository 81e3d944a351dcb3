"""Two sessions at one time: kept apart, and said in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openipt.calendar import queries
from openipt.calendar.models import Appointment
from openipt.core.course import Slot
from openipt.core.errors import Invalid
from openipt.people.models import Member
from openipt.sql.locks import lock_row
from openipt.web import dates


class SlotTaken(Invalid):
    """The professional has another session at that time; the message names the date."""


def one_at_a_time(member: Member) -> None:
    """Let nobody else plan for this professional until the transaction ends.

    The constraint knows equal starts only; overlaps are seen by looking, so the looking
    must not race.
    """
    lock_row(Member, member.pk)


def refuse_a_clash(member: Member, slots: Sequence[Slot], minutes: int) -> None:
    """Refuse slots that overlap a planned session of this professional.

    :raises SlotTaken: if one does
    """
    if taken := queries.clash_with(member.pk, queries.spans_of(slots, minutes)):
        raise SlotTaken(clash_in_words(taken))


def refuse_to_plan_twice(appointment: Appointment) -> None:
    """Refuse to plan a session again where another one stands by now.

    :raises SlotTaken: if one does
    """
    span = (appointment.starts_at, queries.ends_at(appointment))
    taken = queries.clash_with(appointment.member_id, [span])
    if taken is not None and taken.pk != appointment.pk:
        raise SlotTaken(clash_in_words(taken))


def clash_in_words(taken: Appointment) -> str:
    """Return the sentence for one session that is in the way."""
    return _(
        "There is already a session on %(day)s at %(clock)s. Choose another day or time."
    ) % {
        "day": dates.day(taken.on_date, year=True),
        "clock": dates.clock(taken.wall_time),
    }


def clashes_in_words(rows: Sequence[Appointment]) -> str:
    """Return the sentence for all sessions that are in the way, with their days."""
    return ngettext(
        "One session overlaps another of that therapist: %(days)s.",
        "%(n)d sessions overlap others of that therapist: %(days)s.",
        len(rows),
    ) % {"n": len(rows), "days": ", ".join(dates.short_day(r.on_date) for r in rows)}
