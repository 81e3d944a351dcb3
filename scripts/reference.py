"""Write docs/reference from the data, the settings and the command line.

write   writes the pages
check   fails if a page differs from what the data say
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, "src")

from openipt.core.measures import load_measures
from openipt.core.protocols import Sourced, Span, Variant, load_library, load_variants
from openipt.core.protocols.rules import load_rules
from openipt.core.readings import OfferRule, load_readings
from openipt.core.risk.states import ALERT_STEPS

FOLDER = Path("docs/reference")
MADE = "<!-- Written by `scripts/reference.py write`; do not edit. -->\n\n"
COMMANDS = (
    "", "demo", "serve", "worker", "init", "score", "simulate", "audit verify",
    "protocols list", "protocols show", "protocols check",
)  # fmt: skip
SETTING = re.compile(r'env\.(text|flag|number|words)\(\s*"(\w+)"(?:,\s*([^)]*))?\)')


def table(*heads: str, rows: list[tuple[object, ...]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Return the help of every command, as the command prints it."""
    parts = ["# Commands\n"]
    for name in COMMANDS:
        shown = subprocess.run(
            [sys.executable, "-m", "openipt", *name.split(), "--help"],
            capture_output=True, text=True, check=True,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": "src", "COLUMNS": "80", "TERM": "dumb"},
        ).stdout  # fmt: skip
        body = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(
            f"## `openipt {name}`".rstrip("` ") + "`\n\n```\n" + body + "\n```\n"
        )
    return "\n".join(parts)


def measures() -> str:
    """Return every measure: what it asks is in its licence, what it means is here."""
    parts = ["# Measures\n"]
    for measure in load_measures().values():
        words = measure.in_language("en")
        parts.append(
            f"## {words.title} (`{measure.id}`, version {measure.version})\n\n"
            f"{len(measure.items)} questions, total {measure.lowest} to "
            f"{measure.highest}, over {measure.recall_days} days. LOINC panel "
            f"{measure.loinc_panel}, total {measure.loinc_total}. With more than "
            f"{measure.missing.allowed} missing answers there is no total.\n\n"
            + table(
                "band", "from", "to",
                rows=[(band.key, band.first, band.last) for band in measure.bands],
            )
            + "\n"
            + table(
                "threshold", "value", "source",
                rows=[
                    (cut.key, f"{cut.comparison} {cut.value:g}", measure.source(cut.source).title)
                    for cut in (*measure.cutoffs, measure.reliable_change)
                    if cut.verified
                ],
            )
            + "\n"
            + table(
                "question", "LOINC",
                rows=[(item.number, item.loinc) for item in measure.items],
            )
            + f"\nCitation: {measure.citation}\n"
        )  # fmt: skip
    return "\n".join(parts)


MARKED = (
    "Everything names its source. What nobody has read there, or is a proposal of this "
    "product, says so and is never shown as a fact.\n"
)
UNREAD = "not read in its source; stays off the screens"


def stands(variant: Variant, part: Sourced) -> str:
    """Return where a statement comes from, and that nobody has read it there."""
    title = variant.source(part.source).title
    return title if part.verified else f"{title} ({UNREAD})"


def protocols() -> str:
    """Return every variant whole: what was read, and what was not, marked."""
    parts = [
        "# Protocol variants\n",
        MARKED,
        table(
            "variant", "sessions", "every", "lineage",
            rows=[
                (f"[{one.name}](#{one.id})", span(one.sessions), f"{one.days_between} days", one.lineage)
                for one in load_variants().values()
            ],
        ),
    ]  # fmt: skip
    for variant in load_variants().values():
        parts += variant_parts(variant)
    return "\n".join(parts)


def span(numbers: Span) -> str:
    """Return a range as it is read."""
    if numbers.least == numbers.most:
        return str(numbers.least)
    return f"{numbers.least} to {numbers.most}"


