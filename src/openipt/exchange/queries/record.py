"""Everything a person wrote and answered, put together once for both files.

What others wrote about them (session notes, reasons, what was noted about an alert) is not
theirs to carry away in a click; the page says whom to ask.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from openipt.calendar.models import Appointment
from openipt.core.measures import find_measure
from openipt.core.practice import find_kind
from openipt.courses.models import Ending, EndingVersion
from openipt.courses.queries import WORDS
from openipt.people.models import Agreement, Draft, Member, Person
from openipt.practice.models import Entry, EntryVersion, Share, Task
from openipt.questionnaires.models import Answering
from openipt.questionnaires.queries import in_words
from openipt.safety.models import AlertSource
from openipt.web import dates

from .afterwards import letters, staying_well
from .mood_and_events import mood_and_events
from .people_in_life import people_in_life
from .pieces import Fact, Item, Section, fact, facts
from .plan import plan
from .read import what_was_read
from .scales_answered import scales_answered
from .timeline import timeline_of
from .worked_on import foci, goals, hard

FORMAT = "openipt-record-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenRecord:
    """A person's record as they take it away."""

    called: str
    service: str
    at: datetime
    sections: tuple[Section, ...]


def record_of(person: Person, at: datetime) -> TakenRecord:
    """Return everything this person wrote and answered, and what is known of them."""
    sections = (
        ("about_me", _("About me"), _about(person)),
        ("sessions", _("Sessions"), _sessions(person)),
        ("journal", _("My week and my journal"), _journal(person)),
        ("people", _("My people"), people_in_life(person)),
        ("scales", _("Attachment and support"), scales_answered(person)),
        ("timeline", _("My timeline"), timeline_of(person)),
        ("hard", _("What is hard"), hard(person)),
        ("focus", _("What we worked on"), foci(person)),
        ("goals", _("My goals"), goals(person)),
        ("plan", _("My plan"), plan(person)),
        ("mood", _("What happened, and how my mood moved"), mood_and_events(person)),
        ("tried", _("Things to try"), _tasks(person)),
        ("answers", _("Questionnaires"), _answers(person)),
        ("safety", _("When I said that I was not safe"), _safety(person)),
        ("readings", _("Readings"), what_was_read(person)),
        ("looking_back", _("Looking back"), _looking_back(person)),
        ("staying_well", _("My plan for staying well"), staying_well(person)),
        ("letters", _("Letters"), letters(person)),
        ("drafts", _("Begun and not sent"), _drafts(person)),
    )
    return TakenRecord(
        called=person.called or person.name,
        service=person.service.name,
        at=at,
        sections=tuple(
            Section(key=key, title=title, items=tuple(items))
            for key, title, items in sections
        ),
    )


def as_json(record: TakenRecord) -> dict[str, Any]:
    """Return the record for programs; keys stay, words are in the reader's language."""
    return {
        "format": FORMAT,
        "service": record.service,
        "called": record.called,
        "made_at": record.at.isoformat(),
        "sections": {
            section.key: [
                {
                    "title": item.title,
                    "at": item.at.isoformat() if item.at else None,
                    "facts": [
                        {"key": fact.key, "label": fact.label, "value": fact.value}
                        for fact in item.facts
                    ],
                }
                for item in section.items
            ]
            for section in record.sections
        },
    }


def _about(person: Person) -> Iterable[Item]:
    account = person.member.account if person.member else None
    yield Item(
        title=_("Who I am"),
        at=person.created_at,
        facts=facts(
            ("name", _("Name"), person.name),
            ("called", _("Called"), person.called),
            ("born_on", _("Date of birth"), person.born_on),
            ("phone", _("Phone"), person.phone),
            ("country", _("Country"), person.country),
            ("email", _("E-mail"), account.email if account else ""),
        ),
    )
    agreed = Agreement.objects.filter(member=person.member).select_related("notice")
    for row in agreed.order_by("agreed_at"):
        taken_back = dates.moment(row.withdrawn_at) if row.withdrawn_at else ""
        yield Item(
            title=_("I agreed to version %(n)s of the notice")
            % {"n": row.notice.version},
            at=row.agreed_at,
            facts=facts(("withdrawn", _("Taken back"), taken_back)),
        )


def _sessions(person: Person) -> Iterable[Item]:
    states = {
        Appointment.State.PLANNED: _("planned"),
        Appointment.State.ATTENDED: _("attended"),
        Appointment.State.LATE_CANCEL: _("late cancel"),
        Appointment.State.MISSED: _("missed"),
        Appointment.State.CANCELLED: _("taken out"),
    }
    for row in Appointment.objects.filter(person=person).order_by("starts_at"):
        yield Item(
            title=_("Session %(n)s") % {"n": row.number},
            at=row.starts_at,
            facts=facts(
                ("minutes", _("Minutes"), row.minutes),
                ("state", _("State"), states[Appointment.State(row.state)]),
            ),
        )


