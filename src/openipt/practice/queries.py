"""What a person wrote, and the part of it that a professional may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openipt.core.errors import Missing
from openipt.core.protocols import variant_if_there
from openipt.courses import queries as courses
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.sql.prepared import Prepared

from .kinds import JournalKind, kind_of
from .models import Entry, EntryVersion, Share, Task

ENTRIES_AT_ONCE = 60
_NAMES_OFFERED = 6
_PAGES_LOOKED_AT = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody in charge of the person, and whether they may read a page now."""

    member_id: UUID
    name: str
    shared_at: datetime | None
    first_read_at: datetime | None

    @property
    def may_read(self) -> bool:
        return self.shared_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedEntry:
    """A page as the one it was shared with may read it, without what was kept back.

    `shared_at` is when they could first read it as it stands here.
    """

    share_id: UUID
    entry_id: UUID
    kind: JournalKind
    happened_on: date
    shared_at: datetime
    first_read_at: datetime | None
    summary: str
    page: Any


def entries_of(
    person: Person, *, kind: str = "", limit: int = ENTRIES_AT_ONCE
) -> list[Entry]:
    """Return the person's own pages, the newest week first; removed ones are left out."""
    found = Entry.objects.filter(person=person, removed_at__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    return list(found.order_by("-happened_on", "-created_at")[:limit])


def newest_entry(person: Person, *, kind: str, since: datetime) -> Entry | None:
    """Return the newest page of a kind that was begun or changed since, or None."""
    return (
        Entry.objects.filter(
            person=person, kind=kind, removed_at__isnull=True, updated_at__gte=since
        )
        .order_by("-happened_on", "-created_at")
        .first()
    )


def own_entry(member: Member, entry_id: UUID, *, removed: bool = False) -> Entry:
    """Return a page of the member's own journal; a removed one only if asked for.

    :raises Missing: also when it exists in somebody else's journal
    """
    found = Entry.objects.filter(pk=entry_id, person__member=member)
    if not removed:
        found = found.filter(removed_at__isnull=True)
    entry = found.select_related("person").first()
    if entry is None:
        raise Missing
    return entry


def submitted(person: Person, submission_id: UUID) -> Entry | None:
    """Return the page that this submission made, if it has arrived before."""
    return Entry.objects.filter(person=person, submission_id=submission_id).first()


def has_arrived(person: Person, submission_id: object) -> bool:
    """Return whether a submission made a page already: then its draft came too late."""
    try:
        return submitted(person, UUID(str(submission_id))) is not None
    except ValueError:
        return False


def versions_of(entry: Entry) -> list[EntryVersion]:
    """Return what the page said before, the newest first."""
    return list(EntryVersion.objects.filter(entry=entry).order_by("-version"))


def first_content(entry: Entry) -> dict[str, Any]:
    """Return what the page said when it was first written."""
    first = EntryVersion.objects.filter(entry=entry).order_by("version").first()
    content: dict[str, Any] = first.content if first else entry.content
    return content


def names_written(person: Person) -> list[str]:
    """Return with whom the latest hard moments were, the most recent first."""
    names: dict[str, None] = {}
    for entry in entries_of(person, kind="weekly_overview", limit=_PAGES_LOOKED_AT):
        for moment in entry.content.get("moments", []):
            if moment.get("with_whom"):
                names.setdefault(moment["with_whom"])
    return list(names)[:_NAMES_OFFERED]


def readers_of(
    person: Person, entries: Iterable[Entry], at: datetime
) -> dict[UUID, list[Reader]]:
    """Return for each page everybody in charge of the person, and who may read it."""
    caring: dict[UUID, Member] = {
        care.member_id: care.member for care in people.care_for(person, at)
    }
    members = people.by_name(caring.values())
    pages = [entry.pk for entry in entries]
    given: dict[tuple[UUID, UUID], Share] = {}
    shares = Share.objects.filter(_open(at), entry__in=pages).select_related("care")
    for share in shares.order_by("-shared_at"):
        given[share.entry_id, share.care.member_id] = share
    return {
        page: [_reader(member, given.get((page, member.pk))) for member in members]
        for page in pages
    }


def shared_with(
    member: Member, person_id: UUID, at: datetime, *, since: datetime | None = None
) -> list[SharedEntry]:
    """Return the pages that the person shares with this member now, the newest first.

    Only through a share that was not taken back and whose care relationship is this
    member's and active; with `since`, only what they could not read before.
    """
    shares = _SHARED.instances(member=member.pk, person=person_id, at=at)
    found: dict[UUID, SharedEntry] = {}
    for share in shares:
        if since is not None and share.shared_at < since:
            continue
        shown = _shared(share)
        if shown is not None:
            found[share.entry_id] = shown
    return sorted(
        found.values(),
        key=lambda page: (page.happened_on, page.shared_at),
        reverse=True,
    )


def _open_to(member: UUID, person: UUID, at: datetime) -> QuerySet[Share, Share]:
    return (
        Share.objects.filter(
            _open(at),
            care__member_id=member,
            care__person_id=person,
            entry__person_id=person,
            entry__removed_at__isnull=True,
        )
        .select_related("entry")
        .order_by("shared_at")
    )


_SHARED = Prepared(_open_to, member=UUID, person=UUID, at=datetime)


def own_task(member: Member, task_id: UUID) -> Task:
    """Return something the person agreed to try.

    :raises Missing: also when it exists but is somebody else's
    """
    found = (
        Task.objects.filter(pk=task_id, person__member=member)
        .select_related("person", "agreed_by")
        .first()
    )
    if found is None or found.state == Task.State.DROPPED:
        raise Missing
    return found


def task_for(member: Member, task_id: UUID, at: datetime) -> Task:
    """Return a task of a course in the member's care.

    :raises Missing: also when it exists but is not theirs to see
    """
    found = (
        Task.objects.filter(pk=task_id, service_id=member.service_id)
        .select_related("person")
        .first()
    )
    if found is None or not people.has_care(
        member, found.person_id, found.course_id, at
    ):
        raise Missing
    return found


def tasks_of(person: Person) -> list[Task]:
    """Return all that the person ever agreed to try, the newest first."""
    return list(
        Task.objects.filter(person=person)
        .exclude(state=Task.State.DROPPED)
        .order_by("-agreed_at", "-pk")
    )


def word_for_tasks(person: Person) -> str:
    """Return what the person's way of working calls what was agreed, or "".

    Only where all open courses say the same: one list holds what was agreed in any of them.
    """
    ways = (
        variant_if_there(course.variant_id, course.variant_version)
        for course in courses.open_courses_of_person(person.pk)
    )
    words = {way.between_sessions.shown_word if way else "" for way in ways}
    return words.pop() if len(words) == 1 else ""


def open_tasks(person: Person) -> list[Task]:
    """Return what the person agreed to try and has not talked about yet, oldest first."""
    return _OPEN_TASKS.instances(person=person.pk)


_OPEN_TASKS = Prepared(
    lambda person: _on_the_list().filter(person_id=person).order_by("agreed_at", "pk"),
    person=UUID,
)


def tasks_for_session(course_id: UUID) -> list[Task]:
    """Return what this course has on its list for the next session, oldest first."""
    return list(_on_the_list().filter(course_id=course_id).order_by("agreed_at", "pk"))


def _on_the_list() -> Any:
    return Task.objects.filter(reviewed_at__isnull=True).exclude(
        state=Task.State.DROPPED
    )


def _open(at: datetime) -> Q:
    """Return the condition under which a share shows its page."""
    return Q(
        Q(care__ends_at__isnull=True) | Q(care__ends_at__gt=at),
        ended_at__isnull=True,
        care__state=CareRelationship.State.ACTIVE,
        care__starts_at__lte=at,
    )


def _reader(member: Member, share: Share | None) -> Reader:
    return Reader(
        member_id=member.pk,
        name=member.name,
        shared_at=share.shared_at if share else None,
        first_read_at=share.first_read_at if share else None,
    )


def _shared(share: Share) -> SharedEntry | None:
    entry = share.entry
    kind = kind_of(entry.kind)
    shown = kind.shown(entry.content)
    if shown is None:
        return None
    return SharedEntry(
        share_id=share.pk,
        entry_id=entry.pk,
        kind=kind,
        happened_on=entry.happened_on,
        shared_at=share.shared_at,
        first_read_at=share.first_read_at,
        summary=kind.summary(shown),
        page=kind.page(shown),
    )
