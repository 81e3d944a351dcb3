"""Whatever is sent: no crash, no other field changed, and markup comes back as words."""

import pytest
from django.db import connection

from . import hostile
from .looking import faults_of_page
from .sending import ADDRESSES, FORMS, Sender, ids, ours, path_of, state
from .walk import TABLE
from .walking import Answer, undone, writing

pytestmark = pytest.mark.django_db
once_is_enough = pytest.mark.walk
"""What no database has a part in."""

CALM = {200, 204, 302, 400, 403, 404, 409, 413, 422, 429}
"""What a bad request may be answered: done, shown, or a sentence. Never 500."""


def words():
    """Return what to type: everything, and where it is run again what the database minds."""
    if connection.vendor == "postgresql":
        return {kind: hostile.SHORT[kind] for kind in hostile.MINDED_BY_DATABASES}
    return hostile.SHORT


@pytest.fixture
def sender(standing, name):
    """Return whoever sends the form of an address."""
    return Sender(standing, TABLE[name])


@pytest.fixture(scope="module")
def known(standing):
    """Return the ids of all rows of the standing world."""
    return ids()


def rounds(fields, count):
    """Yield what to send: in each round every field has another word."""
    kinds = list(words())
    for round_ in range(count):
        yield {
            name: words()[kinds[(place * 3 + round_ * 7) % len(kinds)]]
            for place, name in enumerate(fields)
        }


@pytest.mark.parametrize("name", FORMS)
def test_no_words_in_all_fields_break_anything(sender, name):
    faults = []
    for typed in rounds(sender.good, 6):
        with undone():
            answer = sender.send(typed)
        faults += wrong(answer, "all fields", str(typed))

    assert not faults, "\n".join(faults[:40])


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_no_word_in_any_field_breaks_anything(sender, name):
    faults = []
    for field in sender.good:
        for kind, value in words().items():
            with undone():
                answer = sender.send(**{field: value})
            faults += wrong(answer, field, kind)

    assert not faults, "\n".join(faults[:40])


@once_is_enough
@pytest.mark.parametrize("name", FORMS)
def test_no_form_breaks_by_its_shape(sender, name):
    good = sender.good
    long = hostile.MEGABYTE[: 1_000_000 // max(len(good), 1)]
    shapes = {
        "nothing at all": {},
        "every field twice": {field: [good[field], "again"] for field in good},
        "a megabyte": dict.fromkeys(good, long),
        "four hundred more": good | {f"more{n}": "1" for n in range(401)},
    }
    faults = []
    for kind, typed in shapes.items():
        with undone():
            faults += wrong(sender.send(typed), "all", kind)

    assert not faults, "\n".join(faults)


@once_is_enough
@pytest.mark.parametrize("name", FORMS)
def test_no_body_breaks_anything(sender, name):
    """Each form gets every third body, each body every third form."""
    assert wrong_bodies(sender, FORMS.index(name) % 3, 3) == []


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_nothing_at_all_as_a_body_breaks_anything(sender, name):
    assert wrong_bodies(sender, 0, 1) == []


def wrong_bodies(sender, start, step):
    """Return what is wrong with the answers to some bodies that are no good form."""
    field = next(iter(sender.good), "text").encode()
    faults = []
    for kind, (body, content_type) in list(hostile.bodies(field).items())[start::step]:
        with undone():
            answer = sender.send_body(body, content_type)
        faults += wrong(answer, "body", kind)
    return faults


@once_is_enough
@pytest.mark.parametrize("name", FORMS)
def test_ten_megabytes_are_too_much_and_said_so(sender, name):
    with undone():
        answer = sender.send_body(b"text=" + b"a" * 10_000_000, hostile.FORM)

    assert answer.status_code == 413


TYPED = [
    name
    for name in FORMS
    if TABLE[name].form is not None
    and name != "people:draft"  # a draft is made of whatever fields a page has
]


@once_is_enough
@pytest.mark.parametrize("name", TYPED)
def test_fields_that_are_not_on_a_form_change_nothing(standing, known, sender, name):
    with undone(), writing() as wanted_in:
        plain = sender.send()
        wanted = state(known, wanted_in)
    with undone(), writing() as found_in:
        more = sender.send(**unasked(standing, sender.row))
        found = state(known, found_in)

    assert more.status_code == plain.status_code
    assert (found_in, found) == (wanted_in, wanted)


def unasked(world, row):
    """Return a value for every field of every model that the form does not have.

    Each is one that would matter: another service, another member, more roles, a past.
    """
    asked = {*(row.form or ()), *row.fields}
    cast = world.cast
    strangers = {
        "service": cast.other_service.pk,
        "person": cast.eva.pk,
        "member": cast.omar.pk,
        "roles": "admin",
        "state": "active",
    }
    values = {}
    for model in ours():
        for field in model._meta.fields:
            kind = field.get_internal_type()
            value = strangers.get(field.name, "1")
            if field.is_relation and field.name not in strangers:
                value = strangers.get(field.related_model.__name__.lower(), 1)
            elif kind in {"DateTimeField", "DateField"}:
                value = "2020-01-01"
            elif kind == "UUIDField":
                value = cast.omar.pk
            values |= {field.name: str(value), field.attname: str(value)}
    return {name: value for name, value in values.items() if name not in asked}


VISITORS = ["anonymous", "ana", "tomas", "sofia", "max", "ada"]


@pytest.mark.parametrize("actor", VISITORS)
def test_no_word_in_an_address_breaks_a_page(standing, actor):
    """Each parameter of a page has another word; after three rounds each had three."""
    asked = list(rounds(PARAMETERS, 3))

    assert wrong_addresses(standing, actor, asked) == []


@pytest.mark.long
@pytest.mark.parametrize("actor", VISITORS)
def test_nothing_in_an_address_breaks_a_page(standing, actor):
    asked = [dict.fromkeys(PARAMETERS, value) for value in words().values()]

    assert wrong_addresses(standing, actor, asked) == []


def wrong_addresses(world, actor, asked):
    """Return what is wrong with the pages that this actor asks for in these ways."""
    client = world.client(actor)
    client.raise_request_exception = False
    faults = []
    for name, row in TABLE.items():
        if "GET" in row.methods and (actor == "anonymous") == ("public" in row.roles):
            for path in paths(world, name):
                for query in asked:
                    with undone():
                        answer = client.get(path, query)
                    more = {503} & set(row.answers)
                    faults += wrong(answer, path, str(query), more=more)
    return faults[:40]


PARAMETERS = (
    "sort", "since", "next", "words", "sessions", "first_on", "wall_time", "minutes",
    "focus", "issue", "condition", "page", "q", "lang", "format",
)  # fmt: skip
"""What addresses are asked with, and some they never are."""


def test_every_parameter_that_a_view_reads_is_tried():
    import re
    from pathlib import Path

    import openipt

    views = Path(openipt.__file__).parent.rglob("views*/**/*.py")
    more = Path(openipt.__file__).parent.rglob("views.py")
    text = "\n".join(path.read_text() for path in (*views, *more))
    read = set(re.findall(r'request\.GET(?:\.get(?:list)?\(|\[)"(\w+)"', text))

    assert read <= set(PARAMETERS)


def paths(world, name):
    """Return one path of an address for each actor's own things, at most two."""
    address = ADDRESSES[name]
    keys = world.keys(address.arguments)[:2] if address.arguments else ["any"]
    return [path_of(world, address, key) for key in keys]


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/9999-12-31/",
        "/calendar/0001-01-01/",
        "/calendar/2026-11-22%00/",
        "/calendar/..%2f..%2f/",
        "/console/notice/99999999999999999999999/",
        "/measures/gad7/99999999999999999999999/",
        "/measures/gad7/0/",
        "/measures/%F0%9F%98%80/",
        "/courses/00000000-0000-0000-0000-000000000000/",
        "/courses/" + "f" * 4000 + "/",
        "/%00",
        "/%ED%A0%80/",
        "/caseload/?sort=%00&sort=%ED%A0%80",
        "/accounts/password/reset/key/%F0%9F%98%80-x/",
        "/accounts/2fa/webauthn/keys/99999999999999999999999/edit/",
    ],
)
@pytest.mark.parametrize("actor", ["ana", "tomas", "ada"])
def test_no_address_breaks_anything(standing, actor, path):
    client = standing.client(actor)
    client.raise_request_exception = False

    with undone():
        answer = client.get(path)

    assert wrong(answer, path, "GET") == []
    assert answer.status_code in {200, 302, 400, 404}


