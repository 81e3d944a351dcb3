"""What people write about an alert, and the help numbers of a service."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from openipt.core.helplines import LONGEST
from openipt.people.models import Service
from openipt.web.countries import country_choices
from openipt.web.fields import Words

from . import access
from .operations import HelpNumber

_LONGEST_NOTE = 4000
# Marks that turn the direction of text: a number after one would read backwards.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class OneLine(forms.CharField):
    """A line of text without line breaks and marks that turn its direction."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return " ".join(_TURNING.sub("", text).split()) if text else text


class Contact(forms.Form):
    """Whether the person was reached, and what there is to say about it."""

    reached = forms.ChoiceField(
        label=_("Did you reach them?"),
        choices=(
            ("yes", _("I spoke with them")),
            ("no", _("I could not reach them")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you reached them.")},
    )
    note = Words(
        label=_("What there is to say about it"),
        help_text=_("When you tried, and how."),
        max_length=_LONGEST_NOTE,
        required=False,
    )


class Assess(forms.Form):
    """What the member found, in words."""

    note = Words(
        label=_("What did you find?"),
        help_text=_("In your own words. No score stands for this."),
        max_length=_LONGEST_NOTE,
        rows=5,
        error_messages={"required": _("Please write what you found.")},
    )


class Close(forms.Form):
    """What came of the alert."""

    outcome = Words(
        label=_("What has been agreed, and who does it?"),
        help_text=_("This closes the alert. It stays in the record."),
        max_length=_LONGEST_NOTE,
        rows=5,
        error_messages={"required": _("An alert is closed with a written outcome.")},
    )


class Reopen(forms.Form):
    """Why a closed alert is opened again."""

    reason = Words(
        label=_("Why is it opened again?"),
        max_length=_LONGEST_NOTE,
        error_messages={"required": _("Please write why it is opened again.")},
    )


class KeepHelpNumber(forms.Form):
    """A number as an administrator writes it down."""

    country = forms.ChoiceField(label=_("Country"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=(
            ("emergency", _("Emergency number")),
            ("crisis", _("Crisis line")),
            ("other", _("Somewhere else to turn to")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    name = OneLine(label=_("Name"), help_text=_("What one calls it."), max_length=120)
    number = OneLine(label=_("Number"), max_length=LONGEST * 2)
    hours = OneLine(
        label=_("When it answers"),
        help_text=_("For example: day and night, every day."),
        max_length=120,
        required=False,
    )
    note = OneLine(
        label=_("Anything to know before calling"),
        help_text=_("Whether it is free, in which languages, for whom."),
        max_length=300,
        required=False,
    )
    source = OneLine(
        label=_("Where you found it"),
        help_text=_("Best of all the operator's own page."),
        max_length=300,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, service: Service, **named: Any) -> None:
        super().__init__(*args, **named)
        self.service = service
        field = cast("forms.ChoiceField", self.fields["country"])
        field.choices = country_choices([service.country])
        field.initial = service.country

    def clean(self) -> dict[str, Any]:
        cleaned = cast("dict[str, Any]", super().clean())
        if cleaned.get("number") and cleaned.get("country"):
            fault = access.fault_of_help_number(
                cleaned["number"],
                country=cleaned["country"],
                is_demo=self.service.is_demo,
            )
            if fault:
                self.add_error("number", fault)
        return cleaned

    def details(self) -> HelpNumber:
        """Return what was written, once it is valid."""
        wanted = ("country", "kind", "name", "number", "hours", "note", "source")
        return HelpNumber(**{name: self.cleaned_data[name] for name in wanted})