def _journal(person: Person) -> Iterable[Item]:
    versions: dict[object, list[EntryVersion]] = {}
    for old in EntryVersion.objects.filter(person=person).order_by("version"):
        versions.setdefault(old.entry_id, []).append(old)
    readers: dict[object, list[str]] = {}
    shares = Share.objects.filter(entry__person=person).select_related("care__member")
    for share in shares.order_by("shared_at"):
        until = (
            _(" until %(day)s") % {"day": dates.short_day(share.ended_at)}
            if (share.ended_at)
            else ""
        )
        readers.setdefault(share.entry_id, []).append(share.care.member.name + until)
    for entry in Entry.objects.filter(person=person).order_by("created_at", "pk"):
        title = _(find_kind(entry.kind, entry.kind_version).title)
        for old in versions.get(entry.pk, []):
            yield Item(
                title=_("%(title)s (version %(n)s)")
                % {"title": title, "n": old.version},
                at=old.at,
                facts=_content(entry, old.content),
            )
        yield Item(
            title=title,
            at=entry.updated_at,
            facts=_content(entry, entry.content)
            + facts(
                ("about_day", _("About the day"), entry.happened_on),
                ("shared", _("Shared with"), ", ".join(readers.get(entry.pk, []))),
                (
                    "removed",
                    _("Removed by me"),
                    dates.moment(entry.removed_at) if entry.removed_at else "",
                ),
            ),
        )


def _content(entry: Entry, content: Mapping[str, Any]) -> tuple[Fact, ...]:
    kind = find_kind(entry.kind, entry.kind_version)
    found: list[Fact] = []
    for field in kind.fields:
        value = content.get(field.key)
        if isinstance(value, list):
            for number, inner in enumerate(value, 1):
                for one in field.fields:
                    said = _said(one, inner.get(one.key))
                    if said:
                        found.append(
                            fact(
                                f"{field.key}.{number}.{one.key}",
                                f"{_(field.label)} {number}: {_(one.label)}",
                                said,
                            )
                        )
        elif said := _said(field, value):
            found.append(fact(field.key, _(field.label), said))
    return tuple(found)


def _said(field: Any, value: object) -> str:
    """Return what an answer says in words: the label of a choice, else the text."""
    if value in {None, ""} if not isinstance(value, list | dict) else not value:
        return ""
    labels = {choice.value: _(choice.label) for choice in field.choices}
    return str(labels.get(str(value), value))


def _tasks(person: Person) -> Iterable[Item]:
    states = {
        Task.State.AGREED: _("agreed"),
        Task.State.DONE: _("done"),
        Task.State.NOT_DONE: _("not done"),
        Task.State.DROPPED: _("dropped"),
    }
    for task in Task.objects.filter(person=person).order_by("agreed_at"):
        yield Item(
            title=task.text,
            at=task.agreed_at,
            facts=facts(
                ("state", _("State"), states[Task.State(task.state)]),
                ("due_on", _("Until"), task.due_on),
                ("what_happened", _("What happened"), task.what_happened),
            ),
        )


def _answers(person: Person) -> Iterable[Item]:
    for row in Answering.objects.filter(person=person).order_by("started_at"):
        measure = find_measure(row.measure, row.measure_version)
        words = in_words(measure)
        asked = [*words.items, *words.extras]
        given = [
            fact(
                f"item_{one.number or one.key}",
                one.text,
                one.label_of(row.items.get(str(one.number or one.key)))
                or _("left out"),
            )
            for one in asked
        ]
        yield Item(
            title=f"{words.title} ({measure.short_name})",
            at=row.completed_at or row.started_at,
            facts=facts(
                ("total", _("Points"), row.total),
                ("range", _("Range"), words.band_label(row.band)),
                ("finished", _("Finished"), _("yes") if row.completed_at else _("no")),
            )
            + tuple(given),
        )


def _safety(person: Person) -> Iterable[Item]:
    rows = AlertSource.objects.filter(person=person).select_related(
        "alert__acknowledged_by"
    )
    for row in rows.order_by("at"):
        taken = row.alert.acknowledged_by
        yield Item(
            title=_("An answer about my safety"),
            at=row.at,
            facts=facts(
                ("answer", _("What I answered"), row.answer),
                ("taken_by", _("Who took it"), taken.name if taken else ""),
                (
                    "closed_at",
                    _("Closed"),
                    dates.moment(row.alert.closed_at) if row.alert.closed_at else "",
                ),
            ),
        )


def _looking_back(person: Person) -> Iterable[Item]:
    labels = {
        "better": _("What is better now"),
        "helped": _("What helped, and what I did for it"),
        "unfinished": _("What is not finished, or may become hard"),
        "signs": _("How I would notice that it comes back, and what I do then"),
    }
    for old in EndingVersion.objects.filter(person=person).order_by("written_at"):
        yield Item(
            title=_("Before and after (version %(n)s)") % {"n": old.number},
            at=old.written_at,
            facts=facts(*((key, labels[key], old.words.get(key)) for key in WORDS)),
        )
    for ending in Ending.objects.filter(person=person).order_by("pk"):
        yield Item(
            title=_("Before and after"),
            at=ending.words_at,
            facts=facts(
                *((key, labels[key], getattr(ending, key)) for key in WORDS),
                (
                    "afterwards",
                    _("What we agreed for the time after"),
                    ending.afterwards,
                ),
            ),
        )


def _drafts(person: Person) -> Iterable[Item]:
    member: Member | None = person.member
    if member is None:
        return
    for draft in Draft.objects.filter(member=member).order_by("updated_at"):
        yield Item(
            title=_("A draft"),
            at=draft.updated_at,
            facts=facts(
                *((key, key, _typed(text)) for key, text in draft.content.items())
            ),
        )


def _typed(value: object) -> object:
    """Return what was typed into a field, or all that was chosen where it takes several."""
    return ", ".join(map(str, value)) if isinstance(value, list) else value
