"""What a weekly overview asks, one step at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openipt.core.ids import new_id
from openipt.core.practice import clean, load_kinds
from openipt.web.fields import Words

from .page import KEY

_MOMENT = {field.key: field for field in load_kinds()[KEY].field("moments").fields}
_WEEK = load_kinds()[KEY].field("how_was_week")
EARLIEST = timedelta(days=92)

_MORE = ("feeling", "handled")

DID = (
    ("kept_in", _("I kept it in")),
    ("said_it", _("I said it calmly")),
    ("burst_out", _("It burst out")),
    ("something_else", _("Something else")),
)


class HardMoment(forms.Form):
    """One hard moment: what happened, with whom, what was done, what to try instead.

    `known` are names written before; they are offered to tap. A name that is typed wins.
    """

    what_happened = Words(
        max_length=_MOMENT["what_happened"].most,
        label=_("What happened?"),
        error_messages={"required": _("Say in a few words what happened.")},
    )
    with_known = forms.ChoiceField(
        label=_("Who was it with?"), required=False, widget=forms.RadioSelect
    )
    with_whom = forms.CharField(
        label=_("Who was it with?"),
        max_length=_MOMENT["with_whom"].most,
        required=False,
    )
    feeling = forms.CharField(
        label=_("What did you feel?"),
        max_length=_MOMENT["feeling"].most,
        required=False,
    )
    did = forms.ChoiceField(
        label=_("What did you do with the feeling?"),
        choices=DID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    handled = Words(
        label=_("How did you get through it?"),
        max_length=_MOMENT["handled"].most,
        required=False,
        rows=2,
    )
    try_next = Words(
        label=_("What might you try next time?"),
        help_text=_("One small thing is enough."),
        max_length=_MOMENT["try_next"].most,
        required=False,
        rows=2,
    )
    just_me = forms.BooleanField(
        label=_("Keep this moment just for me"),
        required=False,
        help_text=_("It stays out even when you share the rest of this week."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self.known = tuple(known)
        offered: Any = self.fields["with_known"]
        offered.choices = [(name, name) for name in known]
        if known:
            offered.choices += [("", _("Somebody else"))]
            self.fields["with_whom"].label = _("Who else?")
            self.fields["with_whom"].help_text = _("Leave it empty if it was nobody.")

    def says_more(self) -> bool:
        """Return whether something stands in the fields that only some want."""
        return any(self[name].value() or self[name].errors for name in _MORE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("with_whom"):
            cleaned["with_whom"] = cleaned.get("with_known", "")
        return cleaned

    def moment(self, moment_id: str = "") -> dict[str, Any]:
        """Return the moment as it is kept, under its own id if it has one already."""
        typed = {key: self.cleaned_data.get(key, "") for key in _MOMENT}
        typed["id"] = moment_id or str(self.cleaned_data["submission_id"] or new_id())
        typed["just_me"] = "yes" if self.cleaned_data.get("just_me") else ""
        cleaned: Any = clean(load_kinds()[KEY], {"moments": [typed]}).content
        kept: dict[str, Any] = cleaned["moments"][0]
        return kept


def moment_initial(moment: dict[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """Return what the form starts with when a kept moment is opened again."""
    whom = moment.get("with_whom", "")
    tapped = whom in known
    return {
        **moment,
        "with_known": whom if tapped else "",
        "with_whom": "" if tapped else whom,
        "just_me": bool(moment.get("just_me")),
    }


class WholeWeek(forms.Form):
    """The week as a whole, and up to which day it reaches."""

    how_was_week = Words(
        label=_("How was your week, all in all?"),
        max_length=_WEEK.most,
        required=False,
        rows=4,
    )
    happened_on = forms.DateField(
        label=_("Up to which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.today = today
        control = self.fields["happened_on"].widget
        control.attrs |= {
            "max": f"{today:%Y-%m-%d}",
            "min": f"{today - EARLIEST:%Y-%m-%d}",
        }

    def clean_happened_on(self) -> date:
        chosen: date = self.cleaned_data["happened_on"]
        if chosen > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        if chosen < self.today - EARLIEST:
            raise forms.ValidationError(_("Choose a day of the last three months."))
        return chosen

    def over(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the page with these words in it."""
        return {**content, "how_was_week": self.cleaned_data["how_was_week"]}
