"""A number that no longer answers stands nowhere but on the list of retired ones."""

import re
from pathlib import Path

import pytest

from openipt.core.helplines import digits_of, retired_numbers

ROOT = Path(__file__).parents[3]
LIST = ROOT / "src/openipt/core/helplines/data/suggestions.toml"
FOLDERS = ("src", "tests", "docs", "bench")
TEXTS = {".py", ".toml", ".html", ".md", ".js", ".po", ".pot", ".txt", ".json", ".yaml"}


def pages():
    loose = [path for path in ROOT.iterdir() if path.is_file()]
    deep = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()]
    return [path for path in (*loose, *deep) if path.suffix in TEXTS and path != LIST]


def pattern(number):
    """Return what finds a number however its digits are spaced, but not inside another."""
    digits = r"[ ().\-]{0,2}".join(digits_of(number))
    return re.compile(rf"(?<![\d.#\w-]){digits}(?![\d\w]|[.\-]\d)")


@pytest.mark.parametrize("old", retired_numbers(), ids=lambda old: old.country)
def test_a_retired_number_occurs_nowhere_else(old):
    wanted = pattern(old.number)
    found = [
        str(path.relative_to(ROOT))
        for path in pages()
        if wanted.search(path.read_text(errors="replace"))
    ]

    assert not found


@pytest.mark.parametrize("old", retired_numbers(), ids=lambda old: old.country)
def test_the_search_finds_a_number_in_any_spelling(old):
    digits = digits_of(old.number)
    for spelled in (old.number, digits, " ".join(digits), "-".join(digits)):
        assert pattern(old.number).search(f"call {spelled} now")
    assert not pattern(old.number).search(f"7{digits}")
    assert pages()
