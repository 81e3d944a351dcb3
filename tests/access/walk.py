"""Walks every address as one actor, and says what is not as it should be."""

from collections.abc import Collection, Iterator

from django.apps import apps

from . import canaries
from .addresses import Address, addresses
from .looking import MAY_POST, faults_of_headers, faults_of_page, is_as_expected
from .table import METHODS, SAFE, Row, expected, is_turned_away, read_table
from .walking import Answer, Browser
from .world import NOBODY, World

TABLE = read_table()
EVERYTHING = frozenset(model._meta.db_table for model in apps.get_models())


def said(faults: list[str]) -> str:
    """Return the first faults, one a line."""
    return "\n".join([f"{len(faults)} faults", *faults[:60]])


def walk(
    world: World, actor: str, names: Collection[str] = TABLE.keys()
) -> Iterator[str]:
    """Yield a line for each thing that is not as it should be at these addresses."""
    browser = Browser(world, actor)
    for address in addresses():
        if address.name in names:
            for method in METHODS:
                yield from visit(browser, address, TABLE[address.name], method)


def visit(browser: Browser, address: Address, row: Row, method: str):
    """Try one address in one way with everybody's things, and with what is not there."""
    world, actor = browser.world, browser.actor
    form = row.filled(world, actor) if method == "POST" else None
    nothing: Answer | None = None
    for key in keys_for(world, actor, address, method):
        answer = browser.ask(address, method, key, form)
        wanted = expected(row, world, actor, key, method)
        about = f"{actor} {method} {address.name} of {key}"
        for fault in faults(browser, row, answer, (wanted, method)):
            yield f"{about}: {fault}"
        nothing = answer if key == NOBODY else nothing
        if wanted == "missing" and nothing and answer.page != nothing.page:
            yield f"{about}: another page than for what is not there"


def keys_for(world: World, actor: str, address: Address, method: str) -> list[str]:
    """Return whose things to try; what is not there comes first.

    Whom the door turns away before any object is looked for tries one thing of each
    person. Where it refuses the method, which it does for everybody and before all else,
    one thing stands for all.
    """
    if not address.arguments:
        return ["any"]
    row, keys = TABLE[address.name], world.keys(address.arguments)
    of_each = [key for key in keys if "/" not in key] or keys
    if method not in row.allowed_methods:
        return [of_each[-1]]
    if is_turned_away(row, world, actor):
        keys = of_each
    return [NOBODY, *keys]


def faults(browser: Browser, row: Row, answer: Answer, asked: tuple[str, str]):
    """Yield what is wrong with one answer."""
    wanted, method = asked
    world, actor = browser.world, browser.actor
    if answer.status >= 500 and answer.status not in row.answers:
        yield f"{answer.status}"
    if not is_as_expected(answer, wanted, may_answer(row, actor, method)):
        yield f"{answer.status} {answer.headers.get('Location', '')} and not {wanted}"
    if wrong := canaries.wrong_in(world, actor, answer.all_of_it):
        yield f"found {sorted(f'{one.place} of {one.whose}' for one in wrong)}"
    if written := answer.written - may_write(row, wanted, method):
        yield f"wrote {sorted(written)}"
    if method == "HEAD" and answer.text:
        yield "a body"
    yield from faults_of_headers(answer)
    yield from faults_of_page(answer)


def may_answer(row: Row, actor: str, method: str) -> set[int]:
    """Return what somebody can be answered who may open it."""
    if method in SAFE:
        return set(row.answers)
    if actor == "suspended" and row.stranger:
        return {row.stranger}
    return MAY_POST | set(row.answers)


def may_write(row: Row, wanted: str, method: str) -> frozenset[str]:
    """Return which tables a request may write besides the trail: mostly none."""
    if wanted == "open" and method == "POST":
        return EVERYTHING
    return frozenset(row.writes if method in SAFE else ())
