"""What is typed into lists, and at the end of a course."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openipt.core.course import OUTREACH_WAYS, load_early_reasons
from openipt.courses.queries import WORDS
from openipt.web.fields import Words

LONGEST_AGO = timedelta(days=366)
WAYS = {
    "phone": _("Phoned"),
    "letter": _("Wrote a letter"),
    "mail": _("Wrote an e-mail"),
    "visit": _("Called in person"),
    "through_somebody": _("Asked through somebody they agreed to"),
}


class ListFilter(forms.Form):
    """Words that a row must hold to be shown; sent by POST, so names reach no address."""

    words = forms.CharField(label=_("Find in the list"), max_length=100, required=False)

    def wanted(self) -> list[str]:
        """Return the words in small letters; none if nothing was sent, or too much."""
        if not self.is_valid():
            return []
        return str(self.cleaned_data["words"]).casefold().split()


class WordsForm(forms.Form):
    """What the person says when they look back, and whether the care team reads it."""

    better = Words(
        label=_("What is better now"), max_length=4000, required=False, rows=3
    )
    helped = Words(
        label=_("What helped, and what I did for it"),
        max_length=4000,
        required=False,
        rows=3,
    )
    unfinished = Words(
        label=_("What is not finished, or may become hard"),
        max_length=4000,
        required=False,
        rows=3,
    )
    signs = Words(
        label=_("How I would notice that it comes back, and what I do then"),
        max_length=4000,
        required=False,
        rows=3,
    )
    shared = forms.BooleanField(
        label=_("My therapist may read these words"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def words(self) -> Mapping[str, str]:
        """Return what was written, by its name."""
        return {name: self.cleaned_data[name] for name in WORDS}


class OutreachForm(forms.Form):
    """One try to reach somebody who stays away."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[(way, WAYS[way]) for way in OUTREACH_WAYS],
    )
    on_date = forms.DateField(
        label=_("When"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reached = forms.TypedChoiceField(
        label=_("Did you reach them?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
    )
    note = Words(label=_("What came of it"), max_length=1000, required=False, rows=2)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)

    def clean_on_date(self) -> date:
        """Return the day of the try; it cannot lie ahead, nor more than a year back."""
        on: date = self.cleaned_data["on_date"]
        if not self.today - LONGEST_AGO <= on <= self.today:
            raise forms.ValidationError(
                gettext("Choose a day that lies behind, within the last year.")
            )
        return on

    def tried(self) -> dict[str, Any]:
        """Return what was tried."""
        names = ("way", "on_date", "reached", "note")
        return {name: self.cleaned_data[name] for name in names}


class EndForm(forms.Form):
    """How a course ends; a reason is asked for where it ends earlier than agreed."""

    early_reason = forms.ChoiceField(
        label=_("Why it ends early"), widget=forms.RadioSelect, required=False
    )
    early_words = Words(
        label=_("More about it, for the care team"),
        max_length=2000,
        required=False,
        rows=2,
    )
    despite = Words(
        label=_("Why it ends all the same, for the care team"),
        max_length=1000,
        required=False,
        rows=2,
    )
    afterwards = Words(
        label=_("What you agreed for the time after"),
        max_length=2000,
        required=False,
        rows=3,
    )
    sure = forms.BooleanField(label=_("Yes, this course ends now"))

    def __init__(self, *args: Any, early: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sure"].error_messages["required"] = gettext(
            "Tick this to end the course. It cannot be opened again."
        )
        # Whether it is early can change between loading and sending: words stay.
        self._leave_out("early_words" if not early else "despite")
        if not early:
            del self.fields["early_reason"]
            return
        reasons = load_early_reasons().values()
        field: Any = self.fields["early_reason"]
        field.choices = [(reason.key, gettext(reason.label)) for reason in reasons]

    def _leave_out(self, name: str) -> None:
        """Take away a question that is not asked now, unless it was answered."""
        if not self.data.get(name, "").strip():
            del self.fields[name]

    def clean_early_reason(self) -> str:
        """Return the reason, which an early ending has."""
        reason: str = self.cleaned_data["early_reason"]
        if not reason:
            raise forms.ValidationError(gettext("Choose the reason."))
        return reason

    def how(self) -> dict[str, str]:
        """Return how it ends."""
        names = ("afterwards", "early_reason", "early_words", "despite")
        return {name: self.cleaned_data.get(name, "") for name in names}
