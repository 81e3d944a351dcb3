"""The frames around pages, and the pages that help when something went wrong."""

import re
from pathlib import Path

import pytest

import openipt.web

from .gallery import gallery, whole

WEB = Path(openipt.web.__file__).parent
CODES = sorted(
    int(path.stem) for path in (WEB / "jinja2/web/errors").glob("[45]??.html")
)


@pytest.mark.parametrize("area", ["person", "staff", "public"])
def test_a_frame_has_one_main_one_heading_and_a_way_past_the_head(area):
    html = gallery(area)

    assert html.count("<main ") == 1
    assert html.count("<h1") == 1
    assert '<a class="skip" href="#main">' in html
    assert re.search(r'<html lang="en" dir="ltr">', html)


def test_a_frame_says_nothing_inline():
    html = gallery()

    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


@pytest.mark.parametrize("area", ["person", "public"])
def test_help_and_the_way_out_are_on_the_pages_of_the_person(area):
    html = gallery(area, help_url="/help/", leave_url="/leave/")

    assert '<a class="help-now" href="/help/">Need help now?</a>' in html
    assert re.search(r'<a class="leave-now" href="/leave/" data-module="leave"', html)


def test_staff_see_warnings_of_the_system_and_no_way_out():
    warning = {"text": "No mail has gone out for 20 minutes.", "url": "/health/"}

    html = gallery("staff", staff_warnings=[warning])

    assert "No mail has gone out for 20 minutes." in html
    assert '<a href="/health/">' in html
    assert "leave-now" not in html


def test_only_who_is_signed_in_can_sign_out_and_gets_a_token():
    assert "Sign out" in gallery("person")
    assert 'name="csrf-token"' in gallery("person")
    assert "Sign out" not in gallery("public")
    assert 'name="csrf-token"' not in gallery("public")


def test_where_one_is_is_marked_and_a_number_waits():
    html = gallery("person")

    assert re.search(r'aria-current="page">.*?<span>Today</span>', html)
    assert '<span class="badge">1</span>' in html


def test_a_demo_says_so_and_a_record_does_not():
    assert "everybody here is made up" in gallery(demo=True)
    assert "everybody here is made up" not in gallery(demo=False)


def test_a_page_reads_from_the_right_where_people_do():
    assert '<html lang="ar" dir="rtl">' in gallery(language="ar", direction="rtl")


def test_htmx_keeps_no_pages_and_runs_no_text():
    config = re.search(r'name="htmx-config" content=\'([^\']*)\'', gallery()).group(1)

    assert '"historyCacheSize":0' in config
    assert '"allowEval":false' in config
    assert '{"code":"422","swap":true}' in config


def test_toasts_are_said_once_and_politely():
    html = gallery(toasts=[("success", "Your week is saved.")])

    place = re.search(r'<div class="toasts".*?</main>', html, re.DOTALL).group()
    assert 'role="status"' in html
    assert "Your week is saved." in place


def test_there_is_a_page_for_everything_that_may_go_wrong():
    assert {400, 403, 404, 405, 409, 413, 422, 429, 500, 503} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_helps(code):
    html = whole(f"web/errors/{code}.html")

    words = re.sub(r"<[^>]+>|\s+", " ", html.split("<main")[1])
    assert "Go to the first page" in words
    assert "Need help now?" in html
    assert len(words) > 120
    assert str(code) not in words


def test_an_error_page_says_the_reason_it_is_given_and_escapes_it():
    html = whole(
        "web/errors/403.html", sentence="Only <b>Dr Roe</b> may end this course."
    )

    assert "Only &lt;b&gt;Dr Roe&lt;/b&gt; may end this course." in html
    assert "You may not do this" not in html


def test_an_error_page_needs_nobody_and_no_request():
    from django.template import engines

    html = engines["jinja2"].get_template("web/errors/503.html").render({})

    assert "We are busy for a moment" in html


def test_the_page_one_leaves_to_says_nothing_of_where_one_was():
    html = whole("web/leave.html")

    told = re.sub(r"/static/openipt/", "", html).lower()
    for word in ("openipt", "therap", "session", "clinic", "help", "mood"):
        assert word not in told
    assert "<script" not in html
