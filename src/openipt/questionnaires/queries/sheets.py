"""A questionnaire while it is being answered: its questions with the answers so far."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openipt.core.errors import Missing, Stale
from openipt.core.measures import (
    Measure,
    MeasureInWords,
    OptionInWords,
    QuestionInWords,
    find_measure,
    load_measures,
)
from openipt.people.models import Member
from openipt.questionnaires.models import Answering
from openipt.sql.prepared import Prepared

from .due import RESUMES_WITHIN
from .openings import words_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question with its answer so far; `place` counts from 1, extras come last."""

    place: int
    key: str
    text: str
    options: tuple[OptionInWords, ...]
    code: int | None
    is_scored: bool

    @property
    def answer(self) -> str:
        """The words of the answer, "" if there is none."""
        return next((o.label for o in self.options if o.code == self.code), "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """All questions of one answering.

    The unscored extras ask how much trouble the problems make; they are put only to
    somebody who has named one.
    """

    answering: Answering
    measure: Measure
    words: MeasureInWords
    questions: tuple[Question, ...]

    @property
    def scored(self) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.is_scored)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that are put to this person."""
        has_problems = any(_is_problem(one) for one in self.scored)
        return self.questions if has_problems else self.scored

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The scored questions without an answer."""
        return tuple(one for one in self.scored if one.code is None)

    @property
    def is_complete(self) -> bool:
        """Whether every question that is put has an answer."""
        return all(one.code is not None for one in self.asked)

    @property
    def has_a_score(self) -> bool:
        """Whether enough is answered to add it up."""
        return len(self.unanswered) <= self.measure.missing_allowed

    @property
    def resumes_at(self) -> int | None:
        """The place after the last answered question; None if that was the last one."""
        answered = [one.place for one in self.asked if one.code is not None]
        return self.after(max(answered, default=0))

    def question(self, place: int) -> Question:
        """Return the question at a place.

        :raises Missing: if there is none
        """
        for one in self.questions:
            if one.place == place:
                return one
        raise Missing

    def with_answer(self, place: int, code: int) -> "Sheet":
        """Return the sheet as it is with one more answer."""
        return replace(
            self,
            questions=tuple(
                replace(one, code=code) if one.place == place else one
                for one in self.questions
            ),
        )

    def new_among(self, codes: dict[str, int]) -> dict[str, int]:
        """Return the answers that differ from what is kept."""
        kept = {one.key: one.code for one in self.questions}
        return {key: code for key, code in codes.items() if kept.get(key) != code}

    def after(self, place: int) -> int | None:
        """Return the place of the next question that is put, None after the last."""
        return next((one.place for one in self.asked if one.place > place), None)


def sheet_for(
    member: Member, measure_id: str, at: datetime, answering_id: UUID | None = None
) -> Sheet | None:
    """Return the open sheet of this person, or None if none is open.

    With `answering_id` it must be that one: a form that was left open says which it is.

    :raises Missing: if there is no such measure, or the answering is not this person's
    :raises Stale: if it is finished, or was begun too long ago
    """
    if measure_id not in load_measures():
        raise Missing
    if answering_id is None:
        since = at - RESUMES_WITHIN
        found = _OPEN.instances(member=member.pk, measure=measure_id, since=since)
        return sheet_of(found[0]) if found else None
    named = _NAMED.instances(
        member=member.pk, measure=measure_id, answering=answering_id
    )
    if not named:
        raise Missing
    check_open(named[0], at)
    return sheet_of(named[0])


def _own(member: UUID, measure: str) -> QuerySet[Answering]:
    return Answering.objects.filter(person__member_id=member, measure=measure)


def _open(member: UUID, measure: str, since: datetime) -> QuerySet[Answering]:
    found = _own(member, measure).filter(
        completed_at__isnull=True, set_aside_at__isnull=True, started_at__gt=since
    )
    return found.order_by("pk")[:1]


_OPEN = Prepared(_open, member=UUID, measure=str, since=datetime)
_NAMED = Prepared(
    lambda member, measure, answering: _own(member, measure).filter(pk=answering),
    member=UUID,
    measure=str,
    answering=UUID,
)


def check_open(answering: Answering, at: datetime) -> None:
    """Raise if nothing can be answered in it any more.

    :raises Stale: with the sentence that says why
    """
    if answering.completed_at is not None:
        raise Stale(
            _("You have finished this questionnaire already, so nothing was changed.")
        )
    is_old = answering.started_at <= at - RESUMES_WITHIN
    if answering.set_aside_at is not None or is_old:
        raise Stale(
            _(
                "You began this questionnaire more than two weeks ago. Your answers are "
                "kept, but it asks about a time that has passed. Please begin a new one."
            )
        )


def sheet_of(answering: Answering) -> Sheet:
    """Return the questions and answers of an answering, in the words it was asked in."""
    measure = find_measure(answering.measure, answering.measure_version)
    language = measure.language_for(answering.language)
    words = words_of(measure.id, measure.version, language)
    asked, items = [*words.items, *words.extras], answering.items
    return Sheet(
        answering=answering,
        measure=measure,
        words=words,
        questions=tuple(
            _question(place, one, items) for place, one in enumerate(asked, 1)
        ),
    )


def _question(place: int, asked: QuestionInWords, items: dict[str, int]) -> Question:
    return Question(
        place=place,
        key=asked.key,
        text=asked.text,
        options=asked.options,
        code=items.get(asked.key),
        is_scored=asked.number is not None,
    )


def _is_problem(question: Question) -> bool:
    lowest = min(option.code for option in question.options)
    return question.code is not None and question.code > lowest
