"""The page of before and after: what it was about, what changed, what the person did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.utils import timezone

from openipt.core.charts import Pair, pair
from openipt.core.protocols import Variant
from openipt.courses import queries as courses
from openipt.courses.models import Contract, Course, Ending, Focus
from openipt.courses.queries import WORDS, FocusLine
from openipt.practice.models import Entry, Task
from openipt.sql.prepared import Prepared

from .progress import Progress, Way, progress_of
from .today_columns import WEEK


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One measure from its first score to its last; `drawing` needs both."""

    way: Way
    drawing: Pair | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What the person did in this course, counted."""

    kept: int
    weeks: int
    """Weeks that they looked back on; 0 for everybody else, as a page may be private."""
    tried: int
    """What was agreed in a session and they did between two of them."""
    answered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """Before and after, for one reader."""

    course: Course
    called: str
    variant: Variant
    contract: Contract
    foci: tuple[FocusLine, ...]
    """Everything the course worked on, the older first."""
    progress: Progress
    measured: tuple[Measured, ...]
    done: Done
    ending: Ending | None
    words: tuple[tuple[str, str], ...]
    """The person's own words with their names, as far as this reader may read them."""

    @property
    def until(self) -> date:
        """The day of the last session that was agreed, or on which it ended."""
        ended = self.course.ended_at
        return timezone.localdate(ended) if ended else self.contract.last_on

    @property
    def words_version(self) -> int:
        """Which version of the person's words stands here, 0 where none do."""
        return self.ending.words_version if self.ending and self.words else 0


def summary_of(
    contract: Contract, ending: Ending | None, *, for_person: bool
) -> Summary:
    """Return the page of before and after of a course that its reader has reached."""
    course = contract.course
    variant = courses.variant_of(course)
    progress = progress_of(course)
    foci: list[Focus] = _FOCI.instances(course=course.pk)
    readable = ending is not None and (for_person or ending.shared)
    return Summary(
        course=course,
        called=course.person.called or course.person.name,
        variant=variant,
        contract=contract,
        foci=courses.focus_lines(variant, _last_of_each(foci)),
        progress=progress,
        measured=tuple(_measured(way) for way in progress.ways if way.first),
        done=_done(course, progress, for_person=for_person),
        ending=ending,
        words=_words(ending) if ending and readable else (),
    )


_FOCI = Prepared(
    lambda course: Focus.objects.filter(course_id=course).order_by("agreed_at", "pk"),
    course=UUID,
)


def _last_of_each(foci: Iterable[Focus]) -> list[Focus]:
    """Return each problem area once, in its latest words."""
    return list({focus.area: focus for focus in foci}.values())


def _measured(way: Way) -> Measured:
    first, last = way.first, way.last
    if first is None or last is None or first.total is None or last.total is None:
        return Measured(way=way, drawing=None)
    measure = way.measure
    return Measured(
        way=way,
        drawing=pair(
            first.total, last.total, lowest=measure.lowest, highest=measure.highest
        ),
    )


def _words(ending: Ending) -> tuple[tuple[str, str], ...]:
    said = ((name, getattr(ending, name)) for name in WORDS)
    return tuple((name, text) for name, text in said if text)


def _done(course: Course, progress: Progress, *, for_person: bool) -> Done:
    [(tried_out, weeks)] = _COUNTED.rows(
        course=course.pk,
        person=course.person_id,
        since=course.started_at,
        until=course.ended_at or _NO_END,
    )
    return Done(
        kept=progress.sessions,
        weeks=weeks if for_person else 0,
        tried=tried_out,
        answered=sum(len(way.rows) for way in progress.ways),
    )


def _count_of(rows: QuerySet[Any]) -> Subquery:
    """Return how many rows these are, as a part of a larger query."""
    number = rows.order_by().annotate(
        number=Func("pk", function="COUNT", output_field=IntegerField())
    )
    return Subquery(number.values("number"))


def _counted(
    course: UUID, person: UUID, since: datetime, until: datetime
) -> QuerySet[Any, Any]:
    """Return what was tried out, and the weekly overviews while the course ran."""
    tried = Task.objects.filter(course_id=course, state=Task.State.DONE)
    weeks = Entry.objects.filter(
        person_id=person,
        kind=WEEK,
        removed_at__isnull=True,
        created_at__gte=since,
        created_at__lte=until,
    )
    course_itself = Course.objects.filter(pk=course)
    return course_itself.values_list(_count_of(tried), _count_of(weeks))


_COUNTED = Prepared(_counted, course=UUID, person=UUID, since=datetime, until=datetime)
_NO_END = datetime(9999, 1, 1, tzinfo=UTC)
"""Later than whatever a course that goes on can hold."""
