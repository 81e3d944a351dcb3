"""What is written at the beginning: the diagnosis, what rests, the formulation."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.measures import load_measures
from openipt.courses.models import Diagnosis, RecoveryRole
from openipt.courses.queries import Score
from openipt.web import dates
from openipt.web.fields import OneLine, Words, day_lived

LATEST_REVIEW = timedelta(days=366)
TEXT = ("named", "explained", "own_words", "present")


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return the field of one day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class _InCourse(forms.Form):
    """What happened on a day of a course, in the life of a person."""

    def __init__(
        self,
        *args: Any,
        today: date,
        born_on: date | None,
        refusal: Callable[[date], str],
        **options: Any,
    ) -> None:
        """Take days from `born_on` to `today` for which `refusal` gives no reason."""
        super().__init__(*args, **options)
        self.today, self.born_on, self.refusal = today, born_on, refusal

    def checked(self, name: str) -> date:
        """Return a day, if it can have been on it."""
        day: date = self.cleaned_data[name]
        day_lived(day, today=self.today, born_on=self.born_on)
        if reason := self.refusal(day):
            raise forms.ValidationError(reason)
        return day


class DiagnosisForm(_InCourse):
    """How the illness was named and explained."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    named = OneLine(
        label=gettext_lazy("The illness, in the words you used"), max_length=300
    )
    score = forms.ChoiceField(
        label=gettext_lazy("The answers it rests on"), required=False
    )
    treatable = forms.BooleanField(
        label=gettext_lazy("I said that it can be treated"), required=False
    )
    no_fault = forms.BooleanField(
        label=gettext_lazy("I said that it is nobody's fault"), required=False
    )
    explained = Words(
        label=gettext_lazy("What else I explained"), max_length=2000, required=False
    )
    own_words = Words(
        label=gettext_lazy("How they say it themselves"),
        max_length=2000,
        required=False,
    )
    present = OneLine(
        label=gettext_lazy("Who was there"), max_length=300, required=False
    )
    said_on = day_field(gettext_lazy("Said on"))

    def __init__(self, *args: Any, scores: Iterable[Score], **options: Any) -> None:
        super().__init__(*args, **options)
        self.scores = {_key(one.measure, one.total, one.on): one for one in scores}
        self.fields["score"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("None")),
            *((key, _named(score)) for key, score in self.scores.items()),
        ]

    def clean_said_on(self) -> date:
        """Return the day, if it can have been said on it."""
        return self.checked("said_on")

    def said(self) -> dict[str, Any]:
        """Return what was said."""
        values = self.cleaned_data
        score = self.scores.get(values["score"])
        return {
            **{name: values[name] for name in TEXT},
            "treatable": values["treatable"],
            "no_fault": values["no_fault"],
            "said_on": values["said_on"],
            "measure": score.measure if score else "",
            "total": score.total if score else None,
            "scored_on": score.on if score else None,
        }


def begun_with_diagnosis(row: Diagnosis | None, today: date) -> dict[str, Any]:
    """Return what a form about the diagnosis begins with."""
    if row is None:
        return {"version": 0, "said_on": today, "treatable": True, "no_fault": True}
    return {
        **{name: getattr(row, name) for name in TEXT},
        "version": row.number,
        "treatable": row.treatable,
        "no_fault": row.no_fault,
        "said_on": row.said_on,
        "score": _key(row.measure, row.total, row.scored_on) if row.measure else "",
    }


def score_of_row(row: Diagnosis | None) -> list[Score]:
    """Return the score that a row rests on, so that it can be chosen again."""
    known = load_measures().get(row.measure) if row else None
    if row is None or known is None or row.total is None or row.scored_on is None:
        return []
    return [
        Score(
            measure=row.measure,
            name=known.short_name,
            total=row.total,
            on=row.scored_on,
        )
    ]