def variant_parts(variant: Variant) -> Iterator[str]:
    """Go through the pieces of one variant's part of the page."""

    def told(head: str, rows: list[tuple[object, Sourced]]) -> str:
        return table(
            head, "source", rows=[(what, stands(variant, part)) for what, part in rows]
        )

    yield f'## <a id="{variant.id}"></a>{variant.name}\n'
    yield f"`{variant.id}`, version {variant.version}. {variant.summary}\n"
    yield told(
        "what",
        [
            (f"{span(variant.sessions)} sessions", variant.sessions),
            (f"{span(variant.minutes)} minutes", variant.minutes),
            (f"works with these {len(variant.problem_areas)} problem areas", variant.area_set),
            (f"at most {variant.foci.most} areas at a time", variant.foci),
            (f"{variant.ending.word}: raised {variant.ending.raise_before} sessions before the last", variant.ending),
            (f"between sessions: {variant.between_sessions.word}", variant.between_sessions),
            *((f"ages {span(ages)}", ages) for ages in [variant.ages] if ages),
            *((f"{group.least} to {group.most} members, {group.leaders_least} to {group.leaders_most} leaders", group) for group in [variant.group] if group),
            *((f"measure `{one.measure}`, {one.rhythm}", one) for one in variant.measures),
            *((f"not for: {one.text}", one) for one in variant.exclusions),
            *((f"needs: {one.text}", one) for one in variant.requirements),
            *((f"beside: {one.name}, up to {one.most}", one) for one in variant.extra_sessions),
            *((one.text, one) for one in variant.statements),
        ],
    )  # fmt: skip
    for phase in variant.phases:
        length = f"{phase.sessions} sessions" if phase.sessions else "what is left"
        yield f"### {phase.name} (`{phase.key}`): {length}\n"
        yield f"{stands(variant, phase)}.\n"
        if phase.needs:
            yield f"Opens with: {', '.join(phase.needs)} (P07).\n"
        yield told("task", [(f"`{one.key}` {one.title}", one) for one in phase.tasks])
    yield "### Problem areas\n"
    yield told(
        "area",
        [
            row
            for area in variant.problem_areas
            for row in (
                (f"**{area.name}** {area.choose_when}", area),
                *((one.text, one) for one in area.points()),
            )
        ],
    )


def rules() -> str:
    """Return every rule with what it asks, what is said and where it comes from."""
    return (
        "# Rules\n\nAn error stops. A warning asks for a reason, which is kept. "
        "Information is only shown.\n\n"
        + table(
            "id", "rule", "severity", "asks", "says", "source",
            rows=[
                (rule.id, f"`{rule.key}`", rule.severity, rule.title, rule.template, rule.source)
                for rule in load_rules().values()
            ],
        )
        + "\n## Techniques\n\n"
        + table(
            "technique", "what", "source",
            rows=[
                (f"`{one.key}` {one.name}", one.what, load_library().sources[one.source].title)
                for one in load_library().techniques.values()
            ],
        )
    )  # fmt: skip


def readings() -> str:
    """Return every reading with how long it takes, when it is offered and on what it stands."""
    return (
        "# Readings\n\nShort texts for the person, written for this product. A reading is "
        "offered where one of its rules holds; the narrower rule comes first. Every source "
        "was read.\n\n"
        + table(
            "id", "title", "minutes", "offered", "beside it", "sources",
            rows=[
                (
                    f"`{one.id}` {one.version}",
                    one.title,
                    one.minutes,
                    "; ".join(offer_rule(rule) for rule in one.offered),
                    "" if one.own_data == "none" else one.own_data,
                    "; ".join(source.title for source in one.sources),
                )
                for one in load_readings().values()
            ],
        )
    )  # fmt: skip


def offer_rule(rule: OfferRule) -> str:
    """Return what a rule asks for, in its own keys."""
    named = {
        "phase": rule.phases,
        "area": rule.areas,
        "variant": rule.variants,
        "family": rule.families,
        "stage": rule.stages,
    }
    return " and ".join(
        f"{what} {' or '.join(f'`{key}`' for key in keys)}"
        for what, keys in named.items()
        if keys
    )


def states() -> str:
    """Return the steps an alert may take, as a diagram."""
    lines = [
        f"    {a} --> {b}" for a, steps in ALERT_STEPS.items() for b in sorted(steps)
    ]
    return (
        "# States of an alert\n\n```mermaid\nstateDiagram-v2\n"
        + "\n".join(lines)
        + "\n```\n"
    )


def settings() -> str:
    """Return every setting that the environment may give."""
    text = Path("src/openipt/config/settings.py").read_text(encoding="utf-8")
    rows = {"OPENIPT_DATA_DIR": ("path", "the platform's place for a user's data")}
    for kind, name, default in SETTING.findall(text):
        plain = re.sub(r"default=", "", default).strip().strip('"')
        rows[name] = (kind, plain or "")
    return "# Settings\n\nAll are environment variables.\n\n" + table(
        "name", "kind", "default",
        rows=[(f"`{name}`", *what) for name, what in sorted(rows.items())],
    )  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "measures": measures,
    "protocols": protocols,
    "rules": rules,
    "readings": readings,
    "states": states,
    "settings": settings,
}


def main(command: str) -> int:
    stale = []
    for name, make in PAGES.items():
        page = FOLDER / f"{name}.md"
        text = MADE + make()
        if command == "write":
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(str(page))
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `make reference`.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
