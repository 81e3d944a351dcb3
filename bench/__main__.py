"""`make bench`: clone, fill, ask, serve, fill more, ask again; print one table."""

import argparse
import sys
from pathlib import Path

from . import table
from .place import folder_of_its_own

FEW, MANY = 1_000, 10_000


def main() -> int:
    asked = _arguments()
    with folder_of_its_own(asked.folder):
        lines, surroundings = _measure(asked)
        text = table.markdown(lines, surroundings)
    print(text)
    if asked.write:
        table.write(text)
    return 1 if any(line.verdict == "MISSED" for line in lines) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument(
        "--courses",
        type=int,
        default=MANY,
        help=f"against how many courses {FEW} are compared, {MANY} unless said; the "
        "bound is for 100000, which takes half an hour to make",
    )
    parser.add_argument("--write", action="store_true", help="write the table to docs")
    parser.add_argument("--folder", type=Path, help="keep the data in this folder")
    parser.add_argument(
        "--no-clone", action="store_true", help="leave the clean clone out"
    )
    return parser.parse_args()


def _measure(asked: argparse.Namespace) -> tuple[list[table.Line], dict[str, str]]:
    """Return what was measured, and where."""
    from openipt.cli.ready import collect_static, load_django, make_ready

    load_django()
    make_ready()
    collect_static()
    from django.db import connection

    from openipt.web.clock import now

    from .measuring import Bench

    bench = Bench(few=FEW, many=asked.courses)
    lines: list[table.Line] = []
    if not asked.no_clone:
        sys.stderr.write("bench: cloning …\n")
        lines.append(_clone())
    for what, part in bench.parts():
        sys.stderr.write(f"bench: {what} …\n")
        lines += part()
    return lines, {
        "measured on": f"{now():%Y-%m-%d}",
        "machine": table.machine(),
        "database": connection.vendor,
        "empty view": f"{bench.floor:.2f} ms for somebody who is signed in; "
        f"{bench.floor_for_nobody():.2f} ms for nobody",
    }


def _clone() -> table.Line:
    from .clone import seconds_to_first_page

    seconds = seconds_to_first_page()
    return table.Line(
        what="clean clone to served page",
        value=seconds,
        shown=f"{seconds:.0f} s",
        bound=30,
        goal=15,
        unit=" s",
    )


if __name__ == "__main__":
    sys.exit(main())
