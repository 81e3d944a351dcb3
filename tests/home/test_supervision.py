"""Supervision: alerts that reached the supervisor, and the courses of those supervised."""

from datetime import timedelta

import pytest

from openipt.people import operations as people_operations
from openipt.people.models import Supervision
from openipt.safety import operations as safety
from openipt.safety.models import Alert
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of

from .test_caseload import names


def supervision(cast, name="sofia"):
    return text_of(cast.client(name).get("/supervision/"))


def test_it_shows_the_courses_of_those_supervised_and_of_nobody_else(cast):
    page = supervision(cast)

    assert names(page) == ["Bea Wolf", "Ana Holm"]
    assert "Dr Tomas Lind · 2 courses" in page
    assert "Eva Stern" not in page
    assert "No alert has reached you." in page


def test_an_alert_arrives_when_it_is_escalated_and_not_before(cast):
    safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="answer", measure="phq9", item=9, answer="Several days"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )
    assert "Several days" not in supervision(cast)

    safety.escalate(
        alert_id=Alert.objects.get().pk, at=people.NOW + timedelta(minutes=31)
    )

    page = supervision(cast)
    assert "Ana Holm answered “Several days”" in page
    assert '<span class="badge">1</span>' in page


def test_supervision_that_ended_shows_nothing(cast):
    row = Supervision.objects.get(supervisor=cast.sofia)
    people_operations.end_supervision(supervision=row, by=cast.ada, at=people.NOW)

    page = supervision(cast)

    assert "You supervise nobody yet" in page
    assert "Ana Holm" not in page


def test_words_are_looked_for_and_sorting_is_by_the_list(cast):
    client = cast.client("sofia")

    assert names(text_of(client.post("/supervision/", {"words": "ana"}))) == [
        "Ana Holm"
    ]
    assert names(text_of(client.get("/supervision/?sort=-name"))) == [
        "Bea Wolf",
        "Ana Holm",
    ]


def test_only_the_part_with_the_alerts_is_fetched_again(cast):
    part = cast.client("sofia").get(
        "/supervision/", headers={"HX-Request": "true", "HX-Target": "open-alerts"}
    )

    assert "<html" not in text_of(part)
    assert "Bea Wolf" not in text_of(part)


@pytest.mark.parametrize("who", ["ana", "tomas", "max", "ada"])
def test_it_is_a_page_of_supervisors_only(cast, who):
    assert cast.client(who).get("/supervision/").status_code == 404
