"""Colours can be told apart by everybody, in both themes."""

import re
from pathlib import Path

import pytest

import openipt.web

CSS = Path(openipt.web.__file__).parent / "static" / "openipt" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

TEXT_ON_SURFACE = [
    *((ink, on) for ink in ("ink", "ink-2", "ink-3") for on in ("paper", "sheet")),
    *((ink, "sunken") for ink in ("ink", "ink-2", "ink-3")),
    *(("ink-2", f"{tone}-wash") for tone in ("teal", "clay", "gold", "plum")),
    *((tone, on) for tone in ("teal", "clay") for on in ("paper", "sheet")),
    *((f"{tone}-ink", f"{tone}-wash") for tone in ("teal", "clay", "gold", "plum")),
    *((f"{tone}-ink", "sheet") for tone in ("teal", "clay", "gold", "plum")),
    *(
        ("on-fill", f"{tone}-{way}")
        for tone in ("teal", "clay")
        for way in ("fill", "press")
    ),
    ("teal", "teal-wash"),
    ("ink", "glow"),
    ("side-ink", "side"),
    ("side-ink", "side-2"),
    ("side-bright", "side-on"),
]
LINE_ON_SURFACE = [
    *((line, on) for line in ("edge", "ring") for on in ("paper", "sheet")),
    *((f"{tone}", "sheet") for tone in ("teal", "clay", "gold", "plum")),
    ("side-bright", "side"),
]  # fmt: skip


def lists_of_tokens():
    """Return the tokens of each theme, the dark ones laid over the light ones."""
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", TOKENS)
    found = [
        (selector, dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body)))
        for selector, body in blocks
    ]
    light = found[0][1]
    dark = {name: light | tokens for name, tokens in found[1:] if tokens}
    return {"light": light, **dark}


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_both_ways_into_the_dark_show_the_same_colours():
    themes = lists_of_tokens()

    assert len(themes) == 3
    light, by_device, by_reader = themes.values()
    assert by_device == by_reader
    assert light["paper"] != by_device["paper"]


@pytest.mark.parametrize("theme", lists_of_tokens())
def test_text_can_be_read(theme):
    tokens = lists_of_tokens()[theme]

    weak = {
        f"{ink} on {surface}": round(contrast(tokens[ink], tokens[surface]), 2)
        for ink, surface in TEXT_ON_SURFACE
        if contrast(tokens[ink], tokens[surface]) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("theme", lists_of_tokens())
def test_lines_that_carry_meaning_can_be_seen(theme):
    tokens = lists_of_tokens()[theme]

    weak = {
        f"{line} on {surface}": round(contrast(tokens[line], tokens[surface]), 2)
        for line, surface in LINE_ON_SURFACE
        if contrast(tokens[line], tokens[surface]) < 3
    }

    assert weak == {}


def test_every_token_that_is_used_is_listed():
    listed = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = {
        name
        for path in CSS.glob("*.css")
        for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))
    }

    assert used - listed == set()


def test_sides_are_named_by_the_direction_of_reading():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)"
    )
    breaches = [
        f"{path.name}: {line.strip()}"
        for path in CSS.glob("*.css")
        for line in path.read_text(encoding="utf-8").splitlines()
        if physical.search(line)
    ]

    assert breaches == []
