"""A folder where effects are written, and installations to start workers in."""

import time

import pytest
from django.utils.module_loading import autodiscover_modules

from openipt.outbox import schedule
from tests.installation import Installation


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _nothing_else_recurs(monkeypatch):
    """Keep what other parts registered out of these tests, and here for all others."""
    autodiscover_modules("jobs")
    monkeypatch.setattr(schedule, "_recurring", {})


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path / "installation")
    yield made
    made.remove()


@pytest.fixture
def start(installation):
    """Return a function that starts `tests.outbox.work`; all are killed at the end."""
    started = []

    def begin(*words):
        started.append(installation.start("tests.outbox.work", *words))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def effects(installation):
    """Return a function that waits until there are so many effects, and returns them."""

    def wait_for(number, seconds=60):
        path = installation.folder / "effects"
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            lines = path.read_text().split() if path.exists() else []
            if len(lines) >= number:
                return lines
            time.sleep(0.05)
        raise AssertionError(f"{lines} after {seconds} s, not {number}")

    return wait_for
