"""Write docs/reference from the data, the settings and the command line.

write   writes the pages
check   fails if a page differs from what the data say
"""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, "src")

from openipt.core.measures import load_measures
from openipt.core.protocols import load_variants
from openipt.core.protocols.rules import load_rules
from openipt.core.risk.states import ALERT_STEPS

FOLDER = Path("docs/reference")
MADE = "<!-- Written by `scripts/reference.py write`; do not edit. -->\n\n"
COMMANDS = ("", "demo", "serve", "worker", "init", "score", "simulate", "audit verify")
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


def protocols() -> str:
    """Return every variant with its phases, tasks, areas and sources."""
    parts = ["# Protocol variants\n"]
    for variant in load_variants().values():
        parts.append(
            f"## {variant.name} (`{variant.id}`, version {variant.version})\n\n"
            f"{variant.summary} {variant.sessions.least} to {variant.sessions.most} "
            f"sessions of {variant.minutes.least} to {variant.minutes.most} minutes.\n"
        )
        for phase in variant.phases:
            length = f"{phase.sessions} sessions" if phase.sessions else "what is left"
            parts.append(f"### {phase.name} (`{phase.key}`): {length}\n")
            parts.append(
                table(
                    "task", "what", "source",
                    rows=[
                        (f"`{task.key}`", task.title, variant.source(task.source).title)
                        for task in phase.shown_tasks
                    ],
                )
            )  # fmt: skip
        parts.append("### Problem areas\n")
        parts.append(
            table(
                "area", "chosen when", "source",
                rows=[
                    (area.name, area.choose_when, variant.source(area.source).title)
                    for area in variant.shown_areas
                ],
            )
        )  # fmt: skip
    return "\n".join(parts)


def rules() -> str:
    """Return the rules of a contract and of a focus."""
    return "# Rules\n\n" + table(
        "id", "severity", "what is said", "source",
        rows=[
            (rule.id, rule.severity, rule.template, rule.source)
            for rule in load_rules().values()
        ],
    )  # fmt: skip


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
