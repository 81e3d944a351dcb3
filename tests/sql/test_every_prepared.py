"""Every prepared query of the product gives what the same query gives as it is written."""

import importlib
import pkgutil
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model

import openipt
from bench import cast as casting
from openipt.calendar.models import Appointment, Series
from openipt.cli.simulate import filling
from openipt.core.ids import new_id
from openipt.courses.models import Course, Focus, Goal
from openipt.inventory.models import LifeEvent, Relationship
from openipt.outbox.models import Heartbeat
from openipt.people.models import Account, Member, Person, Service
from openipt.questionnaires.models import Answering
from openipt.safety import operations as safety
from openipt.safety.models import Alert
from openipt.sql.prepared import Many, Prepared
from tests import people

pytestmark = pytest.mark.django_db

MODELS = {
    "account": Account,
    "member": Member,
    "service": Service,
    "person": Person,
    "course": Course,
    "series": Series,
    "appointment": Appointment,
    "answering": Answering,
}
NOT_IN_THIS_WORLD = {
    "calendar.queries._ATTENDANCE",
    "courses.queries.afterwards._WENT",
    "courses.queries.ending._ENDING",
    "courses.queries.focus._SAID",
    "courses.queries.kept._DECIDED",
    "encounters.queries.done._TICKED",
    "encounters.queries.work._LINKED",
    "encounters.queries.work._NOTED",
    "home.queries.course_columns.ENDED",
    "people.adapter._FACTORS",
    "people.operations.drafts._OF",
    "people.queries.presence._DRAFT",
}
"""Queries that find nothing here; the tests of their pages say more of them."""
WORDS = {"key": ["session:1", "tie"], "measure": ["phq9", "gad7"]}
INSTANTS = [people.NOW + timedelta(days=days) for days in (-400, 0, 400)]
OTHERS = 3
"""How many rows are tried besides those of the two people."""


def every_prepared():
    """Return the prepared queries of all parts, each by where it stands."""
    found = {}
    for module in pkgutil.walk_packages(openipt.__path__, "openipt."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Prepared):
                place = f"{module.name.removeprefix('openipt.')}.{name}"
                found.setdefault(id(value), (place, value))
    return dict(sorted(found.values()))


PREPARED = every_prepared()


@pytest.fixture
def values():
    """Return some of everything that a query may leave open, two rich lives among them."""
    cast = people.gather_with_courses()
    filling.fill(
        wanted=2, seed=1, at=people.NOW.replace(hour=0), tell=lambda _made: None
    )
    ours = [cast.service.pk, cast.other_service.pk]
    lived = Focus.objects.exclude(service__in=ours).latest("agreed_at").course
    casting.fill_life(lived.person, people.NOW)
    begun = Answering.objects.filter(measure="phq9").latest("pk")
    begun.pk, begun.person, begun.service = new_id(), cast.ana, cast.service
    begun.items, begun.started_at = {"1": 0}, people.NOW
    begun.completed_at = begun.total = None
    begun.band = begun.risk = ""
    begun.save(force_insert=True)
    Heartbeat.objects.create(worker="here", at=people.NOW)
    lives_until = people.NOW + timedelta(days=1)
    Session.objects.create(session_key="tie", expire_date=lives_until)
    safety.not_safe(person=cast.ana, by=cast.ana.member, at=people.NOW)
    both = [cast.extra["ana"], lived]
    known = {
        "account": [course.person.member.account_id for course in both],
        "member": [
            pk
            for course in both
            for pk in (course.therapist_id, course.person.member_id)
        ],
        "service": [course.service_id for course in both],
        "person": [course.person_id for course in both],
        "course": [course.pk for course in both],
        "series": [course.series_id for course in both],
    }
    pools = {
        name: [
            *known.get(name, ()),
            *model.objects.order_by("-pk").values_list("pk", flat=True)[:OTHERS],
        ]
        for name, model in MODELS.items()
    }
    pools["subject"] = [*pools["person"], *pools["member"]]
    pools |= {
        "subjects": some(pools["subject"]),
        "courses": some(pools["course"]),
        "goals": some(Goal.objects.values_list("pk", flat=True)),
        "foci": some(Focus.objects.values_list("pk", flat=True)),
        "alerts": some(Alert.objects.values_list("pk", flat=True)),
    }
    pools["submission"] = [
        row.submission_id
        for model in (Relationship, LifeEvent)
        for row in model.objects.filter(person__in=known["person"])[:OTHERS]
    ]
    instants = dict.fromkeys(("at", "begun", "since", "until"), INSTANTS)
    return {**pools, **WORDS, **instants}


def some(ids):
    return [Many(), Many(ids[:1]), Many(ids)]


def flat(row, above=()):
    """Return everything that an instance holds, and those that came with it."""
    if not isinstance(row, Model) or any(row is one for one in above):
        return row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    beside = row._state.fields_cache.items()
    return {
        **held,
        "of": type(row),
        "left out": row.get_deferred_fields(),
        "beside": {name: flat(other, (*above, row)) for name, other in beside},
    }


def same(found, plain):
    if plain.ordered:
        return found == [flat(row) for row in plain]
    return sorted(found, key=repr) == sorted((flat(row) for row in plain), key=repr)


def test_each_gives_what_it_says(values):
    silent = set()
    for place, one in PREPARED.items():
        missing = one._kinds.keys() - values.keys()
        assert not missing, f"{place}: say here what {sorted(missing)} may be"
        something = False
        for chosen in product(*(dict.fromkeys(values[name]) for name in one._kinds)):
            asked = dict(zip(one._kinds, chosen, strict=True))
            plain = one._make(**asked)
            rows = one.rows if plain._fields is not None else one.instances
            found = [flat(row) for row in rows(**asked)]
            assert same(found, plain), (place, asked)
            something = something or bool(found)
        if not something:
            silent.add(place)
    assert silent <= NOT_IN_THIS_WORLD
