"""The command line: our commands here, every other word goes to Django."""

import os
import sys

from openipt.core.errors import DataProblem, Invalid, Refused

DONE, FOUND, WRONG = 0, 1, 2
OURS = frozenset({"demo", "serve", "worker", "init", "score", "audit", "--version"})


def main() -> None:
    """Run one command. Exit 0 done, 1 a check found something, 2 wrong usage or input."""
    words = sys.argv[1:]
    if words and words[0] not in OURS and words[0] not in {"--help", "-h"}:
        run_django(sys.argv)
        return
    sys.exit(run_ours(words))


def run_ours(words: list[str]) -> int:
    """Run one of our commands; what is wrong is one sentence on standard error."""
    from click import ClickException, exceptions  # noqa: PLC0415 -- `score` starts faster without the rest

    from .app import app  # noqa: PLC0415 -- as above

    try:
        answer = app(args=words, prog_name="openipt", standalone_mode=False)
    except exceptions.NoArgsIsHelpError as shown:
        say(shown.format_message())
        return WRONG
    except ClickException as wrong:
        say(wrong.format_message())
        return WRONG
    except (DataProblem, Invalid, Refused) as wrong:
        say(str(wrong))
        return WRONG
    except (exceptions.Abort, KeyboardInterrupt):
        return WRONG
    return answer if isinstance(answer, int) else DONE


def run_django(words: list[str]) -> None:
    """Hand a command that is not ours over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- Django is slow to load

    execute_from_command_line(words)


def say(sentence: str) -> None:
    """Write one sentence to standard error."""
    sys.stderr.write(" ".join(sentence.split()) + "\n")
