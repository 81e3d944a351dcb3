"""The rows of the caseload against plain reads, one thing at a time."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from openipt.calendar.models import Appointment
from openipt.cli.simulate import filling
from openipt.courses.models import Contract, Course, CourseFact, Focus
from openipt.home.queries import courses
from openipt.people.models import CareRelationship, Member
from openipt.vault import keys
from tests import people

NOW = people.NOW


@pytest.fixture
def therapists(db):
    """Two of the cast, one of them with an ended and a paused care, and a simulated one."""
    cast = people.gather_with_courses()
    ended = CareRelationship.objects.get(course_id=cast.extra["bea"].pk)
    ended.state, ended.ends_at, ended.end_reason = "ended", NOW, "moved"
    ended.save()
    filling.fill(
        wanted=5, seed=1, at=NOW.replace(hour=0, minute=0), tell=lambda _made: None
    )
    Focus.objects.filter(course=Course.objects.latest("pk")).delete()
    Appointment.objects.filter(course_of_newest()).update(state="cancelled")
    return [cast.tomas, cast.omar, Member.objects.get(roles=["therapist"], **SIMULATED)]


SIMULATED = {"account__email": "therapist@simulated.example"}


def course_of_newest():
    from django.db.models import Q

    newest = Course.objects.latest("pk")
    return Q(series=newest.series_id, state="planned")


def plain_rows(member, at):
    """Return the same rows by one small query after the other."""
    for care in CareRelationship.objects.filter(member=member, state="active"):
        if care.starts_at > at or (care.ends_at and care.ends_at <= at):
            continue
        course = Course.objects.get(pk=care.course_id)
        if course.ended_at is None:
            yield plain_row(course, at)


def plain_row(course, at):
    contract = Contract.objects.filter(course=course).latest("version")
    fact = CourseFact.objects.get(course=course, measure="phq9")
    planned = Appointment.objects.filter(series=course.series, state="planned")
    coming = planned.filter(starts_at__gt=at - timedelta(minutes=50))
    following = coming.order_by("starts_at").first()
    standing = [focus.area for focus in Focus.objects.filter(course=course)]
    return {
        "course_id": course.pk,
        "person_id": course.person_id,
        "name": course.person.name,
        "sessions": contract.sessions,
        "areas": len(standing),
        "first": fact.first,
        "last": fact.last,
        "recent": tuple(fact.recent),
        "next_id": following.pk if following else None,
        "next_at": following.starts_at if following else None,
        "next": timezone.localtime(following.starts_at) if following else None,
    }


@pytest.mark.parametrize("hours", [-24 * 30, 0, 9, 24 * 400])
def test_rows_are_what_plain_reads_say(therapists, hours):
    at, found = NOW + timedelta(hours=hours), 0
    for member in therapists:
        with keys.scope(), timezone.override(member.service.zone):
            rows = courses.own_rows(member, at)
            plain = list(plain_rows(member, at))
            hours_said = {row.course_id: wall(row) for row in rows}
        shown = [
            {
                "course_id": row.course_id,
                "person_id": row.person_id,
                "name": row.name,
                "sessions": row.sessions,
                "areas": len(row.areas),
                "first": row.score.first,
                "last": row.score.last,
                "recent": row.score.recent,
                "next_id": row.next_id,
                "next_at": row.next_at,
                "next": hours_said[row.course_id],
            }
            for row in rows
        ]
        assert by_id(shown) == by_id(plain)
        found += len(rows)
    assert found > 4


def wall(row):
    if row.next_on is None:
        return row.next_time
    zone = timezone.get_current_timezone()
    return datetime.combine(row.next_on, row.next_time, zone)


def by_id(rows):
    return sorted(rows, key=lambda row: row["course_id"])
