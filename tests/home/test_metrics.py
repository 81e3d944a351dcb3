"""Numbers for an outside monitor: with the token, without names."""

import re

import pytest

from openipt.safety import operations as safety
from tests import people

TOKEN = "a-long-token-of-the-monitor"


@pytest.fixture
def token(settings):
    settings.OPENIPT_METRICS_TOKEN = TOKEN


def ask(client, brought=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {brought}"})


def numbers(response):
    found = re.findall(
        r"^openipt_(\w+) (\S+)$", response.content.decode(), re.MULTILINE
    )
    return {name: float(value) for name, value in found}


def test_without_a_token_in_the_settings_there_is_no_such_page(client, db):
    assert ask(client, "").status_code == 404
    assert ask(client).status_code == 404


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("brought", ["", "another", TOKEN[:-1], "ä"])
def test_with_another_token_there_is_no_such_page(client, db, brought):
    assert ask(client, brought).status_code == 404


@pytest.mark.usefixtures("token")
def test_an_alert_that_waits_is_counted_and_named_nowhere(client, cast, clock):
    safety.not_safe(person=cast.ana, by=cast.ana.member, at=people.NOW)
    clock.shift(600)

    response = ask(client)

    found = numbers(response)
    assert found["alerts_waiting_red"] == 1
    assert found["alert_waiting_seconds"] == 600
    assert found["jobs_queued"] >= 1
    assert "Ana" not in response.content.decode()
    assert str(cast.ana.pk) not in response.content.decode()
