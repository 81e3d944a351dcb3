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
    world: World,
    actor: str,
    names: Collection[str] = TABLE.keys(),
    *,
    everything: bool = False,
) -> Iterator[str]:
    """Yield a line for each thing that is not as it should be at these addresses."""
    browser = Browser(world, actor)
    for number, address in enumerate(addresses()):
        if address.name in names:
            for method in methods_for(number, world, actor, address, everything):
                keys = keys_for(world, actor, address, method, everything)
                yield from visit(browser, address, method, keys)


def visit(browser: Browser, address: Address, method: str, keys: Collection[str]):
    """Try one address in one way with these things, and with what is not there."""
    world, actor, row = browser.world, browser.actor, TABLE[address.name]
    form = row.filled(world, actor) if method == "POST" else None
    nothing: Answer | None = None
    for key in keys:
        answer = browser.ask(address, method, key, form)
        wanted = expected(row, world, actor, key, method)
        about = f"{actor} {method} {address.name} of {key}"
        for fault in faults(browser, row, answer, (wanted, method)):
            yield f"{about}: {fault}"
        nothing = answer if key == NOBODY else nothing
        if wanted == "missing" and nothing and answer.page != nothing.page:
            yield f"{about}: another page than for what is not there"


def methods_for(
    number: int, world: World, actor: str, address: Address, everything: bool
) -> list[str]:
    """Return the ways in which to try an address: those it has and one that it has not.

    Ways that it has not are refused before all else, so the actors take turns; the long
    run has each of them try each.
    """
    row = TABLE[address.name]
    strange = [method for method in METHODS if method not in row.allowed_methods]
    turn = (number + list(world.actors).index(actor)) % len(strange)
    return [m for m in METHODS if everything or m not in strange or m == strange[turn]]


def keys_for(
    world: World, actor: str, address: Address, method: str, everything: bool
) -> list[str]:
    """Return whose things to try; what is not there comes first.

    Whom the door turns away is turned away before any object is looked for, and a way
    that an address has not is refused for everybody: one thing stands for all. HEAD is
    the GET without its body: one thing of each outcome.
    """
    if not address.arguments:
        return ["any"]
    row, keys = TABLE[address.name], world.keys(address.arguments)
    of_each = [key for key in keys if "/" not in key] or keys
    if method not in row.allowed_methods:
        return [of_each[-1]]
    if is_turned_away(row, world, actor):
        keys = of_each if everything else of_each[-1:]
    elif method == "HEAD" and not everything:
        keys = list({expected(row, world, actor, k, method): k for k in keys}.values())
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
