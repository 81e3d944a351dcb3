"""A browser for the journeys: phone size, axe on each page, nothing from outside."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PICTURES = os.environ.get("OPENIPT_PICTURES", "")


def browser_path() -> str | None:
    named = os.environ.get("OPENIPT_BROWSER", "")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser; checks every page they come to."""

    def __init__(self, context, base):
        self.context, self.base = context, base
        self.page = context.new_page()
        self.page.set_default_timeout(8000)
        self.problems = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.problems.append(message.text)

    def _request(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.problems.append(f"asked {request.url}")

    def open(self, path):
        self.page.goto(self.base + path)
        self.check()

    def check(self, name=""):
        """Look at the page: accessible, nothing refused by the policy, nothing cut off."""
        results = Axe().run(self.page)
        found = [
            (v["id"], [n["html"][:200] for n in v["nodes"]])
            for v in results.response["violations"]
        ]
        assert found == [], f"{self.page.url}: {found}"
        assert self.problems == [], f"{self.page.url}: {self.problems}"
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{self.page.url} is {wider} px too wide"
        if PICTURES and name:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(folder / f"{name}.png"), full_page=True)

    def press(self, name, role="button"):
        """Press what is called so, and look at where it leads."""
        self.page.get_by_role(role, name=name, exact=False).first.click()
        self.page.wait_for_load_state("load")
        self.check()

    def submit(self, name=None):
        """Send the form in the middle of the page, or the one whose button is called so."""
        button = (
            self.page.get_by_role("button", name=name).first
            if name
            else self.page.locator("main form button[type=submit]").first
        )
        button.click()
        self.page.wait_for_load_state("load")
        self.check()

    def see(self, text):
        assert self.page.get_by_text(text).first.is_visible(), text

    def sign_in(self, email, password):
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_load_state("load")


@pytest.fixture
def visitor(chromium, live_server):
    """Return a maker of visitors: each a browser of their own."""
    contexts = []

    def make(*, size=None, java_script=True, language="en", dark=False, login=None):
        context = chromium.new_context(
            viewport=size or PHONE,
            java_script_enabled=java_script,
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        if login is not None:
            name = login.cookies.keys()
            for key in name:
                context.add_cookies(
                    [
                        {
                            "name": key,
                            "value": login.cookies[key].value,
                            "url": live_server.url,
                        }
                    ]
                )
        return Visitor(context, live_server.url)

    yield make
    for context in contexts:
        context.close()
