"""A dead worker, mail that fails, clocks that are stepped: late, said in red, not lost."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from openipt import audit
from openipt.audit import anchors
from openipt.audit.verdict import verify
from openipt.outbox import worker
from openipt.outbox.models import Heartbeat, Job
from openipt.people.models import MailPointer
from openipt.people.operations.mail import DELIVER
from openipt.safety import jobs
from openipt.safety import operations as safety
from openipt.safety.models import Alert
from tests import people

HOUR = timedelta(hours=1)


@pytest.fixture
def cast(db):
    return people.gather_with_courses()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW, tick=False) as traveller:
        yield traveller


def alive(at):
    Heartbeat.objects.update_or_create(worker="w", defaults={"at": at})


def work(at):
    """Let the worker do what is due, as it does every few seconds."""
    with time_machine.travel(at, tick=False):
        jobs.sweep()
    worker.run_due(at)


def warnings_on(cast, path="/caseload/"):
    return cast.client("tomas").get(path).content.decode()


def not_safe(cast):
    return safety.not_safe(person=cast.ana, by=cast.ana.member, at=people.NOW)


def test_a_worker_dead_for_an_hour_is_red_and_what_waited_is_made_up_for(cast, clock):
    alive(people.NOW)
    not_safe(cast)
    clock.shift(HOUR)

    page = warnings_on(cast)
    health = cast.client("tomas").get("/healthz")
    assert "the worker is silent" in page
    assert "/alerts/" in page  # the alert itself stands on the screen
    assert health.status_code == 503
    assert health.json()["checks"]["worker"]["ok"] is False

    alive(people.NOW + HOUR)
    work(people.NOW + HOUR)

    told = set(
        MailPointer.objects.exclude(sent_at=None).values_list("member", flat=True)
    )
    assert {cast.tomas.pk, cast.ines.pk, cast.sofia.pk} <= told
    assert "the worker is silent" not in warnings_on(cast)


@pytest.mark.parametrize(
    "trouble",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPResponseException(451, b"try later"),
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPServerDisconnected("after DATA"),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_mail_that_fails_is_tried_again_and_sent_late_once(
    cast, clock, trouble, monkeypatch
):
    not_safe(cast)

    def fail(*_args, **_named):
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr("openipt.people.jobs.send_mail", fail)
        for _minute in range(3):
            clock.shift(timedelta(minutes=1))
            worker.run_due(people.NOW + timedelta(minutes=1 + _minute))
    assert mail.outbox == []
    assert Job.objects.filter(kind=DELIVER, state="queued").exists()

    worker.run_due(people.NOW + HOUR)

    assert [letter.to for letter in mail.outbox] == [["tomas@test.example"]]
    assert Alert.objects.count() == 1


def test_mail_that_fails_for_good_is_shown_to_the_administrator(
    cast, clock, monkeypatch
):
    not_safe(cast)

    def fail(*_args, **_named):
        raise ConnectionRefusedError

    monkeypatch.setattr("openipt.people.jobs.send_mail", fail)
    for hours in range(1, 30):
        worker.run_due(people.NOW + hours * HOUR)

    assert Job.objects.filter(kind=DELIVER, state="failed").count() == 1
    clock.shift(30 * HOUR)
    assert cast.client("ada").get("/healthz").json()["checks"]["outbox"]["failed_jobs"]
    assert Alert.objects.get().closed_at is None


@pytest.mark.parametrize("step", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_clock_that_is_stepped_loses_nothing_and_the_trail_stays_whole(
    cast, clock, step
):
    anchors.path().unlink(missing_ok=True)  # other tests of this run left theirs
    alert = not_safe(cast)
    audit.seal_pending(people.NOW)
    clock.shift(step)
    now = people.NOW + step

    response = cast.client("ana").get("/today/")
    safety.not_safe(person=cast.ana, by=cast.ana.member, at=now)
    work(now)
    work(people.NOW + 2 * HOUR)
    audit.seal_pending(people.NOW + 2 * HOUR)

    assert response.status_code == 200
    alert.refresh_from_db()
    assert alert.closed_at is None
    told = set(
        MailPointer.objects.exclude(sent_at=None).values_list("member", flat=True)
    )
    assert {cast.tomas.pk, cast.ines.pk, cast.sofia.pk} <= told
    assert verify(at=people.NOW + 3 * HOUR).ok
