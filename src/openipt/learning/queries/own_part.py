"""What of the person's own is shown beside a reading, on their own page only."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from openipt.core.charts import Trajectory
from openipt.core.measures import MeasureInWords, load_measures
from openipt.core.readings import OwnData
from openipt.inventory import queries as inventory
from openipt.people.models import Member, Person
from openipt.questionnaires import queries as questionnaires

from .shelf import Standing, standing_of

RECENT = 8
"""How many of the last answers the line shows: about two months."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The person's last totals of one measure, and what it is called."""

    words: MeasureInWords
    drawing: Trajectory


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPart:
    """One of these; empty where there is nothing of one's own yet."""

    circle: inventory.View | None = None
    line: Line | None = None
    standing: Standing | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.circle is None and self.line is None and self.standing is None


def own_part_of(
    member: Member, person: Person, wanted: OwnData, *, at: datetime, today: date
) -> OwnPart:
    """Return what a person's page shows of their own; `person` is this member.

    `today` is in the service's zone.
    """
    if wanted == "circle":
        whose = inventory.own_inventory(member, at)
        view = inventory.view_of(whose, zone=ZoneInfo(member.service.zone))
        return OwnPart(circle=view if view.known else None)
    standing = standing_of(person, today) if wanted != "none" else None
    if standing is None:
        return OwnPart()
    if wanted == "scores":
        return OwnPart(line=_line_of(standing))
    return OwnPart(standing=standing if standing.session else None)


def _line_of(standing: Standing) -> Line | None:
    """Return the line of the first measure of the variant that has two totals."""
    histories = questionnaires.histories([standing.course_id])
    found, installed = histories.get(standing.course_id, {}), load_measures()
    for scheduled in standing.where.variant.measures:
        measure = installed.get(scheduled.measure)
        with_total = [
            one for one in found.get(scheduled.measure, []) if one.total is not None
        ][-RECENT:]
        if measure is None or len(with_total) < 2:
            continue
        drawing = questionnaires.drawn(measure, with_total, (), width=420, height=220)
        if drawing is not None:
            return Line(words=questionnaires.in_words(measure), drawing=drawing)
    return None
