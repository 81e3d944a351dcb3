"""A browser for the journeys: phone size, axe on each page, nothing from outside."""

import os
import shutil
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import sync_playwright

from tests import environment, people

from .visiting import DESKTOP, PHONE, Visitor

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


def browser_path() -> str | None:
    named = os.environ.get("OPENIPT_BROWSER", "")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keep the record in a file: the server's threads then have a connection each.

    In memory all would share one, and the transactions of two requests would mix.
    """
    kept = settings.DATABASES["default"]
    if "sqlite3" in kept["ENGINE"]:
        kept["TEST"]["NAME"] = str(Path(environment.FOLDER) / "journeys.sqlite3")
        lasting = kept["OPTIONS"]["init_command"]
        kept["OPTIONS"]["init_command"] = lasting.replace("=FULL", "=OFF")


@pytest.fixture(scope="session", autouse=True)
def _files_are_fetched_once():
    """Let a browser keep static files, as it does in earnest, where their names are hashes.

    It would ask for each of two dozen anew on every page.
    """
    serve = StaticFilesHandler.serve

    def serve_to_keep(self, request):
        answer = serve(self, request)
        answer.headers["Cache-Control"] = "max-age=31536000, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def clock():
    """The morning on which the cast stands; it can be moved on."""
    with time_machine.travel(people.NOW) as traveller:
        yield traveller


@pytest.fixture
def cast(clock):
    """Return the people with their courses, on that morning."""
    return people.gather_with_courses()


@pytest.fixture
def visitor(chromium, live_server):
    """Return a maker of visitors: each a browser of their own."""
    contexts = []

    def make(
        *,
        wide=False,
        size=None,
        java_script=True,
        language="en",
        dark=False,
        login=None,
        rules=None,
    ):
        context = chromium.new_context(
            viewport=size or (DESKTOP if wide else PHONE),
            java_script_enabled=java_script,
            locale="en",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if login is not None:
            cookies |= {name: kept.value for name, kept in login.cookies.items()}
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        return Visitor(context, live_server.url, runs_scripts=java_script, rules=rules)

    yield make
    for context in contexts:
        context.close()
