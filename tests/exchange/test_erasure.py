"""Asking for erasure: two people decide, care comes first, a refusal has a ground."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from openipt.core.errors import Invalid, Refused
from openipt.exchange import operations
from openipt.exchange.models import ErasureRequest
from openipt.people.models import MailPointer
from tests import people

NOW = people.NOW


@pytest.fixture
def asked(cast):
    return operations.ask_for_erasure(
        person=cast.ana, why="I want to forget.", by=cast.ana.member, at=NOW
    )


@pytest.fixture
def ended(cast):
    cast.ana.courses.update(ended_at=NOW)


def propose(asked, by, ground="", answer=""):
    return operations.propose(
        request=asked, ground=ground, answer=answer, by=by, at=NOW
    )


def decide(asked, by):
    asked.refresh_from_db()
    return operations.decide(
        request=asked, version=asked.version, confirm=True, by=by, at=NOW
    )


def test_asking_twice_is_one_request_and_tells_the_administrators(cast, asked):
    form = {"why": "Again", "sure": "on"}
    response = cast.client("ana").post("/my/data/erasure/", form)

    assert response.status_code == 302
    assert ErasureRequest.objects.get().why == "I want to forget."
    assert MailPointer.objects.filter(member=cast.ada, kind="erasure_asked").exists()


def test_without_the_tick_nothing_is_asked_and_nothing_lost(cast):
    response = cast.client("ana").post("/my/data/erasure/", {"why": "Kept here"})

    assert response.status_code == 422
    assert "Kept here" in response.content.decode()
    assert not ErasureRequest.objects.exists()


def test_while_a_course_runs_it_cannot_be_accepted(cast, asked):
    with pytest.raises(Refused, match="A course is still running"):
        propose(asked, cast.ada)


def test_a_refusal_needs_a_ground_and_words(cast, asked):
    with pytest.raises(Invalid, match="Write to the person"):
        propose(asked, cast.ada, ground="legal_duty")
    with pytest.raises(Invalid, match="one of the grounds"):
        propose(asked, cast.ada, ground="inconvenient", answer="No.")


@pytest.mark.usefixtures("ended")
def test_two_people_accept_and_the_person_is_told(cast, asked):
    propose(asked, cast.ada, answer="We will.")
    done = decide(asked, by=cast.max)

    page = cast.client("ana").get("/my/data/").content.decode()
    assert done.state == "accepted"
    assert done.not_before == (NOW + timedelta(days=14)).date()
    assert "Nothing is erased before Sunday 6 December" in page
    assert MailPointer.objects.filter(member=cast.ana.member).count() == 1


@pytest.mark.usefixtures("ended")
def test_nobody_confirms_what_they_proposed(cast, asked):
    propose(asked, cast.ada)

    with pytest.raises(Refused, match="Two people decide"):
        decide(asked, by=cast.ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.update(decided_by=cast.ada, decided_at=NOW)


def test_a_course_that_began_meanwhile_stops_the_second_too(cast, asked, ended):
    propose(asked, cast.ada)
    cast.ana.courses.update(ended_at=None)

    with pytest.raises(Refused, match="A course is still running"):
        decide(asked, by=cast.max)


def test_a_refusal_is_shown_with_its_ground_and_where_to_complain(cast, asked):
    propose(asked, cast.ada, ground="legal_duty", answer="Until 2036.")
    decide(asked, by=cast.max)

    page = cast.client("ana").get("/my/data/").content.decode()
    assert "GDPR Article 17(3)(b)" in page
    assert "Until 2036." in page
    assert "data protection authority" in page


def test_the_second_can_give_it_back(cast, asked):
    propose(asked, cast.ada, ground="legal_duty", answer="Until 2036.")
    asked.refresh_from_db()
    sent = {"confirm": "no", "version": asked.version}
    cast.client("max").post(f"/erasure/{asked.pk}/decide/", sent)

    asked.refresh_from_db()
    assert (asked.state, asked.ground, asked.answer) == ("asked", "", None)


@pytest.mark.usefixtures("ended")
def test_it_can_be_taken_back_until_its_day(cast, asked):
    propose(asked, cast.ada)
    decide(asked, by=cast.max)

    with pytest.raises(Refused, match="closed"):
        operations.withdraw(
            request=asked, by=cast.ana.member, at=NOW + timedelta(days=15)
        )
    cast.client("ana").post("/my/data/erasure/back/", {})

    asked.refresh_from_db()
    assert (asked.state, asked.not_before) == ("withdrawn", None)


def test_a_manager_reads_the_request_and_not_the_name(cast, asked):
    page = cast.client("max").get(f"/erasure/{asked.pk}/").content.decode()

    assert "I want to forget." in page
    assert cast.ana.name not in page
    assert cast.ana.name in (
        cast.client("ada").get(f"/erasure/{asked.pk}/").content.decode()
    )


def test_other_services_and_therapists_do_not_find_it(cast, asked):
    assert cast.client("mia").get(f"/erasure/{asked.pk}/").status_code == 404
    assert cast.client("tomas").get("/erasure/").status_code in {403, 404}


@pytest.mark.parametrize("sent", [{}, {"version": 2}, {"version": "newest"}])
def test_nobody_confirms_what_they_have_not_read(cast, asked, ended, sent):
    """The answer is given back and proposed anew while the page is open elsewhere."""
    ada, second = cast.ada, cast.client("max")
    propose(asked, ada)
    asked.refresh_from_db()
    operations.decide(
        request=asked, version=asked.version, confirm=False, by=cast.max, at=NOW
    )
    propose(asked, ada, ground="legal_duty", answer="Until 2036.")

    late = second.post(f"/erasure/{asked.pk}/decide/", {"confirm": "yes"} | sent)

    assert late.status_code == 409
    assert "changed meanwhile" in late.content.decode()
    asked.refresh_from_db()
    assert asked.state == ErasureRequest.State.PROPOSED


def test_asking_again_leaves_no_second_request_behind_the_one_taken_back(
    cast, asked, ended, clock
):
    propose(asked, cast.ada)
    decide(asked, cast.max)
    client = cast.client("ana")
    clock.shift(timedelta(minutes=1))
    client.post("/my/data/erasure/", {"why": "Again", "sure": "on"})
    client.post("/my/data/erasure/back/", {})

    assert not ErasureRequest.objects.filter(state="accepted").exists()
