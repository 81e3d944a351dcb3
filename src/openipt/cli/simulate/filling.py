"""Writes invented courses into the database, one therapist's at a time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from openipt import audit
from openipt.core.errors import Refused
from openipt.courses.models import Course
from openipt.people.models import Member, Person, Service
from openipt.vault import keys

from . import plan, staff
from .course import add_course
from .rows import Rows


def check_database(seed: int) -> None:
    """Look who is there already.

    :raises Refused: if a service was not made here, or with another seed
    """
    for pk in Service.objects.values_list("pk", flat=True):
        found = plan.seed_of(pk)
        if found is None:
            raise Refused(
                "This database holds a service that was not made by simulate. Nothing "
                "was written; set OPENIPT_DATA_DIR to an empty folder."
            )
        if found != seed:
            raise Refused(
                f"This database holds courses of seed {found}. Go on with --seed "
                f"{found}, or set OPENIPT_DATA_DIR to an empty folder."
            )


def courses_made(seed: int) -> int:
    """Return how many courses of this seed are there."""
    mine = (plan.marked_id(seed, 0), plan.marked_id(seed, plan.MOST_COURSES))
    return Course.objects.filter(submission_id__range=mine).count()


def day_of(seed: int, today: datetime) -> datetime:
    """Return the day that the courses lead up to: that of the first run, else today."""
    first = Service.objects.filter(pk=plan.marked_id(seed, 0))
    founded: datetime | None = first.aggregate(at=Min("created_at"))["at"]
    return founded + staff.FOUNDED_EARLIER if founded else today


def fill(
    *, wanted: int, seed: int, at: datetime, tell: Callable[[int], object]
) -> None:
    """Make courses until there are so many; each therapist's are one transaction.

    `tell` hears after each how many there are.
    """
    for batch in plan.batches(courses_made(seed), wanted):
        with transaction.atomic(durable=True):
            _make(batch, seed, at)
        tell(batch.last + 1)


def add_courses(place: staff.Place, numbers: Iterable[int], *, first_seat: int) -> None:
    """Write these courses of one therapist; stands inside a transaction."""
    rows = Rows()
    for seat, number in enumerate(numbers, first_seat):
        add_course(rows, number, place, seat=seat)
    with keys.scope():
        _make_keys(rows, place.service_id)
        staff.write(rows, place.at)


def _make(batch: plan.Batch, seed: int, at: datetime) -> None:
    if batch.is_new_service:
        with plan.ids_of("service", seed, batch.service, at), keys.scope():
            staff.make_service(seed, batch.service, at)
    if batch.is_new_therapist:
        with plan.ids_of("therapist", seed, batch.caseload, at), keys.scope():
            staff.make_therapist(seed, batch.caseload, at)
    place = staff.place_of(seed, batch.caseload, at)
    add_courses(
        place, batch.numbers, first_seat=batch.first % plan.COURSES_OF_A_THERAPIST
    )
    audit.record(
        action="people.courses.simulated",
        resource="service",
        object_id=place.service_id,
        service_id=place.service_id,
        count=len(batch.numbers),
        by=None,
        at=at,
    )


def _make_keys(rows: Rows, service_id: UUID) -> None:
    """Make everybody's key before the first text asks for it, and open all at once."""
    members = [row.pk for row in rows if isinstance(row, Member)]
    persons = [row.pk for row in rows if isinstance(row, Person)]
    keys.ensure_all(members, service_id, "member")
    keys.ensure_all(persons, service_id, "person")
    keys.prefetch([*members, *persons])
