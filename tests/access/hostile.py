"""What nobody means to type, and what somebody might send all the same."""

from uuid import uuid4

MARK = "zqmark"
MARKUP = (
    f"<script>{MARK}()</script><img src=x onerror={MARK}()><{MARK}>"
    f"\"'><svg/onload={MARK}()>"
)
FORMULA = "{{ 7 * 1919191 }}{% print(7 * 1919191) %}${7 * 1919191}"
WORKED_OUT = str(7 * 1919191)

SHORT = {
    "empty": "",
    "blank": " \t ",
    "nul": "a\0b",
    "markup": MARKUP,
    "formula": FORMULA,
    "javascript": f"javascript:{MARK}()",
    "quotes": "'; DROP TABLE people_person; --",
    "sort key": "id;--",
    "sort call": "1,(select pg_sleep(9))",
    "sort field": "-name,__class__",
    "right to left": "\u202eabc\u202c\u2066d\u2069",
    "nothing to see": "\u200b\u200d\ufeff\u2060",
    "combining": "e" + "\u0301" * 400,
    "emoji": "👩‍👩‍👧🏽🏳️‍🌈" * 5,
    "lines": "one\r\ntwo\rthree\n\u2028four",
    "spreadsheet": "=HYPERLINK(1)",
    "format": "%s%n%(name)s{0}{name}",
    "path": "../../../../etc/passwd",
    "unc": "\\\\host\\share",
    "huge number": "9" * 40,
    "past 64 bits": str(2**63),
    "below zero": "-1",
    "fraction": "1.5",
    "not a number": "NaN",
    "infinity": "1e999",
    "true": "true",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-30",
    "clock change": "2026-10-25T02:30",
    "somebody's id": str(uuid4()),
    "no id": "0" * 31 + "g",
    "digits of another script": "٣٤",
}
MINDED_BY_DATABASES = (
    "empty",
    "nul",
    "quotes",
    "combining",
    "emoji",
    "lines",
    "huge number",
    "past 64 bits",
    "first day",
    "last day",
    "somebody's id",
)

SURROGATE = b"%ED%A0%80%ED%BF%BF%FF%FE%C0%80"
"""Bytes that are no UTF-8, as a form would carry them: lone surrogates, overlong, bare."""

MEGABYTE = "word " * 210_000

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PARTS = "multipart/form-data"


def bodies(field: bytes) -> dict[str, tuple[bytes, str]]:
    """Return bodies that are no good form, each with what it says it is."""
    upload = (
        b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.svg"\r\n'
        b"Content-Type: image/svg+xml\r\n\r\n<svg/>\r\n--x--\r\n"
    )
    return {
        "no UTF-8": (field + b"=" + SURROGATE, FORM),
        "no UTF-8 as a name": (SURROGATE + b"=1", FORM),
        "JSON": (b'{"a": 1}', JSON),
        "broken JSON": (b'{"a": ', JSON),
        "deep JSON": (b"[" * 10_000, JSON),
        "no UTF-8 as JSON": (b"\xff\xfe", JSON),
        "surrogates in JSON": (b'{"key": "a", "fields": {"a": "\\ud800"}}', JSON),
        "NUL in JSON": (b'{"key": "a", "fields": {"a\\u0000": "\\u0000"}}', JSON),
        "no multipart": (b"--x\r\n", f"{PARTS}; boundary=x"),
        "multipart without a boundary": (b"a", PARTS),
        "a file for a field": (upload % field, f"{PARTS}; boundary=x"),
        "another charset": (b"a=b", f"{FORM}; charset=utf-16"),
        "a charset there is not": (b"a=b", f"{FORM}; charset=none-such"),
        "no kind of body": (b"\x00\x01", ""),
    }
