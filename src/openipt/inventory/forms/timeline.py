"""What is typed about something that happened. Forms give events; they never save."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.timeline import (
    EFFECTS,
    SEASONS,
    Event,
    Moment,
    Season,
    faults_of,
    is_year,
    load_kinds,
)
from openipt.inventory.queries import effect_words
from openipt.web import dates
from openipt.web.fields import Name, OneLine, Words, why_no_time

LONGEST_EVENT = 2000
LEAST_YEAR = 1000
"""The first year of four digits."""
DIGITS = 4


class EventForm(forms.Form):
    """Something that happened: what, when as far as it is remembered, what it did."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    title = Name(label=gettext_lazy("What happened"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("What it has to do with"))
    year = OneLine(label=gettext_lazy("Year"), max_length=10)
    part = forms.ChoiceField(
        label=gettext_lazy("Month or time of the year"), required=False
    )
    day = OneLine(label=gettext_lazy("Day"), max_length=10, required=False)
    lasts = forms.BooleanField(label=gettext_lazy("It still goes on"), required=False)
    until_year = OneLine(label=gettext_lazy("Year"), max_length=10, required=False)
    until_part = forms.ChoiceField(
        label=gettext_lazy("Month or time of the year"), required=False
    )
    until_day = OneLine(label=gettext_lazy("Day"), max_length=10, required=False)
    effect = forms.ChoiceField(
        label=gettext_lazy("What it did to my mood"),
        widget=forms.RadioSelect,
        required=False,
    )
    whom = forms.MultipleChoiceField(
        label=gettext_lazy("With whom"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = Words(
        label=gettext_lazy("In my words"), max_length=LONGEST_EVENT, required=False
    )
    is_onset = forms.BooleanField(
        label=gettext_lazy("Around here it began that I feel as I do now"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        people: Iterable[tuple[str, str]] = (),
        born_on: date | None = None,
        **options: Any,
    ) -> None:
        """Offer the words there are; `people` are ids and names of the circle."""
        super().__init__(*args, **options)
        self.today, self.born_on = today, born_on
        kinds = [(kind.key, _(kind.label)) for kind in load_kinds().values()]
        self._choose("kind", [("", _("Please choose")), *kinds])
        self._choose("part", _parts())
        self._choose("until_part", _parts())
        self._choose("effect", _effects())
        self._choose("whom", list(people))

    def clean(self) -> dict[str, Any]:
        """Put the times together and catch those that cannot be."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        values["when"] = self._moment("")
        values["until"] = self._moment("until_")
        if values["until"] and values.get("lasts"):
            self.add_error("lasts", _("It goes on or it is over. Please choose one."))
        faults = faults_of(
            values["when"], values["until"], today=self.today, born_on=self.born_on
        )
        for name, fault in faults.items():
            self.add_error(
                "until_year" if name == "until" else "year",
                why_no_time(fault, today=self.today),
            )
        return values

    def event(self) -> Event:
        """Return what was said."""
        values = self.cleaned_data
        return Event(
            title=values["title"],
            kind=values["kind"],
            when=values["when"],
            until=values["until"],
            lasts=values["lasts"],
            effect=int(values["effect"]) if values["effect"] else None,
            whom=tuple(values["whom"]),
            words=values["words"],
            is_onset=values["is_onset"],
        )

    def _moment(self, start: str) -> Moment | None:
        """Return the time in three fields, None where it is empty or wrong; say what is."""
        said = {
            name: self.cleaned_data.get(f"{start}{name}", "")
            for name in ("year", "part", "day")
        }
        if not said["year"]:
            if (said["part"] or said["day"]) and start:
                self.add_error(f"{start}year", _("Please write the year too."))
            return None
        year = _number(said["year"])
        if year is None or year < LEAST_YEAR:
            self.add_error(
                f"{start}year", _("Please write the year in four digits: 2019.")
            )
            return None
        if not is_year(year, today=self.today):
            self.add_error(
                f"{start}year",
                _(
                    "Please write the year in four digits, in the calendar in which it is "
                    "%(year)s now."
                )
                % {"year": self.today.year},
            )
            return None
        if said["day"] and not said["part"].isdigit():
            self.add_error(f"{start}part", _("A day needs its month."))
            return None
        return self._in_calendar(start, year, said["part"], said["day"])

    def _in_calendar(self, start: str, year: int, part: str, day: str) -> Moment | None:
        season: Season | None = next((one for one in SEASONS if one == part), None)
        number = _number(day) or 0
        try:
            return Moment(
                year=year,
                season=season,
                month=int(part) if part.isdigit() else None,
                day=number if day else None,
            )
        except ValueError:
            self.add_error(f"{start}day", _("There is no such day."))
            return None

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def event_begun_with(event: Event) -> dict[str, Any]:
    """Return what a form about an event begins with."""
    return {
        "title": event.title,
        "kind": event.kind,
        **_said_of("", event.when),
        "lasts": event.lasts,
        **_said_of("until_", event.until),
        "effect": "" if event.effect is None else str(event.effect),
        "whom": list(event.whom),
        "words": event.words,
        "is_onset": event.is_onset,
    }


def _said_of(start: str, moment: Moment | None) -> dict[str, str]:
    if moment is None:
        return {f"{start}year": "", f"{start}part": "", f"{start}day": ""}
    return {
        f"{start}year": str(moment.year),
        f"{start}part": moment.season or str(moment.month or ""),
        f"{start}day": str(moment.day or ""),
    }


def _parts() -> list[tuple[str, str]]:
    """Return the times of a year; the months beside a season say which it is."""
    return [
        ("", _("Not sure")),
        ("spring", _("Spring (March to May)")),
        ("summer", _("Summer (June to August)")),
        ("autumn", _("Autumn (September to November)")),
        ("winter", _("Winter (from December on)")),
        *((str(month), dates.month_name(month)) for month in range(1, 13)),
    ]


def _effects() -> list[tuple[str, str]]:
    signs = {effect: f"{effect:+d}".replace("-", "−") for effect in EFFECTS} | {0: "0"}
    return [
        ("", _("Not said")),
        *(
            (str(effect), f"{signs[effect]} {effect_words(effect)}")
            for effect in EFFECTS
        ),
    ]


def _number(said: str) -> int | None:
    """Return a whole number in any script's digits, None for anything else."""
    return int(said) if said.isdecimal() and len(said) <= DIGITS else None
