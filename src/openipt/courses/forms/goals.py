"""A goal with its five steps, and how far it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.goals import HOPED, load_steps
from openipt.courses.models import Goal, GoalRating
from openipt.courses.operations import GoalSaid, Rated
from openipt.courses.queries import FocusView
from openipt.web.fields import OneLine, Words

SAID = (
    (GoalRating.Said.PERSON.value, gettext_lazy("The person")),
    (GoalRating.Said.THERAPIST.value, gettext_lazy("I")),
)


class GoalForm(forms.Form):
    """What is to be reached under which focus, and what each step looks like."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    focus = forms.ChoiceField(label=gettext_lazy("Under which focus"))
    title = OneLine(label=gettext_lazy("The goal"), max_length=300)

    def __init__(
        self, *args: Any, foci: Iterable[FocusView] = (), **options: Any
    ) -> None:
        """Offer the foci that a goal can belong to; none where it has its own already."""
        super().__init__(*args, **options)
        offered = [(str(view.focus.pk), _(view.area.name)) for view in foci]
        if offered:
            self.fields["focus"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["focus"]
        for step in load_steps():
            self.fields[f"level_{step.level}"] = Words(
                label=_(step.label),
                help_text=_(step.hint),
                max_length=400,
                required=step.level == HOPED,
                rows=2,
            )

    def steps(self) -> list[forms.BoundField]:
        """Return the fields of the steps, from the lowest to the highest."""
        return [self[f"level_{step.level}"] for step in load_steps()]

    def said(self) -> GoalSaid:
        """Return how the goal is put."""
        values = self.cleaned_data
        return GoalSaid(
            title=values["title"],
            levels={step.key: values[f"level_{step.level}"] for step in load_steps()},
        )


class RateForm(forms.Form):
    """How far a goal is now, who says so, and a word about it."""

    submission_id = forms.UUIDField()
    level = forms.TypedChoiceField(
        label=gettext_lazy("Where it is now"),
        coerce=int,
        choices=[(step.key, step.key) for step in load_steps()],
        error_messages={"required": gettext_lazy("Choose one of the five steps.")},
    )
    said = forms.ChoiceField(
        label=gettext_lazy("Who says so"), choices=SAID, required=False
    )
    words = Words(
        label=gettext_lazy("A word about it"), max_length=1000, required=False, rows=2
    )

    def rated(self) -> Rated:
        """Return what was said."""
        values = self.cleaned_data
        said = values.get("said", GoalRating.Said.PERSON.value)
        return Rated(level=values["level"], said=said, words=values["words"])

    def clean_said(self) -> str:
        """Return who said it; the person, where nobody was chosen."""
        said: str = self.cleaned_data["said"]
        return said or GoalRating.Said.PERSON.value


class OwnRateForm(RateForm):
    """The same on the person's own page, where nobody asks who says so."""

    said = None  # type: ignore[assignment]  # takes the field away


def begun_with_goal(goal: Goal) -> dict[str, Any]:
    """Return what a form about a goal begins with."""
    return {
        "version": goal.version,
        "title": goal.title,
        **{
            f"level_{step.level}": goal.levels.get(step.key, "")
            for step in load_steps()
        },
    }
