"""`openipt demo`: the product with a living, invented service, on this machine only."""

import gc
import os
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from openipt.core.errors import Invalid, Refused
from openipt.core.ids import repeatable_ids
from openipt.web import clock

FIRST_PORT = 8000
TRIES = 50
MARK = "made-by-openipt-demo"


def serve_demo(
    *, folder: Path, port: int | None, seed: int, now: str | None, fresh: bool
) -> int:
    """Build the demo's data if there are none, then serve until told to end.

    :raises Invalid: if `now` is no date and time
    :raises Refused: if the folder holds something else, or the port is taken
    """
    at = instant(now)
    folder = folder.absolute()
    claim(folder)
    os.environ.update(OPENIPT_DEMO="1", OPENIPT_DATA_DIR=str(folder))
    for name in ("DATABASE_URL", "OPENIPT_TESTING", "OPENIPT_KEK_FILES"):
        os.environ.pop(name, None)
    from openipt.cli import front, ready, server
    from openipt.cli.forks import meanwhile
    from openipt.config.lifetime import lock_folder

    with lock_folder(folder):
        if fresh:
            empty(folder)
        chosen = choose_port(port)
        ready.load_django()
        with meanwhile(partial(make, at=at, seed=seed), ready.collect_static):
            front.load_pages()
        address = f"http://127.0.0.1:{chosen}/"
        return front.run(
            server.front_of("127.0.0.1", chosen), when_ready=lambda: tell(address)
        )


def make(*, at: datetime, seed: int) -> None:
    """Give the demo its tables and its people; somebody waits for the first page."""
    from openipt.cli import ready

    with nothing_collected():
        ready.migrate()
        fill(at=at, seed=seed)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Leave memory alone until the demo is made: looking through it takes a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def only_this_machine(host: str) -> None:
    """Refuse to show a demonstration with a published password to anybody else.

    :raises Refused: for any address but this machine's own
    """
    if host not in {"127.0.0.1", "localhost"}:
        raise Refused("The demo serves 127.0.0.1 only: its password is published.")


def fill(*, at: datetime, seed: int) -> None:
    """Fill an empty database with the invented services; the same seed gives the same rows."""
    from openipt.people.queries import any_service

    if any_service():
        return
    from .build import build_services

    sys.stderr.write("Making the demo's people …\n")
    milliseconds = int(at.timestamp() * 1000) - 400 * 24 * 60 * 60 * 1000
    with repeatable_ids(seed, milliseconds):
        build_services(at=at, dice=random.Random(seed))  # noqa: S311 -- invented people, not secrets


def instant(text: str | None) -> datetime:
    """Return the demo's now: what was asked for, in UTC unless it says otherwise.

    :raises Invalid: if it is no date and time
    """
    if text is None:
        return clock.now().replace(microsecond=0)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Invalid(
            f"--now {text!r} is no date and time; write one such as 2026-11-22T09:00."
        ) from wrong
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def claim(folder: Path) -> None:
    """Make the folder ours.

    :raises Refused: if it holds something that the demo did not make
    """
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise Refused(
            f"{folder} holds something that is not the demo's. Move it away first."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.touch()


def empty(folder: Path) -> None:
    """Remove the demo's data; the lock that is held and the mark stay."""
    for place in folder.iterdir():
        if place.name in {MARK, "serve.lock"}:
            continue
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()


def choose_port(wanted: int | None) -> int:
    """Return the port asked for, or the first free one from 8000 on.

    :raises Refused: if it is taken
    """
    from openipt.cli.server import port_is_free

    if wanted is not None:
        if not port_is_free("127.0.0.1", wanted):
            raise Refused(f"Port {wanted} is taken. Choose another with --port.")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + TRIES):
        if port_is_free("127.0.0.1", port):
            return port
    raise Refused("No port from 8000 on is free. Choose one with --port.")


def tell(address: str) -> None:
    """Say where the demo is, in words that other programs may wait for."""
    sys.stdout.write(f"OpenIPT demo: {address}\n")
    sys.stdout.flush()
