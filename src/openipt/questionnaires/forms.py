"""What comes in with an answer. Only the codes that are offered get through."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from openipt.core.errors import Missing
from openipt.core.measures import OptionInWords

from .queries import Question

_CHOOSE = _("Please choose one of the answers.")


class ChooseAnswer(forms.Form):
    """One answer to one question; required."""

    def __init__(self, *args: Any, question: Question, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["answer"] = _field(question, required=True)


class AnswerPage(forms.Form):
    """All questions on one page; any may be left out."""

    def __init__(self, *args: Any, questions: Iterable[Question], **named: Any) -> None:
        super().__init__(*args, **named)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[f"item-{question.key}"] = _field(question, required=False)

    def bound(self) -> list[tuple[Question, forms.BoundField]]:
        """Return each question with its field."""
        return [(one, self[f"item-{one.key}"]) for one in self.questions]

    def codes(self) -> dict[str, int]:
        """Return the answers that were given, by question."""
        return {
            name.removeprefix("item-"): code
            for name, code in self.cleaned_data.items()
            if code is not None
        }


def answering_named(posted: QueryDict) -> UUID | None:
    """Return which answering a form says it belongs to, None if it does not say.

    :raises Missing: if what it says is no id
    """
    named = posted.get("answering", "")
    if not named:
        return None
    try:
        return UUID(named)
    except ValueError:
        raise Missing from None


class _Offered(BaseChoiceIterator):
    """The answers of a question: given as this, Django does not look for groups in them.

    A page has a dozen questions, and that look took longer than checking all answers.
    """

    def __init__(self, options: Iterable[OptionInWords]) -> None:
        self.pairs = [(str(one.code), one.label) for one in options]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


def _field(question: Question, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question.text,
        choices=_Offered(question.options),
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
        initial=None if question.code is None else str(question.code),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
