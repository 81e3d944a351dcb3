"""`openipt init`, `serve`, `worker` and `audit verify` as an operator uses them."""

import json
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.cli.processes import (
    Visitor,
    children_of,
    end,
    free_port,
    run,
    start,
    wait_until,
)

pytestmark = pytest.mark.once

INIT = (
    "init",
    "--name",
    "Meadow Practice",
    "--email",
    "ada@new.example",
    "--zone",
    "Europe/Berlin",
    "--country",
    "DE",
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A founded service in a folder of its own; its one-time code."""
    folder = tmp_path_factory.mktemp("installation")
    ended = run(*INIT, "--json", OPENIPT_DATA_DIR=str(folder))
    assert ended.returncode == 0, ended.stderr
    return folder, json.loads(ended.stdout)


def test_init_prints_a_code_and_no_password(installation):
    facts = installation[1]

    assert set(facts) == {"service", "code", "address"}
    assert facts["address"] == "/join/"


def test_init_refuses_a_second_time(installation):
    again = run(*INIT, OPENIPT_DATA_DIR=str(installation[0]))

    assert again.returncode == 2
    assert "There is a service already" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "value"), [("--zone", "Mars/Olympus"), ("--country", "Germany")]
)
def test_init_refuses_what_it_cannot_use(tmp_path, option, value):
    words = list(INIT)
    words[words.index(option) + 1] = value

    ended = run(*words, OPENIPT_DATA_DIR=str(tmp_path))

    assert ended.returncode == 2
    assert value in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.fixture(scope="module")
def server(installation):
    port = free_port()
    process = start(
        "serve",
        "--port",
        str(port),
        cwd=installation[0],
        OPENIPT_DATA_DIR=str(installation[0]),
        OPENIPT_PLAIN_HTTP="1",
    )
    visitor = Visitor(f"http://127.0.0.1:{port}/")
    assert wait_until(lambda: _answers(visitor), 60)
    yield process, visitor
    if process.poll() is None:
        end(process)


def _answers(visitor):
    try:
        return visitor.get("/help/")[0] == 200
    except OSError:
        return False


def test_serve_opens_join_and_lets_the_administrator_in(server, installation):
    visitor = server[1]

    status, url, _page = visitor.post(
        "/join/",
        code=installation[1]["code"],
        email="ada@new.example",
        password="quiet-river-stone-42",
    )

    assert status == 200
    assert "/accounts/2fa/" in url  # staff come to their second factor first


def test_serve_says_nothing_of_a_demo(server):
    page = server[1].get("/accounts/login/")[2]

    assert "Demo" not in page
    assert server[1].get("/demo/enter/")[0] == 404


def test_serve_refuses_a_second_start(server, installation):
    second = run(
        "serve",
        "--port",
        str(free_port()),
        OPENIPT_DATA_DIR=str(installation[0]),
        OPENIPT_PLAIN_HTTP="1",
    )

    assert second.returncode == 2
    assert "already serves" in second.stderr


def test_serve_refuses_an_open_address_without_https(tmp_path):
    ended = run(
        "serve",
        "--host",
        "0.0.0.0",
        OPENIPT_DATA_DIR=str(tmp_path),
        OPENIPT_PLAIN_HTTP="1",
    )

    assert ended.returncode == 2
    assert "HTTPS" in ended.stderr


def test_a_worker_that_is_killed_has_a_successor(server):
    first = _child_of(server[0], "worker")

    os.kill(first, signal.SIGKILL)

    assert _child_of(server[0], "worker", other_than=first)


def test_a_web_process_that_is_killed_has_a_successor(server):
    first = _child_of(server[0], "web")

    os.kill(first, signal.SIGKILL)

    assert _child_of(server[0], "web", other_than=first)
    assert wait_until(lambda: _answers(server[1]), 30)
    assert server[0].poll() is None


def _child_of(process, name, *, other_than=0):
    """Wait for the process of a server that is called so, and return its id."""
    found = []

    def look():
        found[:] = [
            pid
            for pid in children_of(process.pid) - {other_than}
            if _name_of(pid) == f"openipt-{name}"
        ]
        return found

    assert wait_until(look, 60), f"no {name}"
    return found[0]


def _name_of(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text("ascii").strip()
    except OSError:  # it ended meanwhile
        return ""


def test_audit_verify_says_that_the_trail_is_whole_and_names_what_is_not(
    server, installation
):
    folder = str(installation[0])
    assert wait_until((installation[0] / "anchors").exists, 60)
    whole = run("audit", "verify", "--json", OPENIPT_DATA_DIR=folder)
    end(server[0])
    connection = sqlite3.connect(installation[0] / "openipt.sqlite3")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE audit_auditevent SET action = 'nothing' WHERE seq = 2")
    connection.commit()
    connection.close()
    broken = run("audit", "verify", OPENIPT_DATA_DIR=folder)

    assert whole.returncode == 0, whole.stdout
    assert broken.returncode == 1
    assert "2" in broken.stdout


def test_killing_serve_takes_everything_along(installation):
    port = free_port()
    process = start(
        "serve",
        "--port",
        str(port),
        cwd=installation[0],
        OPENIPT_DATA_DIR=str(installation[0]),
        OPENIPT_PLAIN_HTTP="1",
    )
    assert wait_until(lambda: _answers(Visitor(f"http://127.0.0.1:{port}/")), 60)

    end(process, signal.SIGKILL)

    assert wait_until(lambda: not children_of(process.pid), 10)
