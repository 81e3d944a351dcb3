"""Neutral mails: that there is something to read, and nothing else."""

import importlib

import pytest
from django.core import mail

from openipt.outbox.models import Job
from openipt.people import jobs, operations
from openipt.people.models import MailPointer
from openipt.people.operations.mail import DELIVER
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather()


def point(cast, who="tomas", key="alert:1"):
    return operations.send_pointer(
        member=cast.member(who), kind="alert", dedupe_key=key, at=now()
    )


def deliver():
    for job in Job.objects.filter(kind=DELIVER):
        jobs.deliver_pointer.call(**job.payload["kwargs"])


def test_the_job_that_is_named_exists():
    module, name = DELIVER.rsplit(".", 1)

    assert getattr(importlib.import_module(module), name) is jobs.deliver_pointer


def test_a_mail_says_only_that_there_is_something_to_read(cast):
    point(cast)

    deliver()

    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("You have a message", ["tomas@test.example"])
    assert letter.body == "There is something for you to read. Please sign in."
    whole = letter.message().as_string()
    for word in ("Tomas", "Lind", "Ana", "Harbour", "alert", "http", "OpenIPT", "IPT"):
        assert word not in whole.replace("tomas@test.example", "")


def test_one_occasion_sends_one_mail(cast):
    first, second = point(cast), point(cast)

    deliver()
    deliver()

    assert first == second
    assert len(mail.outbox) == 1
    assert MailPointer.objects.get().sent_at is not None


def test_another_occasion_sends_another(cast):
    point(cast)
    point(cast, key="alert:2")

    deliver()

    assert len(mail.outbox) == 2


def test_a_mail_that_did_not_leave_is_tried_again(cast, settings):
    point(cast)
    settings.EMAIL_BACKEND = "tests.people_mail.Broken"
    with pytest.raises(ConnectionRefusedError):
        deliver()
    assert MailPointer.objects.get().sent_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver()

    assert len(mail.outbox) == 1


def test_in_the_demo_nothing_leaves(cast, settings):
    settings.OPENIPT_DEMO = True
    point(cast)

    deliver()

    assert mail.outbox == []
    assert MailPointer.objects.get().sent_at is not None


def test_who_cannot_sign_in_gets_no_mail(cast):
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())
    cast.ines.refresh_from_db()

    assert point(cast, "ines") is None
    assert not MailPointer.objects.exists()


def test_who_was_suspended_meanwhile_gets_no_mail(cast):
    point(cast, "ines")
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())

    deliver()

    assert mail.outbox == []


def test_the_job_carries_an_id_and_nothing_else(cast):
    pointer = point(cast)

    job = Job.objects.get(kind=DELIVER)

    assert job.payload == {"args": [], "kwargs": {"pointer_id": str(pointer.pk)}}
    assert job.service_id == cast.service.pk
