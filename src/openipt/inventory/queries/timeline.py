"""What happened in a life, in order and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from openipt.core.errors import Missing
from openipt.core.inventory import Tie, tie_of
from openipt.core.timeline import (
    Event,
    Kind,
    Moment,
    Season,
    around,
    event_of,
    load_kinds,
    year_in,
)
from openipt.inventory import access
from openipt.inventory.models import LifeEvent, LifeEventVersion, Relationship
from openipt.people.models import Person
from openipt.sql.prepared import Prepared
from openipt.vault import keys
from openipt.web import dates

from .people import Whose

_OF_THE_ILLNESS = {"symptoms", "treatment", "medicine"}


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent:
    """Something that happened, in the words of the page."""

    event_id: UUID
    version: int
    event: Event
    kind: Kind
    when: str
    """ "spring 2019", "since March 2024", "2011 to May 2013"."""
    whom: tuple[str, ...]
    """The names of those it was with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineSummary:
    """How much is on a timeline, and when the present episode began: "" if unknown."""

    count: int
    onset: str


def events_of(person: Person) -> list[KnownEvent]:
    """Return what is on a timeline, the earliest first; the reader reached it before."""
    keys.prefetch([person.pk])
    rows = _EVENTS.instances(person=person.pk)
    names = {str(pk): tie.label for pk, tie in ties_of(person).items()}
    known = [_known(row, names) for row in rows]
    return sorted(known, key=lambda one: (one.event.when.order, one.event_id))


_EVENTS = Prepared(
    lambda person: LifeEvent.objects.filter(person_id=person, removed_at__isnull=True),
    person=UUID,
)


def around_onset(person: Person) -> list[KnownEvent]:
    """Return what happened from a year before the onset to three months after it.

    Empty without an onset. It is a selection for reading; it says nothing about causes.
    """
    return near_onset(events_of(person))


def near_onset(events: Iterable[KnownEvent]) -> list[KnownEvent]:
    """Return the same from events that were read already."""
    return around(events, lambda one: one.event)


def timeline_summary(person: Person) -> TimelineSummary:
    """Return what one line says of a timeline; two queries."""
    rows = LifeEvent.objects.filter(person=person, removed_at__isnull=True)
    onset = rows.filter(is_onset=True).first()
    event = event_of(onset.content, is_onset=True) if onset else None
    return TimelineSummary(
        count=rows.count(), onset=moment_words(event.when) if event else ""
    )


def shared_onset_of(person: Person) -> str:
    """Return how and when the present episode began, as it stands on the timeline.

    Empty where that is unknown, or not for the care team.
    """
    if not access.has_agreed(person):
        return ""
    row = LifeEvent.objects.filter(
        person=person, removed_at__isnull=True, is_onset=True
    ).first()
    if row is None:
        return ""
    event = event_of(row.content, is_onset=True)
    return f"{event.title}, {moment_words(event.when)}"


def shared_before_onset(person: Person) -> list[KnownEvent]:
    """Return what happened in the year before the present episode began, in order.

    Without how they felt and what was done about it. Empty where the onset is unknown, or
    where the timeline is not for the care team. It says nothing about causes.
    """
    if not access.has_agreed(person):
        return []
    events = events_of(person)
    onset = next((one.event.when for one in events if one.event.is_onset), None)
    return [
        one
        for one in near_onset(events)
        if onset is not None
        and one.event.when.first <= onset.last
        and one.event.kind not in _OF_THE_ILLNESS
    ]


def event_count_of(person: Person) -> int:
    """Return how much is on a timeline now."""
    return LifeEvent.objects.filter(person=person, removed_at__isnull=True).count()


def life_event_of(
    whose: Whose, event_id: UUID, *, also_removed: bool = False
) -> LifeEvent:
    """Return an event of a life that was reached by this member.

    `also_removed` is for a form that was filled in before it was taken off.

    :raises Missing: if it is not there, was taken off, or is not theirs to see
    """
    found = LifeEvent.objects.filter(pk=event_id, person=whose.person).first()
    if found is None or not whose.may_look:
        raise Missing
    if found.removed_at and not also_removed:
        raise Missing
    found.person = whose.person
    return found


def event_versions_of(life_event: LifeEvent) -> list[LifeEventVersion]:
    """Return what was said of an event, the newest first."""
    rows = LifeEventVersion.objects.filter(life_event=life_event)
    return list(rows.select_related("by").order_by("-version"))


def ties_of(person: Person) -> Mapping[UUID, Tie]:
    """Return everybody who is or was in the circle."""
    return {row.pk: tie_of(row.content) for row in _relationships(person)}


def offered_people(person: Person, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return who is in the circle now, by id and name, and who was named before."""
    named = set(also)
    offered = [
        (str(row.pk), tie_of(row.content).label)
        for row in _relationships(person)
        if row.removed_at is None or str(row.pk) in named
    ]
    return sorted(offered, key=lambda one: one[1].casefold())


def doubts_about(event: Event, ties: Mapping[UUID, Tie]) -> list[str]:
    """Return what to ask about an event: somebody takes part who had died before it."""
    doubts: list[str] = []
    for pk, tie in ties.items():
        died = None if tie.alive else year_in(tie.died)
        if str(pk) in event.whom and died is not None and event.when.first.year > died:
            doubts.append(
                _(
                    "You wrote that %(name)s died in %(died)s, and this is about "
                    "%(when)s. Is that the right time? It is kept either way."
                )
                % {"name": tie.label, "died": died, "when": moment_words(event.when)}
            )
    return doubts


def moment_words(moment: Moment) -> str:
    """Return "2019", "spring 2019", "March 2019" or "3 Mar 2019"."""
    if moment.season:
        return _season_words(moment.season, moment.year)
    if moment.month is None:
        return str(moment.year)
    if moment.day is None:
        return dates.month_year(moment.first)
    return dates.short_day(moment.first)


def when_words(event: Event) -> str:
    """Return when something was, and until when where that was said."""
    when = moment_words(event.when)
    if event.lasts:
        return _("since %(moment)s") % {"moment": when}
    if event.until is not None and event.until != event.when:
        until = moment_words(event.until)
        return _("%(moment)s to %(until)s") % {"moment": when, "until": until}
    return when


def effect_words(effect: int | None) -> str:
    """Return what an event did to the mood, in words; "" where nobody said."""
    words = {
        -3: _("much worse"),
        -2: _("worse"),
        -1: _("a little worse"),
        0: _("neither better nor worse"),
        1: _("a little better"),
        2: _("better"),
        3: _("much better"),
    }
    return words[effect] if effect is not None else ""


def _season_words(season: Season, year: int) -> str:
    if season == "winter":
        years = f"{year}/{(year + 1) % 100:02}"
        return _("winter %(years)s") % {"years": years}
    words = {
        "spring": _("spring %(year)s"),
        "summer": _("summer %(year)s"),
        "autumn": _("autumn %(year)s"),
    }
    return words[season] % {"year": year}


def _known(row: LifeEvent, names: Mapping[str, str]) -> KnownEvent:
    event = event_of(row.content, is_onset=row.is_onset)
    return KnownEvent(
        event_id=row.pk,
        version=row.version,
        event=event,
        kind=load_kinds()[event.kind],
        when=when_words(event),
        whom=tuple(names[one] for one in event.whom if one in names),
    )


def _relationships(person: Person) -> list[Relationship]:
    return _RELATIONSHIPS.instances(person=person.pk)


_RELATIONSHIPS = Prepared(
    lambda person: Relationship.objects.filter(person_id=person).order_by(
        "created_at", "pk"
    ),
    person=UUID,
)
