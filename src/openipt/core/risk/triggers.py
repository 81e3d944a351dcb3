"""What raises an alert. The numbers are in the measures' files, the service's defaults.

Free text is not searched for words: that would calm falsely and alarm falsely.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openipt.core.measures import Level, Measure, RiskRule, Score

from .levels import highest

TriggerKind = Literal["answer", "item_rise", "total", "total_rise", "not_safe"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """One reason for an alert; `item` is the number of the question, if it is about one."""

    level: Level
    kind: TriggerKind
    measure: str = ""
    item: int | None = None


def at_answer(measure: Measure, item: int, answer: int | None) -> Trigger | None:
    """Return what a single answer raises, at once and also in an unfinished form.

    `item` is the number of the question from 1.
    """
    levels = [
        rule.level
        for rule in measure.risk_rules
        if rule.kind == "answer" and rule.item == item and _reaches(answer, rule)
    ]
    level = highest(levels)
    if level is None:
        return None
    return Trigger(level=level, kind="answer", measure=measure.id, item=item)


def at_completion(
    measure: Measure,
    answers: Sequence[int | None],
    score: Score,
    *,
    previous_answers: Sequence[int | None] = (),
    previous_total: int | None = None,
) -> tuple[Trigger, ...]:
    """Return everything that a finished form raises, each item's answer included.

    `previous_answers` and `previous_total` are of the last answering before this one. A
    fall of the total never hides a rise of a risk item: each rule stands alone.
    """
    raised: list[Trigger] = []
    for item in sorted(measure.risk_items):
        trigger = at_answer(measure, item, answers[item - 1])
        if trigger is not None:
            raised.append(trigger)
    for rule in measure.risk_rules:
        before, now = _compared(rule, answers, score, previous_answers, previous_total)
        if rule.kind != "answer" and _holds(rule, before, now):
            raised.append(
                Trigger(
                    level=rule.level,
                    kind=rule.kind,
                    measure=measure.id,
                    item=rule.item,
                )
            )
    return tuple(raised)


def at_not_safe() -> Trigger:
    """Return what the button "I am not safe" raises: always red."""
    return Trigger(level="red", kind="not_safe")


def _reaches(number: int | None, rule: RiskRule) -> bool:
    return number is not None and number >= rule.value


def _holds(rule: RiskRule, before: int | None, now: int | None) -> bool:
    if rule.kind == "total":
        return _reaches(now, rule)
    return before is not None and now is not None and now - before >= rule.value


def _compared(
    rule: RiskRule,
    answers: Sequence[int | None],
    score: Score,
    previous_answers: Sequence[int | None],
    previous_total: int | None,
) -> tuple[int | None, int | None]:
    """Return the two numbers that a rule compares: the one before and the one now."""
    if rule.item is None:
        return previous_total, score.total
    before = previous_answers[rule.item - 1] if previous_answers else None
    return before, answers[rule.item - 1]
