"""The table: what was measured, what it may cost, and whether it does."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed.md"
BEGINS, ENDS = "<!-- measured -->", "<!-- /measured -->"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One operation. `value` is compared with bound and goal, in the unit of both.

    Less is better, unless `more` says so. Without a bound it is told and not judged.
    """

    what: str
    value: float
    shown: str
    times: float | None = None
    bound: float | None = None
    goal: float | None = None
    unit: str = ""
    more: bool = False

    @property
    def verdict(self) -> str:
        """Return goal, bound or missed."""
        if self.bound is None:
            return ""
        if self.goal is not None and self._reaches(self.goal):
            return "goal"
        return "met" if self._reaches(self.bound) else "MISSED"

    def cells(self) -> tuple[str, ...]:
        sign = "≥" if self.more else "≤"
        return (
            self.what,
            self.shown,
            f"{self.times:.1f}" if self.times is not None else "",
            f"{sign} {self.bound:g}{self.unit}" if self.bound is not None else "",
            f"{sign} {self.goal:g}{self.unit}" if self.goal is not None else "",
            self.verdict,
        )

    def _reaches(self, mark: float) -> bool:
        return self.value >= mark if self.more else self.value <= mark


def markdown(lines: Iterable[Line], surroundings: dict[str, str]) -> str:
    """Return the table with where and when it was measured."""
    heads = ("operation", "measured", "times the empty view", "bound", "goal", "")
    rows = [heads, ("---",) * len(heads), *(line.cells() for line in lines)]
    told = "\n".join(f"- {name}: {value}" for name, value in surroundings.items())
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"{told}\n\n{table}\n"


def write(text: str) -> None:
    """Put the table between the marks of the page that explains it."""
    page = PAGE.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGINS)}.*?{re.escape(ENDS)}", re.DOTALL)
    PAGE.write_text(
        between.sub(lambda _old: f"{BEGINS}\n{text}{ENDS}", page), encoding="utf-8"
    )


def machine() -> str:
    """Return cores, processor, system and Python of this machine."""
    found = re.search(
        r"^model name\s*:\s*(.+)$",
        Path("/proc/cpuinfo").read_text("utf-8"),
        re.MULTILINE,
    )
    name = found.group(1) if found else platform.processor() or "unnamed processor"
    return (
        f"{os.cpu_count()} cores, {name}, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}"
    )
