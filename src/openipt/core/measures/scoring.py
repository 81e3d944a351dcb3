"""From answers to a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from openipt.core.errors import Invalid

from .model import Measure
from .parts import LEVELS, Extra, Item, Level


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What the answers add up to.

    `total` and `band` are None if too much is missing. `prorated` says that missing items
    were filled with the mean of the answered ones. `risk` is the level that the answers
    raise by themselves; it does not wait for a total and does not fall with it.
    """

    total: int | None
    band: str | None
    prorated: bool
    missing: int
    risk: Level | None


def score(measure: Measure, answers: Sequence[int | None]) -> Score:
    """Return the score of the answers to the scored items, in their order.

    None is an unanswered item. Answers to the unscored extras may follow and are not
    counted. With at most `measure.missing_allowed` missing items the total is the mean of
    the answered ones times the number of items, a half rounded up, as the measure's
    source says. Raises `Invalid` for the wrong number of answers or a code that is not
    offered.
    """
    scored = _checked(measure, answers)
    given = [answer for answer in scored if answer is not None]
    missing = len(scored) - len(given)
    total = (
        _total(given, of=len(scored)) if missing <= measure.missing.allowed else None
    )
    return Score(
        total=total,
        band=None if total is None else measure.band_of(total).key,
        prorated=total is not None and missing > 0,
        missing=missing,
        risk=_risk(measure, scored),
    )


def _total(given: list[int], *, of: int) -> int:
    """Return the mean of the given answers times `of`, a half rounded up, in integers."""
    return (2 * sum(given) * of + len(given)) // (2 * len(given))


def _checked(measure: Measure, answers: Sequence[int | None]) -> Sequence[int | None]:
    count, extras = len(measure.items), len(measure.extras)
    if len(answers) not in {count, count + extras}:
        raise Invalid(
            f"{measure.short_name} has {count} scored questions, "
            f"but {len(answers)} answers were given."
        )
    questions: list[Item | Extra] = [*measure.items, *measure.extras]
    for place, (question, answer) in enumerate(
        zip(questions, answers, strict=False), start=1
    ):
        if answer is not None and not _is_offered(answer, question.codes):
            offered = ", ".join(str(code) for code in question.codes)
            raise Invalid(
                f"{measure.short_name}, question {place}: "
                f"the answer must be one of {offered}, not {answer!r}."
            )
    return answers[:count]


def _is_offered(answer: object, codes: tuple[int, ...]) -> bool:
    return type(answer) is int and answer in codes


def _risk(measure: Measure, answers: Sequence[int | None]) -> Level | None:
    raised = [
        rule.level
        for rule in measure.risk_rules
        if rule.kind == "answer" and _reaches(answers, rule.item, rule.value)
    ]
    return max(raised, key=LEVELS.index, default=None)


def _reaches(answers: Sequence[int | None], item: int | None, value: int) -> bool:
    answer = None if item is None else answers[item - 1]
    return answer is not None and answer >= value
