"""Somebody with a browser, who looks at every page they come to."""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError as NeverCame
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PICTURES = os.environ.get("OPENIPT_PICTURES", "")
PATIENCE = 15_000
"""Milliseconds; a loaded machine is slow, a broken page never comes."""

TWICE = """() => [...document.querySelectorAll("[id]")].map((one) => one.id)
    .filter((id, place, all) => all.indexOf(id) !== place)"""
"""A label leads to the first element of an id; a second one has none."""
LOOK = """(options) => axe.run(document, {resultTypes: ["violations"], ...options})
    .then((found) => found.violations.map((one) =>
        [one.id, one.help, one.nodes.map((node) => node.html.slice(0, 200))]))"""
"""What is well is left in the browser: to send it here takes as long as to look."""


class Visitor:
    """Somebody with a browser; checks every page they come to.

    `press`, `follow` and `submit` lead to another page; what happens on a page without
    leaving it is done on `page` itself.
    """

    def __init__(self, context, base, *, runs_scripts=True, rules=None):
        self.context, self.base, self.runs_scripts = context, base, runs_scripts
        self.rules = rules
        self.problems = []
        self.page = self.new_tab()

    def new_tab(self):
        """Open another tab of the same browser, and go on in it."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._request)
        return self.page

    def _console(self, message):
        expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(e in message.text for e in expected):
            self.problems.append(message.text)

    def _request(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.problems.append(f"asked {request.url}")

    def open(self, path, name=""):
        """Type an address."""
        answer = self.page.goto(self.base + path)
        self.check(name)
        return answer

    def wrong(self, name="", rules=None):
        """Look at the page; return what is wrong with it, in no line or one."""
        try:
            self.check(name, rules)
        except AssertionError as fault:
            self.problems.clear()
            return [str(fault).splitlines()[0][:600]]
        return []

    def check(self, name="", rules=None):
        """Look at the page: accessible, nothing refused by the policy, nothing cut off."""
        where = f"{self.page.url} ({name})" if name else self.page.url
        assert self.problems == [], f"{where}: {self.problems}"
        if not self.runs_scripts:  # nor do those that look at the page
            return self.picture(name)
        found = self.rules_broken(self.rules if rules is None else rules)
        self.picture(name)
        assert found == [], f"{where}: {found}"
        assert self.too_wide() <= 0, f"{where} is {self.too_wide()} px too wide"
        assert self.page.evaluate(TWICE) == [], f"{where}: ids used twice"
        return None

    def rules_broken(self, rules):
        """Ask axe about these rules, about all where it is None; return what it found."""
        if rules == []:
            return []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        return self.page.evaluate(LOOK, {"runOnly": rules} if rules else {})

    def too_wide(self):
        """Return by how many pixels the page is wider than the screen."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def picture(self, name):
        """Keep a picture of the page, if pictures are wanted."""
        if PICTURES and name:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(folder / f"{name}.png"), full_page=True)

    def go(self, what, name=""):
        """Use something that leads to another page, and look at that page."""
        try:
            with self.page.expect_navigation(wait_until="load") as led:
                what.click()
        except NeverCame:
            self.picture("stuck")
            raise
        self.check(name)
        return led.value

    def button(self, name):
        return self.page.get_by_role("button", name=name).first

    def link(self, name):
        return self.page.get_by_role("link", name=name).first

    def press(self, name, shot=""):
        """Press the button that is called so."""
        return self.go(self.button(name), shot)

    def follow(self, name, shot=""):
        """Follow the link that is called so."""
        return self.go(self.link(name), shot)

    def submit(self, name="", shot=""):
        """Send the form in the middle of the page, by the button called so or its first."""
        buttons = self.page.locator("main form button[type=submit]").filter(
            visible=True
        )
        return self.press(name, shot) if name else self.go(buttons.first, shot)

    def fill(self, label, text, *, exact=False):
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def choose(self, label, option):
        self.page.get_by_label(label).first.select_option(label=option)

    def see(self, text):
        """Hold that a text is there to be seen."""
        shown = self.page.get_by_text(text).filter(visible=True)
        expect(shown.first).to_be_visible(timeout=PATIENCE)

    def see_not(self, text):
        """Hold that a text is nowhere to be seen; after something else was seen."""
        assert self.page.get_by_text(text).filter(visible=True).count() == 0, text

    def is_at(self, path):
        at = self.page.url.removeprefix(self.base).split("?")[0].split("#")[0]
        assert at == path

    def field(self, name):
        """Return the control of that name in the middle of the page."""
        return self.page.locator(f"main [name={name}]").first

    def sign_in(self, email, password):
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator("main form button[type=submit]").first.click()
