"""What every page of the person costs: literal numbers, the same for one row and for three."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import cast as casting
from bench.pages import PAGES_OF_THE_PERSON
from openipt import audit
from openipt.cli.simulate import filling
from openipt.courses.models import (
    Goal,
    GoalRating,
    GoalVersion,
    Issue,
    IssueVersion,
)
from openipt.inventory.models import (
    LifeEvent,
    LifeEventVersion,
    Relationship,
    RelationshipVersion,
)
from openipt.people.models import Member, Person
from openipt.practice.models import Entry, Share, Task
from openipt.questionnaires.models import Answering, AskedBy
from tests import people
from tests.access.addresses import addresses

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
MOST = 12
QUERIES = {
    "home:today": 12,
    "practice:weeks": 11,
    "practice:start-week": 8,
    "practice:week": 9,
    "practice:whole-week": 7,
    "practice:add-moment": 8,
    "practice:change-moment": 8,
    "practice:remove-moment": 6,
    "practice:history": 6,
    "practice:remove-entry": 5,
    "practice:tasks": 8,
    "practice:task": 8,
    "questionnaires:measures": 11,
    "questionnaires:start": 10,
    "questionnaires:page": 10,
    "questionnaires:question": 7,
    "questionnaires:finish": 6,
    "questionnaires:result": 11,
    "home:progress": 8,
    "home:own-ending": 12,
    "home:own-paper": 6,
    "home:therapy": 10,
    "courses:own-issues": 9,
    "courses:own-issue-add": 8,
    "courses:own-issue-change": 9,
    "courses:own-issue-remove": 7,
    "courses:own-goals": 11,
    "home:own-staying-well": 10,
    "home:own-letter": 7,
    "inventory:own": 8,
    "inventory:own-add": 9,
    "inventory:own-change": 11,
    "inventory:own-remove": 8,
    "exchange:my-data": 9,
    "learning:own": 9,
    "learning:own-reading": 11,
    "inventory:own-add-event": 9,
    "inventory:own-change-event": 11,
    "inventory:own-remove-event": 8,
    "home:own-timeline": 11,
    "courses:own-plan": 9,
    "people:account": 6,
    "people:agree": 5,
    "people:agreement": 4,
    "safety:help": 11,
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    filling.fill(wanted=1, seed=1, at=NOW.replace(hour=0), tell=lambda _made: None)
    person = Person.objects.get()
    cast = casting.Cast(small=None, large=None, person=person)
    casting.begin_answering(cast, NOW)
    casting.fill_life(person, NOW)
    return cast


def leave(count):
    """Take rows away until so many are left of each kind that a list shows."""
    Share.objects.all().delete()
    keep(Entry, "happened_on", count)
    known = Relationship.objects.order_by("-pk").values_list("pk", flat=True)[:count]
    RelationshipVersion.objects.exclude(relationship__in=list(known)).delete()
    keep(Relationship, "pk", count)
    told = LifeEvent.objects.order_by("-pk").values_list("pk", flat=True)[:count]
    LifeEventVersion.objects.exclude(life_event__in=list(told)).delete()
    keep(LifeEvent, "pk", count)
    listed = Issue.objects.order_by("-pk").values_list("pk", flat=True)[:count]
    IssueVersion.objects.exclude(issue__in=list(listed)).delete()
    keep(Issue, "pk", count)
    goals = list(Goal.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    for model in (GoalVersion, GoalRating):
        model.objects.exclude(goal__in=goals).delete()
    keep(Goal, "pk", count)
    finished = Answering.objects.filter(completed_at__isnull=False)
    kept = [
        pk
        for measure in ("phq9", "gad7")
        for pk in finished.filter(measure=measure)
        .order_by("-completed_at")
        .values_list("pk", flat=True)[:count]
    ]
    gone = finished.exclude(pk__in=kept)
    AskedBy.objects.filter(answering__in=gone).delete()
    gone.delete()
    task = Task.objects.filter(state="agreed").get()
    Task.objects.exclude(pk=task.pk).delete()
    for _more in range(count - 1):
        Task.objects.create(
            service_id=task.service_id,
            person_id=task.person_id,
            course_id=task.course_id,
            text="One more.",
            agreed_at=task.agreed_at,
            agreed_by_id=task.agreed_by_id,
        )


def keep(model, by, count):
    kept = model.objects.order_by(f"-{by}").values_list("pk", flat=True)[:count]
    model.objects.exclude(pk__in=list(kept)).delete()


def look_at(person, count):
    """Let so many of the staff open the record: the person reads who they were."""
    staff = Member.objects.filter(person=None, service_id=person.service_id)
    for member in staff.order_by("pk")[:count]:
        audit.record(
            action="courses.course.read",
            resource="course",
            at=NOW,
            by=member,
            subjects=[person.pk],
        )


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_person_costs_what_it_costs(cast, count):
    leave(count)
    look_at(cast.person, count)
    client = people.signed_in(cast.person.member)
    values = cast.arguments(NOW)
    found = {}
    for name, takes in PAGES_OF_THE_PERSON.items():
        address = reverse(name, args=[values[word] for word in takes])
        client.get(address)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200, name
        found[name] = len(made)

    assert found == QUERIES
    assert max(found.values()) <= MOST


def test_every_page_of_the_person_is_measured():
    """Whoever adds a page names it in bench/pages.py, or says here why it is none."""
    theirs = {
        address.name
        for address in addresses()
        if "person" in address.policy.roles and "GET" in address.policy.methods
    }

    assert theirs - PAGES_OF_THE_PERSON.keys() == {
        # Writes that the help page was shown; the page itself is safety:help.
        "safety:help-now",
        # A file that the worker made.
        "home:own-paper-file",
        "home:own-letter-file",
        # A number for the module that asks whether something changed.
        "people:pulse",
    }
