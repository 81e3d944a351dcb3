"""Texts for translators: collect them, check for drift, build the pseudo-languages.

collect  writes src/openipt/locale/openipt.pot
check    fails if the template differs from what the source says
pseudo   builds xx-long (40 % longer) and xx-rtl (mirrored) from it, for tests
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path("src/openipt")
TEMPLATE = SOURCE / "locale" / "openipt.pot"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "sentence": (1,),
    "Sentence": (1,),
}
DJANGO_TEXT = re.compile(
    r"""\{%\s*(?:trans|translate)\s+(?P<q>["'])(?P<tag>.+?)(?P=q)"""
    r"""|\b_\(\s*(?P<p>["'])(?P<call>.+?)(?P=p)\s*\)""",
    re.DOTALL,
)
HOLES = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
SHOWN_KEYS = {
    "name", "title", "why", "summary", "template", "choose_when", "text", "word",
    "label", "hint", "question", "plain", "what", "caution", "heading", "paragraphs",
    "points", "example", "because",
}  # fmt: skip
Extracted = tuple[int, object, list[str], str | None]
LONGER = str.maketrans("aeiouAEIOUsn", "äëïöüÄËÏÖÜßñ")


def files() -> list[tuple[Path, str]]:
    """Return every source of texts with the way to read it, in a fixed order."""
    found = [(path, "python") for path in SOURCE.rglob("*.py")]
    found += [
        (path, "jinja2" if "jinja2" in path.parts else "django")
        for path in SOURCE.rglob("*.html")
    ]
    found += [(path, "toml") for path in (SOURCE / "core").rglob("*.toml")]
    kept = [pair for pair in found if "migrations" not in pair[0].parts]
    return sorted(kept)


def texts(path: Path, kind: str) -> Iterator[Extracted]:
    """Yield line, message and comments of one file."""
    if kind == "toml":
        with path.open("rb") as file:
            yield from ((1, text, [], None) for text in shown_in(tomllib.load(file)))
        return
    if kind == "django":
        body = path.read_text(encoding="utf-8")
        for match in DJANGO_TEXT.finditer(body):
            yield 1, match["tag"] or match["call"], [], None
        return
    method = "python" if kind == "python" else "jinja2.ext:babel_extract"
    options = {"trimmed": "true", "silent": "false", "encoding": "utf-8"}
    with path.open("rb") as file:
        yield from extract(method, file, KEYWORDS, ("Translators:",), options)


def shown_in(node: object, key: str = "") -> Iterator[str]:
    """Yield the texts of a data file that reach a screen and are kept in English only.

    A text keyed by language (`{en = …}`) carries its own translations and is left alone.
    """
    if isinstance(node, dict):
        for inner, value in node.items():
            yield from shown_in(value, inner)
    elif isinstance(node, list):
        for value in node:
            yield from shown_in(value, key)
    elif isinstance(node, str) and key in SHOWN_KEYS:
        yield node


def collect() -> bytes:
    """Return the template as it should be; without dates and lines, so it drifts only by texts."""
    catalog = Catalog(project="OpenIPT", charset="utf-8", fuzzy=False)
    for path, kind in files():
        for _line, message, comments, context in texts(path, kind):
            if message:
                catalog.add(
                    message,
                    locations=[(path.relative_to(SOURCE).as_posix(), None)],
                    auto_comments=comments,
                    context=context,
                )
    out = BytesIO()
    write_po(out, catalog, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue()


def longer(text: str) -> str:
    """Return the text accented and two fifths longer, its placeholders whole."""
    parts = HOLES.split(text)
    body = "".join(
        part if HOLES.fullmatch(part) else part.translate(LONGER) for part in parts
    )
    extra = max(2, round(len(text) * 0.4))
    padding = ("wörterzusammensetzung" * (extra // 20 + 1))[:extra]
    return f"{body} {padding}" if len(text) > 12 else f"{body}{padding}"


def mirrored(text: str) -> str:
    """Return the text marked to be read from right to left."""
    return (
        f"\u2067\u202e{text}\u202c\u2069"
        if not HOLES.search(text)
        else f"\u200f{text}\u200f"
    )


def pseudo() -> None:
    """Build both pseudo-languages from what the source says now."""
    for code, change in (("xx_Long", longer), ("xx_Rtl", mirrored)):
        catalog = read_po(BytesIO(collect()))
        made = Catalog(locale="en", charset="utf-8", fuzzy=False)
        for message in catalog:
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            changed = tuple(change(text) for text in ids)
            string = changed if isinstance(message.id, tuple) else changed[0]
            made.add(message.id, string, context=message.context)
        folder = SOURCE / "locale" / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, made)


def main(command: str) -> int:
    if command == "pseudo":
        pseudo()
    elif command == "collect":
        TEMPLATE.parent.mkdir(exist_ok=True)
        TEMPLATE.write_bytes(collect())
    elif command == "check":
        if not TEMPLATE.exists() or TEMPLATE.read_bytes() != collect():
            print("Texts have changed: run `make messages` and commit the template.")
            return 1
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
