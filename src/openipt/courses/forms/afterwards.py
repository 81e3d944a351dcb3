"""What is written for the time after a course."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openipt.core.afterwards import (
    MOST_CONTACTS,
    STEPS,
    WENT,
    Contact,
    StayingWell,
    load_next_steps,
)
from openipt.core.protocols.rules import Finding, check_afterwards
from openipt.courses import access
from openipt.courses.operations import Decided, Told, afterwards_of
from openipt.courses.queries import WENT_WORDS
from openipt.web.fields import OneLine, Words

MOST_LINES, LONGEST_LINE = 12, 300
LATEST_REVIEW = timedelta(days=366 * 3)
MOST_DAYS, MOST_MONTHS = 92, 120
FIELD_OF_RULE = {
    "maintenance_discussed": "reason",
    "without_the_medicine": "reason_without",
    "maintenance_plan": "reason_open",
}


class Lines(Words):
    """Several short texts, one a line; empty lines do not count."""

    def clean(self, value: Any) -> Any:
        """Return the text, if it has not too many lines or too long ones."""
        text = super().clean(value)
        lines = lines_of(text)
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                gettext("Write %(n)s lines at most.") % {"n": MOST_LINES}
            )
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(
                gettext("Keep each line below %(n)s characters.") % {"n": LONGEST_LINE}
            )
        return text


class PlanForm(forms.Form):
    """The plan for staying well, and whether the care team reads it."""

    signs = Lines(label=_("My early signs"), max_length=4000, required=False, rows=4)
    seen = Lines(label=_("What others notice"), max_length=4000, required=False, rows=3)
    helps = Words(label=_("What helps me"), max_length=2000, required=False, rows=3)
    risks = Words(
        label=_("Times that may become hard"), max_length=2000, required=False, rows=3
    )
    review_on = forms.DateField(
        label=_("The day I look at this again"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shared = forms.BooleanField(
        label=_("My therapist reads this plan and writes in it with me"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(
        self, *args: Any, today: date, known: date | None, **options: Any
    ) -> None:
        self.today, self.known = today, known
        super().__init__(*args, **options)
        for number in range(1, STEPS + 1):
            self.fields[f"step_{number}"] = OneLine(
                label=gettext("Step %(n)s") % {"n": number},
                max_length=LONGEST_LINE,
                required=False,
            )
        for number in range(1, MOST_CONTACTS + 1):
            self.fields[f"name_{number}"] = OneLine(
                label=gettext("Person %(n)s") % {"n": number},
                max_length=120,
                required=False,
            )
            self.fields[f"how_{number}"] = OneLine(
                label=gettext("How I reach them"), max_length=200, required=False
            )

    @property
    def steps(self) -> list[forms.BoundField]:
        """The steps, in their order."""
        return [self[f"step_{number}"] for number in range(1, STEPS + 1)]

    @property
    def contacts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each person to call with how they are reached."""
        return [
            (self[f"name_{number}"], self[f"how_{number}"])
            for number in range(1, MOST_CONTACTS + 1)
        ]

    def clean_review_on(self) -> date | None:
        """Return the day; a new one lies ahead, within three years."""
        on: date | None = self.cleaned_data["review_on"]
        if on is None or on == self.known:
            return on
        if not self.today <= on <= self.today + LATEST_REVIEW:
            raise forms.ValidationError(
                gettext("Choose a day that lies ahead, within three years.")
            )
        return on

    def clean(self) -> dict[str, Any]:
        """Ask for the name of whoever is to be reached."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, MOST_CONTACTS + 1):
            if values.get(f"how_{number}") and not values.get(f"name_{number}"):
                self.add_error(f"name_{number}", gettext("Write who this is."))
        return values

    def plan(self) -> StayingWell:
        """Return the plan that was written."""
        values = self.cleaned_data
        numbers = range(1, MOST_CONTACTS + 1)
        steps = (values[f"step_{number}"] for number in range(1, STEPS + 1))
        return StayingWell(
            signs=lines_of(values["signs"]),
            seen=lines_of(values["seen"]),
            helps=values["helps"].strip(),
            contacts=tuple(
                Contact(name=values[f"name_{n}"], how=values[f"how_{n}"])
                for n in numbers
                if values[f"name_{n}"]
            ),
            risks=values["risks"].strip(),
            steps=tuple(step for step in steps if step),
            review_on=values["review_on"],
        )


class DecisionForm(forms.Form):
    """The decision on maintenance; the rules ask for reasons where something is open."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    discussed = forms.TypedChoiceField(
        label=_("Did you speak about maintenance?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
    )
    maintenance = forms.TypedChoiceField(
        label=_("What did you decide?"),
        widget=forms.RadioSelect,
        choices=[("no", _("No maintenance")), ("yes", _("Maintenance sessions"))],
        coerce=lambda answer: answer == "yes",
    )
    reason = Words(label=_("Why"), max_length=2000, required=False, rows=3)
    needed_medicine = forms.BooleanField(
        label=_("It took medicine to get well"), required=False
    )
    with_medicine = forms.BooleanField(label=_("The medicine goes on"), required=False)
    reason_without = Words(
        label=_("Why without the medicine"), max_length=2000, required=False, rows=2
    )
    days_between = forms.IntegerField(
        label=_("Days from one session to the next"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        initial=28,
    )
    horizon_months = forms.IntegerField(
        label=_("For how many months"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
    )
    stop_rule = Words(
        label=_("When it stops earlier, or is looked at again"),
        max_length=1000,
        required=False,
        rows=2,
    )
    reason_open = Words(
        label=_("Why something is left open"), max_length=1000, required=False, rows=2
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where one of the rules R02 to R04 wants it."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if {"discussed", "maintenance"} <= values.keys() and not self.errors:
            for found in self.found():
                self.add_error(FIELD_OF_RULE[found.key], access.in_words([found]))
        return values

    def found(self) -> tuple[Finding, ...]:
        """Return what the rules still ask for."""
        return check_afterwards(afterwards_of(self.decided()))

    def decided(self) -> Decided:
        """Return what was decided."""
        values = self.cleaned_data
        return Decided(
            discussed=values["discussed"],
            maintenance=values["maintenance"],
            reason=values["reason"],
            needed_medicine=values["needed_medicine"],
            with_medicine=values["with_medicine"],
            reason_without=values["reason_without"],
            days_between=values["days_between"],
            horizon_months=values["horizon_months"],
            stop_rule=values["stop_rule"],
            reason_open=values["reason_open"],
        )


class WentForm(forms.Form):
    """How a course went, and what comes next."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    went = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[(key, WENT_WORDS[key]) for key in WENT],
    )
    next_steps = forms.MultipleChoiceField(
        label=_("What comes next"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = Words(
        label=_("What you chose together"), max_length=2000, required=False, rows=3
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["next_steps"]
        field.choices = [
            (step.key, gettext(step.label)) for step in load_next_steps().values()
        ]

    def told(self) -> Told:
        """Return how it went."""
        values = self.cleaned_data
        return Told(
            went=values["went"],
            next_steps=values["next_steps"],
            words=values["words"],
        )


class LetterForm(forms.Form):
    """A letter, as it will be read."""

    text = Words(
        label=_("The letter"),
        max_length=8000,
        rows=18,
        error_messages={"required": _("Write the letter first.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)


def begun_with_plan(plan: StayingWell) -> Mapping[str, Any]:
    """Return what the form of a plan begins with."""
    begun: dict[str, Any] = {
        "signs": "\n".join(plan.signs),
        "seen": "\n".join(plan.seen),
        "helps": plan.helps,
        "risks": plan.risks,
        "review_on": plan.review_on,
    }
    for number, step in enumerate(plan.steps, 1):
        begun[f"step_{number}"] = step
    for number, contact in enumerate(plan.contacts, 1):
        begun[f"name_{number}"], begun[f"how_{number}"] = contact.name, contact.how
    return begun


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(line for line in lines if line)
