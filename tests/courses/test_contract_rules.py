"""Twelve to twenty sessions; outside a lineage's own range, or 45-60 minutes, with a reason."""

import pytest

from openipt.courses.models import Contract, Course

from .starting import START, filled, text_of

REASON = "She leaves for a year at sea in February."


@pytest.fixture
def client(cast):
    return cast.client("ines")


def started(cast):
    return Course.objects.filter(therapist=cast.ines).exists()


@pytest.mark.parametrize(
    "weeks", ["11", "21", "0", "-5", "1000", "99999999999999999999"]
)
def test_weeks_out_of_bounds_are_refused_with_bound_and_source(cast, client, weeks):
    response = client.post(START, filled(sessions=weeks, reason=REASON))

    page = text_of(response)
    assert response.status_code == 422
    assert "12 to 20 sessions" in page
    assert "Synopsis of Psychiatry" in page
    assert f'value="{weeks}"' in page
    assert REASON in page
    assert not started(cast)


@pytest.mark.parametrize("sessions", ["5", "18", "40"])
def test_the_iowa_tradition_is_refused_by_its_own_range_and_source(
    cast, client, sessions
):
    form = filled(variant_id="ipt_individual_iowa", sessions=sessions, reason=REASON)
    page = text_of(client.post(START, form))

    assert "has 6 to 17 sessions" in page
    assert "Source: Stuart and Robertson" in page
    assert "Synopsis of Psychiatry" not in page.split('id="id_sessions_error"')[1][:600]
    assert not started(cast)


@pytest.mark.parametrize(
    ("variant", "weeks"),
    [
        ("ipt_individual_columbia", "12"),
        ("ipt_individual_columbia", "16"),
        ("ipt_individual_uk", "16"),
        ("ipt_individual_iowa", "8"),
        ("ipt_individual_iowa", "17"),
    ],
)
def test_weeks_within_the_lineages_range_need_no_reason(cast, client, variant, weeks):
    assert (
        client.post(START, filled(variant_id=variant, sessions=weeks)).status_code
        == 302
    )
    assert Contract.objects.get(course__therapist=cast.ines).sessions == int(weeks)


@pytest.mark.parametrize(
    ("variant", "weeks", "words"),
    [
        ("ipt_individual_columbia", "17", "12 to 16 sessions"),
        ("ipt_individual_columbia", "20", "12 to 16 sessions"),
        ("ipt_individual_uk", "12", "usually has 16 sessions"),
        ("ipt_individual_uk", "17", "usually has 16 sessions"),
    ],
)
def test_weeks_outside_the_lineages_range_ask_a_reason_and_go_on(
    cast, client, variant, weeks, words
):
    form = filled(variant_id=variant, sessions=weeks)
    first = client.post(START, form)
    assert first.status_code == 422
    assert words in text_of(first)
    assert 'name="reason"' in text_of(first)
    assert not started(cast)

    assert client.post(START, form | {"reason": REASON}).status_code == 302
    assert Contract.objects.get(course__therapist=cast.ines).reason == REASON


@pytest.mark.parametrize("minutes", ["44", "61", "30", "90"])
def test_unusual_minutes_ask_a_reason_and_go_on(cast, client, minutes):
    form = filled(minutes=minutes)
    first = client.post(START, form)
    assert first.status_code == 422
    assert "45 to 60 minutes" in text_of(first)

    assert client.post(START, form | {"reason": REASON}).status_code == 302
    contract = Contract.objects.get(course__therapist=cast.ines)
    assert (contract.minutes, contract.reason) == (int(minutes), REASON)


@pytest.mark.parametrize("minutes", ["45", "60"])
def test_usual_minutes_need_no_reason(cast, client, minutes):
    assert client.post(START, filled(minutes=minutes)).status_code == 302


def test_reason_field_is_not_in_the_way_until_it_is_wanted(client):
    assert 'name="reason"' not in text_of(client.get(START))


def test_blank_reason_is_none(cast, client):
    assert client.post(START, filled(sessions="20", reason="  \n ")).status_code == 422
    assert not started(cast)


def test_reason_that_is_not_wanted_is_not_kept(cast, client):
    client.post(START, filled(reason=REASON))

    assert Contract.objects.get(course__therapist=cast.ines).reason is None


def test_reason_stands_in_the_contract_on_the_page(cast, client):
    response = client.post(START, filled(sessions="20", reason=REASON))

    assert REASON in text_of(client.get(response["Location"]))


def test_days_are_counted_out_before_anything_is_saved(cast, client):
    form = filled()
    fields = ("sessions", "minutes", "first_on", "wall_time")

    page = text_of(
        client.get("/courses/start/days/", {name: form[name] for name in fields})
    )

    assert "16 sessions, every Tuesday at 17:00." in page
    assert "16 March 2027" in page
    assert not started(cast)


def test_what_is_usual_is_said_before_anything_is_saved(client):
    shown = client.get("/courses/start/days/", {"variant_id": "ipt_individual_iowa"})
    assert "Iowa tradition usually has 6 to 17 sessions." in text_of(shown)
    assert 'id="id_sessions_hint" hx-swap-oob="true"' in text_of(shown)
    form = filled(variant_id="ipt_individual_iowa", sessions="")
    page = text_of(client.post(START, form))
    assert "Iowa tradition usually has 6 to 17 sessions." in page
    assert "hx-swap-oob" not in page
    # Nobody has read how many it has.
    shown = client.get("/courses/start/days/", {"variant_id": "ipsrt"})
    assert "usually has" not in text_of(shown)


def test_days_say_what_is_in_the_way(cast):
    page = text_of(
        cast.client("tomas").get(
            "/courses/start/days/",
            {
                "sessions": "12",
                "minutes": "50",
                "first_on": "2026-12-03",
                "wall_time": "16:30",
            },
        )
    )

    assert "You already have a session on" in page


@pytest.mark.parametrize(
    "days", [{}, {"sessions": "x"}, {"sessions": "5000", "first_on": "2026-12-01"}]
)
def test_days_that_cannot_be_counted_say_nothing(client, days):
    response = client.get("/courses/start/days/", days)

    assert response.status_code == 200
    assert "The last one is on" not in text_of(response)
