"""The page of before and after: what it was about, what changed, what the person did."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.utils import timezone

from openipt.core.charts import Pair, pair
from openipt.core.protocols import Variant
from openipt.courses import queries as courses
from openipt.courses.models import Contract, Course, Ending, Focus
from openipt.courses.queries import WORDS, FocusLine
from openipt.practice.models import Entry, Task

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
    foci = Focus.objects.filter(course=course).order_by("agreed_at", "pk")
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


def _last_of_each(foci: object) -> list[Focus]:
    """Return each problem area once, in its latest words."""
    newest: dict[str, Focus] = {}
    for focus in foci:  # type: ignore[attr-defined]  # a query set
        newest[focus.area] = focus
    return list(newest.values())


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
    tried = Task.objects.filter(course=course, state=Task.State.DONE)
    counted = Course.objects.filter(pk=course.pk).values_list(
        _count_of(tried), _count_of(_weeks(course))
    )
    tried_out, weeks = counted.get()
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


def _weeks(course: Course) -> QuerySet[Entry]:
    """Return the weekly overviews that were written while the course ran."""
    written = Entry.objects.filter(
        person=course.person_id,
        kind=WEEK,
        removed_at__isnull=True,
        created_at__gte=course.started_at,
    )
    until = course.ended_at
    return written.filter(created_at__lte=until) if until else written
