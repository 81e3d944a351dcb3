"""The work in a session and between two (T01-T05)."""

from datetime import date

from openipt.core.sentences import sentence

from .registry import Finding, finding, load_rules

LEAST_TURNS, LEAST_OPTIONS = 2, 2


def check_conversation(
    *, turns: int, on_date: date | None, with_whom: str
) -> Finding | None:
    """Return what a communication analysis still needs, or None (T01).

    Two turns at least, the day, and a real person.
    """
    points = [
        (turns < LEAST_TURNS, sentence("{n} turns of it", n=LEAST_TURNS)),
        (on_date is None, sentence("the day")),
        (not with_whom.strip(), sentence("who it was with")),
    ]
    missing = tuple(words for is_missing, words in points if is_missing)
    return finding("conversation", missing=missing) if missing else None


def check_options(options: int) -> Finding | None:
    """Return that there are too few options to weigh, or None (T02)."""
    return None if options >= LEAST_OPTIONS else finding("two_options")


def check_try_out(
    *, has_plan: bool, due_on: date | None, next_session_on: date | None
) -> Finding | None:
    """Return that a role play's plan is not tried out before the next session (T03).

    None where it ended without a plan, or a try-out is due by the next session.
    """
    if not has_plan:
        return None
    if due_on is not None and (next_session_on is None or due_on <= next_session_on):
        return None
    return finding("try_out")


def check_mood_link(*, is_middle: bool, links: int) -> Finding | None:
    """Return that a session of the middle links no mood to an event, or None (T04)."""
    return finding("mood_and_event") if is_middle and not links else None


def check_drift(sessions_without: int) -> Finding | None:
    """Return that the focus was not worked on for too many sessions, or None (T05)."""
    most = load_rules()["drift"].most or 1
    if sessions_without < most:
        return None
    return finding("drift", sessions=sessions_without)
