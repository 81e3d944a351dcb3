"""Risk answers on their way to an alert; inside the transaction that keeps the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core import risk
from openipt.core.errors import Refused
from openipt.core.measures import Measure, Score
from openipt.people.models import Member
from openipt.questionnaires import queries
from openipt.questionnaires.models import Answering
from openipt.safety import operations as safety


def stated(measure: Measure, codes: Mapping[str, int]) -> list[risk.Trigger]:
    """Return what the answers state by themselves; extra questions state nothing."""
    found = (
        risk.at_answer(measure, int(key), code)
        for key, code in codes.items()
        if key.isdecimal()
    )
    return [trigger for trigger in found if trigger is not None]


def highest_of(answering: Answering, raised: list[risk.Trigger]) -> str:
    """Return the highest level that the answering has raised so far, "" for none."""
    levels = [trigger.level for trigger in raised]
    if answering.risk:
        levels.append(cast("risk.Level", answering.risk))
    return risk.highest(levels) or ""


def raise_for_answers(
    *,
    answering: Answering,
    measure: Measure,
    before: Mapping[str, int],
    by: Member,
    at: datetime,
) -> None:
    """Raise the alert for each answer that states a risk and did not, or stated less.

    A lower answer raises nothing and takes nothing back.
    """
    for trigger in stated(measure, answering.items):
        key = str(trigger.item)
        if answering.items[key] > before.get(key, -1):
            sheet = queries.sheet_of(answering)
            question = next(one for one in sheet.questions if one.key == key)
            _raise(answering, trigger, question.answer, by=by, at=at)


def raise_for_change(
    *, answering: Answering, measure: Measure, score: Score, by: Member, at: datetime
) -> list[risk.Trigger]:
    """Raise the alert for what a finished form says beside its single answers.

    The total itself, and what rose since the last finished form. Returns what it raised.
    """
    last, before = queries.last_finished(answering)
    triggers = risk.at_completion(
        measure,
        answers_of(measure, answering.items),
        score,
        previous_answers=answers_of(measure, last),
        previous_total=before,
    )
    raised = [trigger for trigger in triggers if trigger.kind != "answer"]
    for trigger in raised:
        words = _in_words(trigger, score.total, before)
        _raise(answering, trigger, words, by=by, at=at)
    return raised


def answers_of(measure: Measure, items: Mapping[str, int]) -> list[int | None]:
    """Return the answers to the scored questions in their order."""
    return [items.get(str(item.number)) for item in measure.items]


def _raise(
    answering: Answering, trigger: risk.Trigger, words: str, *, by: Member, at: datetime
) -> None:
    source = safety.RiskSource(
        kind=trigger.kind,
        measure=trigger.measure,
        item=trigger.item,
        answering_id=answering.pk,
        answer=words,
    )
    try:
        with transaction.atomic():
            safety.raise_alert(
                person=answering.person,
                source=source,
                level=trigger.level,
                by=by,
                at=at,
            )
    except Refused:
        # Nobody is left at the service. The answer must be kept all the same, and the
        # help page tells the person that nobody here reads it.
        return


def _in_words(trigger: risk.Trigger, total: int | None, before: int | None) -> str:
    if trigger.kind == "item_rise":
        return _("This answer rose by two steps or more since the last time.")
    if trigger.kind == "total_rise":
        return _("The total rose from %(before)s to %(total)s.") % {
            "before": before,
            "total": total,
        }
    return _("The total is %(total)s.") % {"total": total}
