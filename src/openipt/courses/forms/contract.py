"""What the two agree to anew."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.protocols import Variant
from openipt.core.protocols.rules import Finding, check_change
from openipt.courses import access
from openipt.courses.models import Contract
from openipt.courses.queries import Change, Outcome
from openipt.web import dates
from openipt.web.fields import OneLine, Words

from .plan import day_field

LATEST = timedelta(days=366)
"""How long after today, or after the last day agreed so far, a change can begin."""


class NewContractForm(forms.Form):
    """The next version of a contract."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    seen = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=300, initial=""
    )
    """Keys of the warnings that stood on the page when it was sent."""
    sessions = forms.IntegerField(
        label=gettext_lazy("Sessions in all"), min_value=1, max_value=200
    )
    days_between = forms.IntegerField(
        label=gettext_lazy("Days from one session to the next"),
        min_value=1,
        max_value=92,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=access.MINUTES[0],
        max_value=access.MINUTES[1],
    )
    from_on = day_field(gettext_lazy("From which day on"), required=False)
    wall_time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    pause = forms.BooleanField(
        label=gettext_lazy("No sessions until that day"), required=False
    )
    missing_rule = Words(
        label=gettext_lazy("When a session is missed"),
        max_length=1000,
        required=False,
        rows=2,
    )
    prescriber = OneLine(
        label=gettext_lazy("Who prescribes the medicine"),
        max_length=200,
        required=False,
    )
    reason = Words(
        label=gettext_lazy("Why you agree on this"),
        max_length=1000,
        required=False,
        rows=3,
    )

    def __init__(
        self,
        *args: Any,
        variant: Variant,
        contract: Contract,
        today: date,
        outcome_of: Callable[[Change], Outcome],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.variant, self.contract, self.outcome_of = variant, contract, outcome_of
        self.today = today
        self.latest = max(today, contract.last_on) + LATEST

    def clean_from_on(self) -> date:
        """Return the day, which is still to come and near enough to be meant.

        Without one no last day is known, and that is refused (P05).
        """
        from_on: date | None = self.cleaned_data["from_on"]
        if from_on is None:
            before = (self.contract.sessions, self.contract.last_on)
            found = check_change(
                before=before, after=(before[0], None), new_version=True
            )
            raise forms.ValidationError(access.in_words([found] if found else []))
        if from_on < self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if from_on > self.latest:
            raise forms.ValidationError(
                _("Choose a day not later than %(day)s.")
                % {"day": dates.day(self.latest, year=True)}
            )
        return from_on

    def clean(self) -> dict[str, Any]:
        """Ask the rules about the change, and for the reason."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = ""
        if not self.errors:
            outcome = self.outcome_of(self.change())
            findings = access.findings_of_change(
                self.variant,
                sessions=values["sessions"],
                minutes=values["minutes"],
                days_between=values["days_between"],
                weeks=outcome.weeks,
                gap=outcome.gap,
            )
            if refusal := access.refusal_of(findings):
                self.add_error("sessions", refusal)
            wanted = self._unseen(findings)
        if "reason" in self.errors:
            return values
        if not values.get("reason"):
            self.add_error("reason", wanted or _("Write what you agreed, and why."))
        elif wanted:
            again = _("If what you wrote says so, save it again.")
            self.add_error("reason", f"{wanted} {again}")
        return values

    def _unseen(self, findings: Iterable[Finding]) -> str:
        """Return what a reason is asked for that nobody was asked yet.

        Why the two agree on it is written anyway; it answers only what was seen.
        """
        asked = {one.key: one for one in findings if one.severity == "warning"}
        seen = self.cleaned_data["seen"].split()
        if set(asked) <= set(seen):
            return ""
        sent: Any = self.data
        data = sent.copy()
        data["seen"] = " ".join(asked)
        self.data = data
        return access.in_words(asked.values())

    def change(self) -> Change:
        """Return what is to hold from the day on."""
        values = self.cleaned_data
        return Change(
            sessions=values["sessions"],
            days_between=values["days_between"],
            minutes=values["minutes"],
            from_on=values["from_on"],
            wall_time=values["wall_time"],
            pause=values["pause"],
        )

    def terms(self) -> dict[str, str]:
        """Return what is agreed beside the days."""
        names = ("reason", "missing_rule", "prescriber")
        return {name: self.cleaned_data[name] for name in names}


def begun_with_contract(contract: Contract, next_on: date | None) -> dict[str, Any]:
    """Return what a form for a new contract begins with: what holds now."""
    names = (
        "version", "sessions", "days_between", "minutes", "wall_time",
        "missing_rule", "prescriber",
    )  # fmt: skip
    return {name: getattr(contract, name) for name in names} | {"from_on": next_on}
