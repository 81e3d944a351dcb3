"""What people do in more than one journey."""

import re
from datetime import timedelta

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from openipt.core.measures import load_measures
from openipt.courses.operations import record_answer
from openipt.questionnaires.models import Answering
from openipt.web.clock import now
from tests.people import PASSWORD


def join(visitor, code, email):
    """Open the invitation and set up the account."""
    visitor.open("/join/")
    visitor.page.fill("input[name=code]", code)
    visitor.page.fill("input[name=email]", email)
    visitor.page.fill("input[name=password]", PASSWORD)
    return visitor.press("Go on")


def code_on(visitor):
    """Read the one-time code off the page that shows it once."""
    text = visitor.page.locator("main").inner_text()
    found = re.search(r"\b(?:[0-9A-Z]{4}[- ]){3}[0-9A-Z]{4}\b", text)
    assert found, text
    return found.group(0)


def tap(visitor, answer):
    """Tap an answer: it is kept and the next question comes by itself."""
    with visitor.page.expect_navigation(wait_until="load"):
        tile(visitor.page, answer).click()


def tile(where, answer):
    """Return what is tapped to give an answer."""
    words = re.compile(rf"^\s*{re.escape(answer)}\s*$")
    return where.locator("label").filter(has_text=words).first


def begin(visitor, measure, way="One question at a time"):
    """Come to a questionnaire from its own page."""
    visitor.open(f"/measures/{measure}/")
    visitor.press(way)


def answer_on_one_page(visitor, answers):
    """Tap an answer to each question of the page; each is kept at once."""
    for group, answer in zip(
        visitor.page.locator("main fieldset").all(), answers, strict=True
    ):
        with visitor.page.expect_response(lambda sent: sent.request.method == "POST"):
            tile(group, answer).click()


def session_of(course, number):
    """Return the address of the session of that number."""
    planned = course.series.appointments.get(number=number)
    return f"/sessions/{planned.pk}/"


def answered_before(course, totals, *, measure="phq9"):
    """Give a course finished questionnaires, one a week, the last one yesterday."""
    bands = load_measures()[measure]
    for place, total in enumerate(reversed(totals)):
        at = now() - timedelta(days=1 + 7 * place)
        answering = Answering.objects.create(
            service=course.service,
            person=course.person,
            measure=measure,
            measure_version=bands.version,
            language="en",
            items={"1": 1},
            started_at=at,
            completed_at=at,
            total=total,
            band=bands.band_of(total).key,
            missing=0,
        )
        answering.asked_by.create(service=course.service, course=course)
    for place, total in enumerate(totals):
        record_answer(
            service_id=course.service_id,
            course_ids=[course.pk],
            measure=measure,
            total=total,
            at=now() - timedelta(days=1 + 7 * (len(totals) - 1 - place)),
        )


def one_time_code(secret):
    """Return what an authenticator app shows now for this secret."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
