"""Forms about the service itself: its settings and its notice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from babel.dates import get_day_names
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.people.models import Service
from openipt.web.countries import country_choices
from openipt.web.dates import reader_locale
from openipt.web.fields import Name, Words

from .fields import ClockInput

SPANS = (1, 2)
"""A day has two openings at most: before and after a break."""
WEEKDAYS = range(7)
HOLIDAYS_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class DayRow:
    """A weekday with its four clock fields, for the page."""

    name: str
    spans: list[tuple[forms.BoundField, forms.BoundField]]

    @property
    def errors(self) -> list[str]:
        """What is wrong on this day, once each."""
        found = [str(e) for pair in self.spans for bound in pair for e in bound.errors]
        return list(dict.fromkeys(found))


class ServiceSettings(forms.Form):
    """Name, country, zone, languages, hours, holidays and contact of a service."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    name = Name(label=gettext_lazy("Name of the service"), max_length=120)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Whose help numbers count for the service."),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "For hours and new appointments. Appointments that are agreed keep theirs."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In which people can use the service."),
    )
    holidays = Words(
        label=gettext_lazy("Days on which the service is closed"),
        required=False,
        rows=6,
        max_length=10_000,
        help_text=gettext_lazy(
            "One date a line, year first, such as 2026-12-25. A day that is not listed "
            "counts as open."
        ),
    )
    contact = Words(
        label=gettext_lazy("How people reach the service"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Telephone and times, address. Every person sees it."),
    )

    def __init__(self, data: Any = None, *, service: Service) -> None:
        super().__init__(data, initial=_initial(service))
        self.fields["country"].choices = country_choices([service.country])  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["zone"].choices = _zones(service.zone)  # type: ignore[attr-defined]  # as above
        for day in WEEKDAYS:
            for span in SPANS:
                for end, label in (("from", _("opens")), ("until", _("closes"))):
                    self.fields[f"{end}_{day}_{span}"] = forms.TimeField(
                        label=f"{_weekday(day)}, {label}",
                        required=False,
                        widget=ClockInput(),
                    )

    def day_rows(self) -> list[DayRow]:
        """Return the clock fields by weekday, Monday first."""
        return [
            DayRow(
                _weekday(day),
                [(self[f"from_{day}_{n}"], self[f"until_{day}_{n}"]) for n in SPANS],
            )
            for day in WEEKDAYS
        ]

    def clean_holidays(self) -> list[str]:
        """Return the dates in order, once each."""
        days = set()
        for line in self.cleaned_data["holidays"].splitlines():
            if not line.strip():
                continue
            try:
                days.add(date.fromisoformat(line.strip()))
            except ValueError:
                raise forms.ValidationError(
                    _("“%(line)s” is no date. Write it as 2026-12-25.")
                    % {"line": line.strip()[:40]}
                ) from None
        if len(days) > HOLIDAYS_AT_MOST:
            raise forms.ValidationError(_("These are too many days for a list."))
        return [day.isoformat() for day in sorted(days)]

    def clean(self) -> dict[str, Any]:
        """Put the clock fields together as the hours of the week."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        hours = {str(day): list(self._openings(day, answers)) for day in WEEKDAYS}
        answers["hours"] = {day: spans for day, spans in hours.items() if spans}
        if not answers["hours"] and not self.errors:
            raise forms.ValidationError(
                _("Give the service hours on one day at least: alerts follow them.")
            )
        return answers

    def changes(self) -> dict[str, Any]:
        """Return what the operation takes."""
        clocks = {
            f"{e}_{d}_{n}" for e in ("from", "until") for d in WEEKDAYS for n in SPANS
        }
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in clocks and name != "version"
        }

    def _openings(self, day: int, answers: Mapping[str, Any]) -> Iterator[list[str]]:
        earlier: time | None = None
        for span in SPANS:
            name = f"until_{day}_{span}"
            opens, closes = answers.get(f"from_{day}_{span}"), answers.get(name)
            if opens is None and closes is None:
                continue
            if opens is None or closes is None:
                self.add_error(name, _("Write both times, or neither."))
            elif closes != time.min and closes <= opens:
                self.add_error(name, _("It closes after it opens."))
            elif earlier is not None and (opens < earlier or earlier == time.min):
                self.add_error(name, _("The second opening comes after the first."))
            else:
                earlier = closes
                yield [opens.strftime("%H:%M"), closes.strftime("%H:%M")]


class NoticeText(forms.Form):
    """The text of a new version of the notice."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = Words(
        label=gettext_lazy("Notice"),
        rows=24,
        max_length=20_000,
        help_text=gettext_lazy(
            "An empty line parts paragraphs. A line that starts with # is a heading, "
            "one that starts with - a point of a list."
        ),
    )


def _initial(service: Service) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "version": service.version,
        "name": service.name,
        "country": service.country,
        "zone": service.zone,
        "languages": service.languages,
        "holidays": "\n".join(service.holidays),
        "contact": service.contact,
    }
    for day, spans in service.hours.items():
        for span, (opens, closes) in zip(SPANS, spans, strict=False):
            initial[f"from_{day}_{span}"] = opens
            initial[f"until_{day}_{span}"] = closes
    return initial


def _weekday(day: int) -> str:
    return str(get_day_names("wide", "stand-alone", reader_locale())[day])


def _zones(own: str) -> list[tuple[str, str]]:
    """Return the zones that people live in, and the service's own whatever it is."""
    lived_in = {
        zone
        for zone in available_timezones()
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    }
    return [(zone, zone.replace("_", " ")) for zone in sorted(lived_in | {own, "UTC"})]
