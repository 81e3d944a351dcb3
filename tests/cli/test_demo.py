"""What is promised of the demo, sentence by sentence."""

import json
import signal
import sqlite3
import subprocess
import sys

import pytest

from tests.cli.processes import (
    ROOT,
    Visitor,
    children_of,
    end,
    free_port,
    run,
    start,
    surroundings,
    wait_until,
)

pytestmark = pytest.mark.once

PASSWORD = "openipt-demo"
ADDRESSES = [
    *(
        f"{name}@demo.example"
        for name in ("person", "person2", "therapist", "supervisor", "manager", "admin")
    ),
    *(f"{name}@other.example" for name in ("person", "therapist", "manager")),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    process = start("demo", "--port", str(port), "--seed", "7", cwd=folder)
    line = process.stdout.readline()
    yield process, port, line, folder
    if process.poll() is None:
        end(process)


@pytest.fixture
def visitor(demo):
    return Visitor(f"http://127.0.0.1:{demo[1]}/")


def test_demo_prints_exactly_where_it_is(demo):
    assert demo[2] == f"OpenIPT demo: http://127.0.0.1:{demo[1]}/\n"


def test_demo_keeps_its_data_in_demo_data(demo):
    assert (demo[3] / "demo-data" / "openipt.sqlite3").exists()


def test_demo_refuses_a_second_start_with_a_sentence(demo):
    second = run("demo", "--port", str(free_port()), cwd=demo[3])

    assert second.returncode == 2
    assert "already serves" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_demo_refuses_a_taken_port_with_a_sentence(demo, tmp_path):
    second = run("demo", "--port", str(demo[1]), cwd=tmp_path)

    assert (second.returncode, second.stdout) == (2, "")
    assert "is taken" in second.stderr


@pytest.mark.parametrize("words", [("--now", "soon"), ("--host", "0.0.0.0")])
def test_demo_refuses_what_it_cannot_use(tmp_path, words):
    ended = run("demo", *words, cwd=tmp_path)

    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("email", ADDRESSES)
def test_everybody_signs_in_by_email_and_password(visitor, email):
    status, url, page = visitor.sign_in(email, PASSWORD)

    assert status == 200
    assert "/accounts/" not in url
    assert "Demo" in page


def test_sign_in_needs_no_script_and_has_the_promised_fields(visitor):
    _status, _url, page = visitor.get("/accounts/login/")

    for name in ("login", "password", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in page


def test_a_wrong_password_is_said_and_lets_nobody_in(visitor):
    _status, url, page = visitor.sign_in("person@demo.example", "not-the-password")

    assert url.endswith("/accounts/login/")
    assert "not correct" in page
    assert visitor.get("/today/")[1] != visitor.address + "/today/"


def test_cookies_are_not_secure_in_the_demo(visitor):
    visitor.get("/accounts/login/")

    assert {cookie.secure for cookie in visitor.jar} == {False}


def test_many_may_sign_in_within_a_minute(demo):
    for _time in range(40):
        visitor = Visitor(f"http://127.0.0.1:{demo[1]}/")
        assert "/accounts/" not in visitor.sign_in("person@demo.example", PASSWORD)[1]


def test_there_is_a_card_for_everybody(visitor):
    _status, url, page = visitor.get("/")

    assert url.endswith("/demo/enter/")
    for email in ADDRESSES:
        assert f'value="{email}"' in page


def test_every_page_says_demo_and_links_to_the_mail(visitor):
    visitor.sign_in("therapist@demo.example", PASSWORD)

    for path in ("/caseload/", "/calendar/", "/help/", "/no/such/page/"):
        page = visitor.get(path)[2]
        assert "Demo: everybody here is made up." in page
        assert 'href="/demo/mail/"' in page


def test_the_mail_page_shows_what_would_have_been_sent(visitor):
    page = visitor.get("/demo/mail/")[2]

    assert "therapist@demo.example" in page
    assert "You have a message" in page


def test_the_person_has_something_due_today_and_the_therapist_one_open_alert(demo):
    person = Visitor(f"http://127.0.0.1:{demo[1]}/")
    person.sign_in("person@demo.example", PASSWORD)
    therapist = Visitor(f"http://127.0.0.1:{demo[1]}/")
    therapist.sign_in("therapist@demo.example", PASSWORD)

    assert "PHQ-9" in person.get("/today/")[2]
    assert "Nobody has taken it yet" in therapist.get("/caseload/")[2]


def test_person_and_person2_have_the_same_therapist(demo):
    names = set()
    for email in ("person@demo.example", "person2@demo.example"):
        visitor = Visitor(f"http://127.0.0.1:{demo[1]}/")
        visitor.sign_in(email, PASSWORD)
        assert "Dr Ellen Lindqvist" in visitor.get("/today/")[2]
        names.add(email)
    assert len(names) == 2


def test_there_are_about_forty_people_with_months_behind_them(demo):
    with sqlite3.connect(demo[3] / "demo-data" / "openipt.sqlite3") as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("people_person", "questionnaires_answering", "safety_alert")
        }
    connection.close()

    assert 38 <= counts["people_person"] <= 48
    assert counts["questionnaires_answering"] > 300
    assert counts["safety_alert"] == 1


def test_healthz_says_ok_once_the_worker_has_started(visitor):
    assert wait_until(lambda: visitor.get("/healthz")[0] == 200)
    answer = json.loads(visitor.get("/healthz")[2])

    assert answer["status"] == "ok"
    assert {"database", "worker", "outbox"} <= set(answer["checks"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_demo_ends_with_all_its_children(tmp_path, small_demo, number):
    process = small_demo(tmp_path)
    before = children_of(process.pid)

    end(process, number)

    assert len(before) >= 3
    assert wait_until(lambda: not children_of(process.pid), 10)


def test_killing_the_parent_takes_the_children_along(tmp_path, small_demo):
    process = small_demo(tmp_path)

    end(process, signal.SIGKILL)

    assert wait_until(lambda: not children_of(process.pid), 10)


@pytest.fixture
def small_demo(demo):
    """Start a demo on a copy of the first one's data: it need not be built again."""
    import shutil

    def begin(folder):
        shutil.copytree(demo[3] / "demo-data", folder / "demo-data")
        process = start("demo", "--port", str(free_port()), cwd=folder)
        assert process.stdout.readline().startswith("OpenIPT demo: ")
        return process

    return begin


BUILD = """
from datetime import datetime, UTC
from openipt.cli import ready
ready.load_django(); ready.migrate()
from openipt.cli.demo import fill
fill(at=datetime(2026, 11, 22, 9, tzinfo=UTC), seed=3)
"""
STRANGERS = """
from openipt.cli import ready
ready.load_django()
from openipt.people.models import Service
from tests.access.test_tenants import strangers
print(Service.objects.count(), list(strangers()))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the demo of one seed and one morning, as it was made."""
    folder = tmp_path_factory.mktemp("built")
    run_code(folder, BUILD)
    return folder


def test_the_same_seed_and_now_give_the_same_rows(built, tmp_path):
    run_code(tmp_path, BUILD)

    assert rows_of(built) == rows_of(tmp_path)


def test_no_row_names_a_row_of_another_service(built):
    assert run_code(built, STRANGERS) == "2 []\n"


DRIFTING = """
from datetime import datetime, UTC
from openipt.cli import ready
ready.load_django()
from openipt.calendar.models import Appointment
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.encounters.models import Encounter
from openipt.encounters.queries.work import work_of
from openipt.vault import keys
at = datetime(2026, 11, 22, 9, tzinfo=UTC)
drifting = set()
with keys.scope():
    for course in Course.objects.filter(ended_at=None).select_related("person__member__account"):
        record = courses.record_of(course.therapist, course, at=at, today=at.date())
        planned = list(Appointment.objects.filter(series=course.series).order_by("number"))
        for row in planned:
            held = Encounter.objects.filter(appointment=row).first()
            if work_of(record, row, held, planned).drift and row.starts_at < at:
                drifting.add(course.person.member.account.email)
            upcoming = row.starts_at >= at
            if upcoming:
                if work_of(record, row, None, planned).drift:
                    drifting.add(course.person.member.account.email)
                break
print(sorted(drifting))
"""


def test_the_focus_is_lost_in_one_course_only(built):
    assert run_code(built, DRIFTING) == "['someone-12@demo.example']\n"


FACTS = """
from django.db.models import F, Max, Q
from openipt.cli import ready
ready.load_django()
from openipt.courses.models import CourseFact
newest = Max(
    "course__asked_for__answering__completed_at",
    filter=Q(course__asked_for__answering__measure=F("measure")),
)
facts = CourseFact.objects.annotate(newest=newest)
print(all(fact.answered_at == fact.newest for fact in facts),
      facts.exclude(answered_at=None).count() > 40)
"""


def test_rows_of_facts_know_when_everybody_answered_last(built):
    assert run_code(built, FACTS) == "True True\n"


AROUND = """
from openipt.cli import ready
ready.load_django()
from openipt.courses.models import Course, Focus
from openipt.encounters.models import Encounter
from openipt.inventory import queries
from openipt.people.models import Person
from openipt.vault import keys
with keys.scope():
    print(sum(1 for one in Person.objects.all() if one.born_on), Person.objects.count())
    print(*sorted(set(Course.objects.values_list("variant_id", flat=True))))
    print(Encounter.objects.filter(course__variant_id="ipt_maintenance").count() > 0)
    for focus in Focus.objects.exclude(area="role_transition").select_related("relationship"):
        tie = focus.relationship.content
        named = (focus.details or {}).get("who") or focus.details["counterpart"]
        assert named == tie["label"], (named, tie)
        if focus.area != "grief":
            continue
        lost = [row.event for row in queries.events_of(focus.person)
                if row.kind.key == "loss" and named in row.whom]
        assert focus.details["when"] == tie["died"], (focus.details, tie)
        assert str(lost[0].when.year) in tie["died"], (lost, tie)
"""


def test_everybody_has_a_life_of_their_own(built):
    born, variants, held = run_code(built, AROUND).splitlines()

    assert born == "43 43"
    assert {"ipsrt", "ipt_brief", "ipt_maintenance", "ipt_perinatal"} <= set(
        variants.split()
    )
    assert held == "True"


def test_lives_name_only_people_who_are_in_them():
    from openipt.cli.demo.cast import invented

    for story in invented()["stories"]:
        life = story["life"]
        labels = {row["label"]: row for row in life["circle"]}
        named = {life["whom"]} if "whom" in life else set()
        named |= {label for row in life["events"] for label in row.get("whom", ())}
        named |= {row["who"] for row in life["besides"] if "who" in row}
        assert named <= set(labels), life["key"]
        gone = {label for label, row in labels.items() if not row.get("alive", True)}
        assert gone == {row["lost"] for row in life["events"] if "lost" in row}
        assert sum(1 for row in life["events"] if row.get("onset")) == 1


def test_another_seed_tells_other_stories():
    from datetime import date
    from random import Random

    from openipt.cli.demo.stories import stories

    today = date(2026, 11, 22)
    assert stories(today, Random(3)) == stories(today, Random(3))
    assert stories(today, Random(3)) != stories(today, Random(4))


def run_code(folder, code):
    """Run a few lines on the data in a folder and return what they print."""
    ended = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(OPENIPT_DATA_DIR=str(folder), OPENIPT_DEMO="1"),
    )
    return ended.stdout


def rows_of(folder):
    """Return the rows of a demo without what is random by design."""
    connection = sqlite3.connect(folder / "openipt.sqlite3")
    rows = {}
    for table in ("people_member", "people_person", "courses_course", "courses_coursefact",
                  "calendar_appointment", "questionnaires_answering", "practice_entry",
                  "practice_task", "encounters_encounter", "safety_alert"):  # fmt: skip
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
        rows[table] = [
            [None if isinstance(cell, bytes) else cell for cell in row]
            for row in cursor
        ]
    connection.close()
    return rows