@once_is_enough
@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "x" * 9000},
        {"Accept-Language": "xx;q=nan, *"},
        {"Referer": "http://[::"},
        {"Referer": "//evil.example/"},
        {"HX-Request": "true", "HX-Target": hostile.MARKUP},
        {"HX-Request": "true", "HX-Current-URL": "http://[::"},
        {"X-Forwarded-For": "'; --, not an address"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"Cookie": "; ".join(f"c{n}=x" for n in range(100))},
        {"Cookie": "openipt-session=" + "x" * 3000},
        {"Cookie": "openipt-session=\xff\xfe"},
        {"Content-Length": "nonsense"},
        {"Range": "bytes=0-"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=lambda headers: " ".join(f"{k} {v[:20]!a}" for k, v in headers.items()),
)
def test_no_header_breaks_a_page(standing, headers):
    for path in ("/help/", "/accounts/login/", "/caseload/"):
        client = standing.client("tomas")
        client.raise_request_exception = False
        if "Cookie" in headers:
            client.cookies.clear()
        with undone():
            answer = client.get(path, headers=headers)

        assert wrong(answer, path, "header") == []
        assert "evil.example" not in answer.content.decode()


@once_is_enough
@pytest.mark.parametrize("host", ["evil.example", "testserver:x", "a b", "[::1", ""])
def test_no_other_host_is_answered(standing, host):
    client = standing.client("tomas")
    client.raise_request_exception = False

    with undone():
        answer = client.get("/help/", headers={"Host": host})

    assert answer.status_code == 400


def wrong(answer, field, kind, *, more=frozenset()):
    """Return what is wrong with an answer to something hostile."""
    found = []
    said = f"{kind} in {field}"
    if answer.status_code not in CALM | more:
        found.append(f"{said}: {answer.status_code}")
    whole = Answer(
        path="",
        status=answer.status_code,
        text=answer.getvalue().decode(errors="replace"),
        headers=dict(answer.headers),
        cookies=answer.cookies,
        written=frozenset(),
    )
    found += [f"{said}: {fault}" for fault in faults_of_page(whole)]
    if f"<{hostile.MARK}" in whole.all_of_it or hostile.WORKED_OUT in whole.all_of_it:
        found.append(f"{said}: comes back as markup")
    return found
