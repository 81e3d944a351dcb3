"""The command line: our commands here, every other word goes to Django."""

import os
import sys

from openipt.core.errors import DataProblem, Invalid, Refused

DONE, FOUND, WRONG = 0, 1, 2
OURS = frozenset({
    "audit", "backup", "demo", "doctor", "drill", "init", "protocols", "restore", "score", "serve", "simulate",
    "upgrade", "worker", "--version",
})  # fmt: skip


def main() -> None:
    """Run one command. Exit 0 done, 1 a check found something, 2 wrong usage or input."""
    words = sys.argv[1:]
    if words and words[0] not in OURS and words[0] not in {"--help", "-h"}:
        run_django(sys.argv)
        return
    sys.exit(run_ours(words))


def run_ours(words: list[str]) -> int:
    """Run one of our commands; what is wrong is one sentence on standard error."""
    from typer import Abort, TyperException

    from .app import app

    try:
        answer = app(args=words, prog_name="openipt", standalone_mode=False)
    except TyperException as wrong:
        say(getattr(wrong, "format_message", wrong.__str__)())
        return WRONG
    except (DataProblem, Invalid, Refused) as wrong:
        say(str(wrong))
        return WRONG
    except (Abort, KeyboardInterrupt):
        return WRONG
    return answer if isinstance(answer, int) else DONE


def run_django(words: list[str]) -> None:
    """Hand a command that is not ours over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    from django.core.management import (
        execute_from_command_line,
        get_commands,
    )

    if words[1] not in {*get_commands(), "help"}:
        say(f"There is no command {words[1]!r}; `openipt --help` lists ours.")
        sys.exit(WRONG)
    execute_from_command_line(words)


def say(sentence: str) -> None:
    """Write one sentence to standard error."""
    sys.stderr.write(" ".join(sentence.split()) + "\n")
