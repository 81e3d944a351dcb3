"""Many invented courses: whole, readable, the same each time, and never beside real ones."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.apps import apps
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.calendar.models import Appointment
from openipt.cli import run_ours
from openipt.cli.simulate import _fill, filling, plan
from openipt.core.errors import Refused
from openipt.courses.models import Course, CourseFact
from openipt.encounters.models import Note
from openipt.people.models import Account, Member, Person
from openipt.practice.models import Entry
from openipt.questionnaires import queries as questionnaires
from openipt.questionnaires.models import Answering
from openipt.safety.models import Alert
from openipt.vault import keys
from openipt.vault.models import DataKey
from tests import people
from tests.access.walking import undone

from .processes import run

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
NEVER_THE_SAME = {Account: {"password"}, DataKey: {"wrapped", "created_at", "kek_id"}}


@pytest.fixture
def simulated(db):
    with keys.scope():
        yield make


def make(wanted, seed=1):
    filling.fill(wanted=wanted, seed=seed, at=TODAY, tell=lambda _made: None)


def ours():
    return [m for m in apps.get_models() if m.__module__.startswith("openipt.")]


def everything():
    """Return every row with its sealed texts open, but for what is random on purpose."""
    with keys.scope():
        return {
            model: sorted(
                tuple(
                    str(getattr(row, field.attname))
                    for field in model._meta.concrete_fields
                    if field.attname not in NEVER_THE_SAME.get(model, ())
                )
                for row in model._default_manager.all()
            )
            for model in ours()
            if model is not AuditEvent
        }


def test_a_hundred_courses_are_whole(simulated):
    make(100)

    assert Course.objects.count() == 100
    assert Appointment.objects.count() == 16 * 100
    assert Note.objects.filter(signed_at__isnull=False).count() == 12 * 100
    assert Answering.objects.filter(total__isnull=False).count() == 24 * 100
    assert Entry.objects.count() == 6 * 100
    assert Alert.objects.count() == 2
    assert Member.objects.filter(roles=["therapist"]).count() == 3
    rows = sum(model._default_manager.count() for model in ours())
    assert rows >= 60 * 100
    for person in Person.objects.all():
        assert Appointment.objects.filter(person=person).count() == 16
        assert Note.objects.filter(person=person).count() == 12
    every_risk_answer_has_its_alert()


def every_risk_answer_has_its_alert():
    risky = Answering.objects.exclude(risk="")
    calm = Answering.objects.filter(measure="phq9", risk="")
    alerts = Alert.objects.values_list("person_id", flat=True)
    assert {row.person_id for row in risky} == set(alerts)
    assert all(row.items["9"] for row in risky)
    assert not any(row.items["9"] for row in calm)


def test_the_row_of_facts_is_what_the_answers_add_up_to(simulated):
    make(3)

    for fact in CourseFact.objects.select_related("course"):
        results = questionnaires.history_of(fact.course)[fact.measure]
        totals = [result.total for result in results]
        assert fact.recent == totals
        assert (fact.first, fact.last, fact.count) == (totals[0], totals[-1], 12)
        assert fact.answered_at == fact.last_at == results[-1].at


def test_every_course_opens_for_its_therapist(simulated):
    make(41)

    for therapist in Member.objects.filter(roles=["therapist"]):
        client = people.signed_in(therapist)
        for course in Course.objects.filter(therapist=therapist):
            page = client.get(reverse("courses:course", args=[course.pk]))
            note = Note.objects.filter(person_id=course.person_id).latest("signed_at")
            session = client.get(
                reverse("encounters:session", args=[note.encounter.appointment_id])
            )
            assert page.status_code == session.status_code == 200
            assert note.text.split(". ")[1] in unescape(session.content.decode())


def test_somebody_else_opens_none_of_them(simulated):
    make(41)
    second = Member.objects.filter(roles=["therapist"]).order_by("pk").last()
    client = people.signed_in(second)

    theirs = Course.objects.exclude(therapist=second)
    assert {
        client.get(reverse("courses:course", args=[course.pk])).status_code
        for course in theirs
    } == {404}


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("person", "home:today"),
        ("therapist", "home:caseload"),
        ("supervisor", "home:supervision"),
        ("manager", "home:service"),
        ("admin", "home:console"),
    ],
)
def test_one_known_account_of_each_role_signs_in(simulated, client, who, address):
    make(1)
    email = f"{who}@simulated.example"
    client.post(
        reverse("account_login"), {"login": email, "password": "openipt-simulated"}
    )
    people.give_second_factor(Member.objects.get(account__email=email))

    assert client.get(reverse(address)).status_code == 200


def test_the_same_seed_gives_the_same_rows_in_one_go_or_in_several(simulated):
    with undone():
        make(42)
        at_once = everything()
    with undone():
        for wanted in (1, 7, 40, 42):
            make(wanted)
        bit_by_bit = everything()
    with undone():
        make(42, seed=2)
        another = everything()

    assert at_once == bit_by_bit
    assert at_once[Person] != another[Person]


def test_an_interrupted_run_says_so_and_goes_on(simulated, monkeypatch):
    def interrupt(_made):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("openipt.cli.simulate._tell", interrupt)
        with pytest.raises(Refused, match="40 of 80 courses"):
            _fill(80, 1, TODAY)
    _fill(80, 1, TODAY.replace(day=25))

    assert Course.objects.count() == 80
    newest = Appointment.objects.filter(state="attended").latest("starts_at")
    assert newest.starts_at < TODAY


def test_a_service_of_somebody_else_is_left_alone(simulated):
    people.gather()

    with pytest.raises(Refused, match="not made by simulate"):
        _fill(1, 1, TODAY)
    assert not Course.objects.exists()


@pytest.mark.parametrize(("courses", "seed"), [(41, 2), (3, 1)])
def test_another_seed_or_fewer_courses_are_refused(simulated, courses, seed):
    make(4)

    with pytest.raises(Refused, match="empty folder"):
        _fill(courses, seed, TODAY)
    assert Course.objects.count() == 4


def test_no_id_of_the_product_is_taken_for_one_of_ours():
    from openipt.core.ids import new_id

    assert all(plan.seed_of(new_id()) is None for _n in range(100))
    assert plan.seed_of(plan.marked_id(plan.MOST_SEED, 7)) == plan.MOST_SEED


@pytest.mark.parametrize(
    "words",
    [
        ("--courses", "0"),
        ("--courses", "-5"),
        ("--courses", "1000001"),
        ("--courses", "many"),
        ("--courses", "1.5"),
        ("--seed", "1"),
        ("--courses", "1", "--seed", "-1"),
        ("--courses", "1", "--seed", "2147483648"),
        ("--courses", "1", "--seed", "x"),
        ("--courses", "1", "--today", "yesterday"),
    ],
)
def test_a_bad_number_is_one_sentence(words, capsys):
    assert run_ours(["simulate", *words]) == 2

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


@pytest.mark.once
def test_as_a_command_it_fills_an_empty_folder_and_leaves_a_founded_one(tmp_path):
    mine, founded = tmp_path / "mine", tmp_path / "founded"
    made = run("simulate", "--courses", "2", OPENIPT_DATA_DIR=str(mine))
    again = run("simulate", "--courses", "3", OPENIPT_DATA_DIR=str(mine))
    asked = (
        "--name",
        "A",
        "--email",
        "a@b.example",
        "--zone",
        "UTC",
        "--country",
        "DE",
    )
    run("init", *asked, OPENIPT_DATA_DIR=str(founded))
    refused = run("simulate", "--courses", "2", OPENIPT_DATA_DIR=str(founded))

    assert (made.returncode, made.stderr) == (0, "")
    assert again.stdout == "3 courses of seed 1 are there.\n"
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "not made by simulate" in refused.stderr
