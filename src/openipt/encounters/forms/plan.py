"""What is done with the agenda of a session."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.agenda import MOST_MINUTES, MOST_OWN, OWN, Plan
from openipt.core.ids import new_id
from openipt.web.fields import OneLine

MINUTES, WAS = "minutes-", "was-"
"""With what the fields begin that hold minutes, and those that hold what was shown."""
OWN_MINUTES = 5
STEPS = {"up": -1, "down": 1}
STATES = {"aside": "aside", "carry": "carried", "back": ""}
ALONE = ("minutes", "order", "add", "begin", "stop")


class PlanForm(forms.Form):
    """One act on the agenda; `do` is an act, with the key of a point where it needs one."""

    plan_version = forms.IntegerField(min_value=0)
    do = forms.CharField(max_length=120)
    order = forms.CharField(required=False, max_length=8_000)
    own_item = OneLine(
        label=gettext_lazy("A point of your own"), max_length=200, required=False
    )

    def __init__(self, *args: Any, keys: Collection[str], **options: Any) -> None:
        """Take minutes for each point that is on the page."""
        super().__init__(*args, **options)
        self.keys = keys
        for key in keys:
            self.fields[MINUTES + key] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_MINUTES,
                error_messages={
                    "invalid": _("Minutes are a whole number."),
                    "min_value": _("Minutes are a whole number."),
                    "max_value": _("%(n)s minutes at most.") % {"n": MOST_MINUTES},
                },
            )

    @property
    def act(self) -> str:
        """What is to be done."""
        return str(self.cleaned_data["do"]).partition(":")[0]

    def clean(self) -> dict[str, Any]:
        """Ask for an act that there is, about a point that there is."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        act, _colon, key = str(values.get("do", "")).partition(":")
        if key not in self.keys if act in (*STEPS, *STATES) else act not in ALONE:
            raise forms.ValidationError(_("Choose a point of the agenda."))
        if act == "add" and not values.get("own_item"):
            self.add_error("own_item", _("Write what the point is about."))
        if act == "add" and sum(key.startswith(OWN) for key in self.keys) >= MOST_OWN:
            self.add_error("own_item", _("That is as much as one session holds."))
        return values

    def changed(self, plan: Plan) -> Plan:
        """Return the plan of the page after the act."""
        values = self.cleaned_data
        act, _colon, key = values["do"].partition(":")
        minutes = {key: values.get(MINUTES + key) for key in self.keys}
        plan = plan.with_minutes({k: n for k, n in minutes.items() if n is not None})
        if act in STEPS:
            return plan.moved(key, STEPS[act])
        if act in STATES:
            return plan.with_state(key, STATES[act])  # type: ignore[arg-type]  # one of them
        if act == "order":
            return plan.ordered(
                [k for k in values["order"].split(",") if k in self.keys]
            )
        if act == "add":
            return plan.with_own(f"{OWN}{new_id()}", values["own_item"], OWN_MINUTES)
        return plan
