"""What another page needs to offer something to read, without a query of its own."""

from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.fields import TextField

from openipt.courses.models import Focus
from openipt.learning.models import ReadingState, Suggestion


class Joined(Aggregate):
    """The values of a column as one text, with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="%(function)s(%(expressions)s, ',')",
            **more,
        )


def columns_of_person() -> dict[str, Any]:
    """Return columns for a query of persons: what they read, and what waits for them.

    `read_ids`, and of the suggestion that waits longest `suggested_reading`,
    `suggested_by` and the sealed `suggested_name` of that member.
    """
    read = ReadingState.objects.filter(person=OuterRef("pk"), read_at__isnull=False)
    waiting = Suggestion.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
    waiting = waiting.order_by("suggested_at", "pk")
    return {
        "read_ids": _joined(read, "person", "reading"),
        "suggested_reading": Subquery(waiting.values("reading")[:1]),
        "suggested_by": Subquery(
            waiting.values("suggested_by_id")[:1], output_field=UUIDField()
        ),
        "suggested_name": Subquery(waiting.values("suggested_by__name")[:1]),
    }


def columns_of_course() -> dict[str, Any]:
    """Return columns for a query of courses: the keys of the areas worked on, `focus_areas`."""
    foci = Focus.objects.filter(course=OuterRef("pk"), ended_at__isnull=True)
    return {"focus_areas": _joined(foci, "course", "area")}


def split(joined: str | None) -> tuple[str, ...]:
    """Return the values of a joined column."""
    return tuple(joined.split(",")) if joined else ()


def _joined(rows: QuerySet[Any], by: str, column: str) -> Subquery:
    joined = rows.order_by().values(by).annotate(joined=Joined(column))
    return Subquery(joined.values("joined"), output_field=TextField())
