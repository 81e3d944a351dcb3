"""A second course beside the first: what both ask is answered once."""

from datetime import date, time

from openipt.courses import operations as courses
from tests import people


def second_course(cast, at=people.NOW):
    """Begin another course with Ana, for another condition, by the same therapist."""
    return courses.start_course(
        person=cast.ana,
        condition="anxiety",
        variant_id="ipt_individual_uk",
        sessions=16,
        minutes=50,
        first_on=date(2026, 11, 27),
        wall_time=time(9),
        reason="Both are needed for a while.",
        by=cast.member("tomas"),
        at=at,
    )
