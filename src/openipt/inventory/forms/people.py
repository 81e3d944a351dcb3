"""What is typed about the people in a life. Forms check and give ties; they never save."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.inventory import FARTHEST, TEXTS, Choice, Ring, Tie, load_choices
from openipt.core.timeline import days_in, fault_of_words
from openipt.web.fields import Name, OneLine, Words, why_no_time

LONGEST = 2000
SPREAD = 137
"""Degrees from one new person to the next, so that they do not cover each other."""


class TieForm(forms.Form):
    """Somebody in a life: who, how close, how it is."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    label = Name(label=gettext_lazy("Name or initials"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Who it is"))
    ring = forms.ChoiceField(label=gettext_lazy("How close"), widget=forms.RadioSelect)
    wished = forms.ChoiceField(label=gettext_lazy("How close I wish"), required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("How it is between us"), widget=forms.RadioSelect
    )
    contact = forms.ChoiceField(label=gettext_lazy("Contact"), required=False)
    since = OneLine(label=gettext_lazy("Since when"), max_length=60, required=False)
    died = forms.BooleanField(
        label=gettext_lazy("This person has died"), required=False
    )
    died_when = OneLine(label=gettext_lazy("When"), max_length=60, required=False)
    confidant = forms.BooleanField(
        label=gettext_lazy("I can tell them anything"), required=False
    )
    good = Words(label=gettext_lazy("What is good"), max_length=LONGEST, required=False)
    hard = Words(label=gettext_lazy("What is hard"), max_length=LONGEST, required=False)
    mine = Words(
        label=gettext_lazy("What I expect of them"), max_length=LONGEST, required=False
    )
    theirs = Words(
        label=gettext_lazy("What they expect of me"), max_length=LONGEST, required=False
    )
    change = Words(
        label=gettext_lazy("What I would like to change"),
        max_length=LONGEST,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        born_on: date | None = None,
        place: int = 0,
        **options: Any,
    ) -> None:
        """Offer the words there are; `place` is how many people are there already."""
        super().__init__(*args, **options)
        self.place, self.today, self.born_on = place, today, born_on
        choices = load_choices()
        blank = [("", _("Not said"))]
        self._choose("kind", _offered(choices.kinds.values()))
        self._choose("ring", _offered(choices.rings))
        self._choose("wished", blank + _offered(choices.rings))
        self._choose("standing", _offered(choices.standings.values()))
        self._choose("contact", blank + _offered(choices.contacts.values()))

    def clean(self) -> dict[str, Any]:
        """Catch times that cannot be: to come, before birth, a death before it began."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("since", "died_when"):
            fault = fault_of_words(
                values.get(name, ""), today=self.today, born_on=self.born_on
            )
            if fault:
                self.add_error(name, why_no_time(fault, today=self.today))
        since, died = (days_in(values.get(name, "")) for name in ("since", "died_when"))
        if since and died and died.last < since.first:
            self.add_error("died_when", _("That is before the year it began."))
        if values.get("died_when") and not values.get("died"):
            self.add_error("died", _("Tick this, or leave the day empty."))
        return values

    def tie(self, before: Tie | None = None) -> Tie:
        """Return what was said; who stays in their ring keeps the place within it."""
        values = self.cleaned_data
        said = Tie(
            label=values["label"],
            kind=values["kind"],
            standing=values["standing"],
            contact=values["contact"],
            closeness=_middle_of(values["ring"]),
            wished=_middle_of(values["wished"]) if values["wished"] else None,
            angle=self.place * SPREAD % 360,
            since=values["since"],
            alive=not values["died"],
            died=values["died_when"],
            confidant=values["confidant"],
            **{name: values[name] for name in TEXTS},
        )
        if before is None:
            return said
        stays = load_choices().ring_at(before.closeness).key == values["ring"]
        closeness = before.closeness if stays else said.closeness
        return replace(said, angle=before.angle, closeness=closeness)

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class MoveForm(forms.Form):
    """Where somebody was put in the circle; beyond the rim is no mistake."""

    closeness = forms.IntegerField(min_value=-10_000, max_value=10_000)
    angle = forms.IntegerField(min_value=-10_000, max_value=10_000)
    version = forms.IntegerField(min_value=1)


class TimesForm(forms.Form):
    """Which day the circle is drawn for, and over which other day."""

    on = forms.DateField(required=False)
    then = forms.DateField(required=False)


def begun_with(tie: Tie) -> dict[str, Any]:
    """Return what a form about somebody begins with."""
    choices = load_choices()
    texts = {name: getattr(tie, name) for name in TEXTS}
    return {
        "label": tie.label,
        "kind": tie.kind,
        "ring": choices.ring_at(tie.closeness).key,
        "wished": "" if tie.wished is None else choices.ring_at(tie.wished).key,
        "standing": tie.standing,
        "contact": tie.contact,
        "since": tie.since,
        "died": not tie.alive,
        "died_when": tie.died,
        "confidant": tie.confidant,
        **texts,
    }


def _offered(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    return [(choice.key, _(choice.label)) for choice in choices]


def _middle_of(key: str) -> int:
    """Return the distance in the middle of a ring."""
    inner = 0
    for ring in load_choices().rings:
        if ring.key == key:
            return _half(inner, ring)
        inner = ring.until
    return FARTHEST


def _half(inner: int, ring: Ring) -> int:
    return (inner + ring.until) // 2