class RecoveryRoleForm(forms.Form):
    """What may rest for now, and what is kept up."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    rests = Words(label=gettext_lazy("What may rest for now"), max_length=2000)
    keeps = Words(
        label=gettext_lazy("What they keep up"), max_length=2000, required=False
    )
    told = OneLine(label=gettext_lazy("Who was told"), max_length=500, required=False)
    review_on = day_field(gettext_lazy("Look at it again on"), required=False)
    reason = Words(
        label=gettext_lazy("Why it is different here"),
        max_length=1000,
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    @property
    def asks_reason(self) -> bool:
        """Whether the field for a reason is shown: when it is wanted, or was filled."""
        return "reason" in self.errors or bool(self["reason"].value())

    def clean_review_on(self) -> date | None:
        """Return the day, if it is to come within a year."""
        review_on: date | None = self.cleaned_data["review_on"]
        if review_on and not self.today < review_on <= self.today + LATEST_REVIEW:
            raise forms.ValidationError(_("Choose a day within the coming year."))
        return review_on

    def rests_now(self) -> dict[str, Any]:
        """Return what was agreed."""
        names = ("rests", "keeps", "told", "review_on", "reason")
        return {name: self.cleaned_data[name] for name in names}


def begun_with_role(row: RecoveryRole | None, today: date) -> dict[str, Any]:
    """Return what a form about the recovery role begins with."""
    if row is None or row.ended_at:
        number = row.number if row else 0
        return {"version": number, "review_on": today + timedelta(weeks=4)}
    names = ("rests", "keeps", "told", "reason")
    later = row.review_on if row.review_on and row.review_on > today else None
    return {
        **{name: getattr(row, name) for name in names},
        "version": row.number,
        "review_on": later,
    }


class FormulationForm(forms.Form):
    """The paragraph to the person."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    text = Words(label=gettext_lazy("To the person"), max_length=6000, rows=12)


class AnswerForm(forms.Form):
    """What the person says to a formulation."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    words = Words(
        label=gettext_lazy("What does not fit"), max_length=4000, required=False, rows=4
    )

    @property
    def agrees(self) -> bool:
        """Whether it fits."""
        return bool(self.cleaned_data["answer"] == "yes")

    def clean(self) -> dict[str, Any]:
        """Ask for words where it does not fit."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("answer") == "no" and not values.get("words"):
            self.add_error("words", _("Write a few words about what does not fit."))
        return values


class SpokenForm(_InCourse):
    """The day on which somebody without an account agreed."""

    spoken_on = day_field(gettext_lazy("Agreed in the session of"))

    def clean_spoken_on(self) -> date:
        """Return the day, if they can have agreed on it."""
        return self.checked("spoken_on")


class LongBeginningForm(forms.Form):
    """Why the beginning takes longer."""

    reason = Words(
        label=gettext_lazy("Why it takes longer here"), max_length=1000, rows=3
    )


class RemissionForm(_InCourse):
    """The day on which the illness was found to be gone."""

    measure = forms.ChoiceField(label=gettext_lazy("Questionnaire"))
    total = forms.IntegerField(label=gettext_lazy("Points"), min_value=0)
    on_date = day_field(gettext_lazy("On"))
    words = Words(
        label=gettext_lazy("Why it counts as gone"),
        max_length=1000,
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, measure.short_name) for key, measure in load_measures().items()
        ]

    def clean_on_date(self) -> date:
        """Return the day, if it lies in this course."""
        return self.checked("on_date")

    @property
    def asks_words(self) -> bool:
        """Whether the field for words is shown: when they are wanted, or were written."""
        return "words" in self.errors or bool(self["words"].value())


def _key(measure: str, total: int | None, on: date | None) -> str:
    return f"{measure}|{total}|{on.isoformat() if on else ''}"


def _named(score: Score) -> str:
    return _("%(measure)s: %(total)s points, %(day)s") % {
        "measure": score.name,
        "total": score.total,
        "day": dates.short_day(score.on),
    }
