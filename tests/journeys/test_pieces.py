"""The small modules and the pieces in a real browser, under the real security policy.

Pages are rendered here and handed to the browser without a server, so that these tests
need neither database nor accounts.
"""

import json
import mimetypes
import re
from pathlib import Path

import django_htmx
import pytest
from axe_playwright_python.sync_playwright import Axe

import openipt.web
from tests.web.gallery import gallery

pytestmark = pytest.mark.journey
BASE = "http://openipt.test"
FOLDERS = [
    Path(package.__file__).parent / "static" for package in (openipt.web, django_htmx)
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'"
)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SMALLEST = {"width": 320, "height": 256}


class Stage:
    """A page in a browser, and what it asked for."""

    def __init__(self, context, html):
        self.asked, self.problems, self.answers = [], [], {}
        self.html = html
        self.page = context.new_page()
        self.page.set_default_timeout(5000)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                said.type == "error"
                and "Failed to load" not in said.text
                and self.problems.append(said.text)
            ),
        )
        self.page.route("**/*", self._answer)
        self.page.goto(BASE + "/here/")

    def _answer(self, route):
        path = route.request.url.removeprefix(BASE).split("?")[0]
        if path.startswith("/static/"):
            found = next(f / path[8:] for f in FOLDERS if (f / path[8:]).exists())
            kind = mimetypes.guess_type(found.name)[0]
            return route.fulfill(body=found.read_bytes(), content_type=kind)
        if path == "/here/" and route.request.method == "GET":
            headers = {"Content-Security-Policy": POLICY}
            return route.fulfill(
                body=self.html, content_type="text/html; charset=utf-8", headers=headers
            )
        self.asked.append((path, route.request))
        answer = self.answers.get(path, {"status": 204})
        if answer == "no connection":
            return route.abort()
        return route.fulfill(**answer)

    def hold_the_clock(self):
        """Let no time pass but what `run_for` gives: a slow machine sees the same."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(1000)

    def posts(self, path):
        return [r for asked, r in self.asked if asked == path and r.method == "POST"]

    def too_wide(self):
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.fixture
def stage(chromium):
    contexts = []

    def make(area="staff", *, size=None, html=None, **options):
        pages = {
            k: options.pop(k)
            for k in ("direction", "lock_url", "pulse_url")
            if k in options
        }
        context = chromium.new_context(
            viewport=size or DESKTOP, reduced_motion="reduce", **options
        )
        contexts.append(context)
        return Stage(context, html or gallery(area, **pages))

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("dark", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("area", ["person", "staff", "public"])
def test_every_piece_is_accessible_and_fits(stage, area, size, dark):
    seen = stage(area, size=size, color_scheme=dark)

    found = Axe().run(seen.page).response["violations"]

    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert seen.problems == []
    assert seen.too_wide() <= 0


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("area", ["person", "staff"])
def test_nothing_is_cut_off_at_four_times_the_size(stage, area, direction):
    seen = stage(area, size=SMALLEST, direction=direction)

    assert seen.too_wide() <= 0


def test_every_target_can_be_hit_with_a_thumb(stage):
    seen = stage("person", size=PHONE)

    small = seen.page.evaluate("""() => [...document.querySelectorAll(
        "button, .btn, .tile, .choice, .tabs a, .nav-person a, .safety a, .back, summary")]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height < 43.9)
        .map(([text, box]) => `${text}: ${box.height}`)""")

    assert small == []


def test_everything_is_there_without_scripts(stage):
    seen = stage("person", java_script_enabled=False)

    assert seen.page.locator("figure .numbers table").first.is_visible()
    assert seen.page.locator("figure svg").first.is_visible()
    assert seen.page.get_by_role("link", name="End the course").is_visible()
    assert not seen.page.get_by_role("button", name="Print").is_visible()


def test_chart_swaps_with_its_numbers_and_can_be_read_by_keys(stage):
    page = stage().page
    figure = page.locator("figure", has_text="PHQ-9")
    assert figure.locator("svg").is_visible()

    figure.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert figure.locator(".reading").inner_text() == "15 Oct 2026: 18"
    page.keyboard.press("End")
    assert figure.locator(".reading").inner_text() == "12 Nov 2026: 11"

    figure.get_by_role("button", name="Show the numbers").click()
    assert not figure.locator("svg").is_visible()
    assert figure.get_by_role("row", name="12 Nov 2026 11").is_visible()


def test_table_sorts_both_ways_and_rows_are_walked_by_keys(stage):
    page = stage().page
    names = page.locator("#courses tbody th a")

    page.get_by_role("button", name="Name").click()
    assert names.all_inner_texts() == ["Amara N.", "Grace O.", "Jonas W."]
    page.get_by_role("button", name="Name").click()
    assert names.all_inner_texts() == ["Jonas W.", "Grace O.", "Amara N."]
    page.get_by_role("link", name="PHQ-9").click()
    assert names.all_inner_texts() == ["Jonas W.", "Amara N.", "Grace O."]

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert names.nth(1).evaluate("e => e === document.activeElement")
    page.keyboard.press("k")
    assert names.nth(0).evaluate("e => e === document.activeElement")


def test_draft_is_saved_shortly_after_typing_with_the_token(stage):
    seen = stage("person")
    seen.hold_the_clock()

    seen.page.get_by_label("What happened?").fill("We talked at last.")
    seen.page.clock.run_for(1400)
    assert seen.posts("/draft/") == []
    seen.page.clock.run_for(300)
    seen.page.get_by_text("Saved", exact=True).wait_for()

    (sent,) = seen.posts("/draft/")
    body = json.loads(sent.post_data)
    assert body["key"] == "gallery"
    assert body["fields"]["happened"] == "We talked at last."
    assert "csrfmiddlewaretoken" not in body["fields"]
    assert sent.headers["x-csrftoken"] == "token"


def test_draft_is_kept_on_trying_while_there_is_no_connection(stage):
    seen = stage("person")
    seen.hold_the_clock()
    seen.answers["/draft/"] = "no connection"

    seen.page.get_by_label("What happened?").fill("Offline.")
    seen.page.clock.run_for(1600)
    seen.page.get_by_text("Not saved yet").wait_for()
    del seen.answers["/draft/"]
    seen.page.clock.run_for(2100)
    seen.page.get_by_text("Saved", exact=True).wait_for()

    assert len(seen.posts("/draft/")) == 2


def test_draft_that_is_refused_is_not_called_saved(stage):
    seen = stage("person")
    seen.hold_the_clock()
    seen.answers["/draft/"] = {"status": 403}

    seen.page.get_by_label("What happened?").fill("Too late.")
    seen.page.clock.run_for(1600)

    seen.page.get_by_text("Please copy your text").wait_for()


def test_escape_twice_leaves_keeps_the_draft_and_locks(stage):
    seen = stage("person", lock_url="/lock/")
    seen.answers["/leave/"] = {"status": 200, "body": "list"}
    page = seen.page
    page.get_by_label("What happened?").fill("Somebody comes.")

    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    assert page.url == BASE + "/here/"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(BASE + "/leave/")

    paths = [path for path, _ in seen.asked if path in {"/draft/", "/lock/"}]
    assert paths[0] == "/draft/"
    assert "/lock/" in paths
    assert "Somebody comes." in seen.posts("/draft/")[0].post_data


def test_the_page_that_was_left_is_not_behind_the_back_button(stage):
    seen = stage("person")
    seen.answers["/leave/"] = {"status": 200, "body": "list"}
    before = seen.page.evaluate("history.length")

    seen.page.get_by_role("link", name="Leave quickly").click()
    seen.page.wait_for_url(BASE + "/leave/")

    assert seen.page.evaluate("history.length") == before


def test_pulse_renews_what_is_live_and_nothing_else(stage):
    html = gallery("staff", pulse_url="/pulse").replace(
        '<section class="alert-card red">',
        '<section class="alert-card red" id="alert" data-live="/alerts/">',
    )
    seen = stage(html=html)
    seen.hold_the_clock()
    seen.page.reload()
    seen.page.get_by_label("What happened?").fill("I am writing.")
    seen.answers["/pulse"] = {
        "status": 200,
        "body": '{"n": 4}',
        "content_type": "application/json",
    }
    seen.answers["/alerts/"] = {
        "status": 200,
        "body": '<html><body><section id="alert" data-live="/alerts/">Taken.</section></body>',
        "content_type": "text/html",
    }

    seen.page.clock.run_for(1600)

    seen.page.get_by_text("Taken.").wait_for()
    assert seen.page.get_by_label("What happened?").input_value() == "I am writing."
    assert any(
        re.search(r"since=0$", r.url) for path, r in seen.asked if path == "/pulse"
    )


def test_a_form_is_sent_once_however_often_it_is_pressed(stage):
    seen = stage()
    button = seen.page.get_by_role("button", name="One button")
    form = button.locator("xpath=ancestor::form")
    form.evaluate("f => { f.action = '/take/'; }")

    button.dblclick()
    seen.page.wait_for_timeout(300)

    assert len(seen.posts("/take/")) == 1


def test_dialog_asks_once_more_and_lets_one_go_back(stage):
    page = stage().page

    page.get_by_role("link", name="End the course").click()
    assert page.get_by_role("dialog").get_by_role("heading").is_visible()
    page.get_by_role("button", name="Go back").click()

    assert not page.get_by_role("dialog").is_visible()


def test_menu_opens_on_a_phone_and_closes_by_escape(stage):
    page = stage("staff", size=PHONE).page

    page.locator(".menu summary").click()
    assert page.get_by_role("link", name="Caseload").is_visible()
    page.keyboard.press("Escape")

    assert not page.get_by_role("link", name="Caseload").is_visible()


def test_counter_speaks_up_when_little_room_is_left(stage):
    page = stage("person").page
    text = page.get_by_label("What happened?")

    text.fill("x" * 100)
    assert page.locator(".counter").inner_text() == ""
    text.fill("x" * 190)
    assert page.locator(".counter").inner_text() == "Room for 10 more characters"
    text.fill("x" * 203)
    assert page.locator(".counter").inner_text() == "3 characters too many"


def test_what_did_not_go_through_is_said_and_the_page_stays(stage):
    page = stage("person").page
    page.get_by_label("What happened?").fill("Still here.")

    page.evaluate("document.dispatchEvent(new CustomEvent('htmx:sendError'))")

    assert page.get_by_role("status").get_by_text("You seem to be offline").is_visible()
    assert page.get_by_label("What happened?").input_value() == "Still here."
