"""What answers in plain words say for and against a problem area."""

from collections.abc import Collection
from dataclasses import dataclass

from .areas import ProblemArea


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many answers speak for an area and against it: shown, and never deciding."""

    area: ProblemArea
    speak_for: int
    speak_against: int


def answer_key(area: str, question: str) -> str:
    """Return what stands for a yes to a question of an area."""
    return f"{area}.{question}"


def tally(area: ProblemArea, answers: Collection[str]) -> Tally:
    """Count what was answered with yes; only questions whose source was read count."""
    yes = [
        question.counts
        for question in area.shown_questions
        if answer_key(area.key, question.key) in answers
    ]
    return Tally(
        area=area, speak_for=yes.count("for"), speak_against=yes.count("against")
    )
