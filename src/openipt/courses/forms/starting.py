"""With whom, what for, how, and what both agreed to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.protocols import (
    Variant,
    load_conditions,
    load_variants,
    offered_variants,
)
from openipt.core.protocols.rules import Finding, check_intake
from openipt.courses import access
from openipt.courses.operations import NewPerson, Plan, intake_of
from openipt.people.models import Person
from openipt.web import dates
from openipt.web.countries import country_choices
from openipt.web.fields import Name, OneLine, Words

OLDEST = timedelta(days=366 * 120)
MOST_DAYS_BETWEEN = 92
KNOWN = "known"
NEW = "new"


class ContractFields(forms.Form):
    """The days of a contract, on their own for the line that shows what they come to."""

    variant_id = forms.ChoiceField(
        label=gettext_lazy("Way of working"), widget=forms.RadioSelect
    )
    sessions = forms.IntegerField(label=gettext_lazy("Sessions"), initial=16)
    first_on = forms.DateField(
        label=gettext_lazy("First session"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    wall_time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=access.MINUTES[0],
        max_value=access.MINUTES[1],
        initial=50,
    )

    days_between = forms.IntegerField(
        label=gettext_lazy("Days from one session to the next"),
        min_value=1,
        max_value=MOST_DAYS_BETWEEN,
        required=False,
    )
    """Asked for where a course goes on as maintenance; else the variant says it."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*args, **options)
        self.variants = offered_variants()
        self.fields["variant_id"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (variant.id, _(variant.name)) for variant in self.variants
        ]

    def clean_first_on(self) -> date:
        """Return the first day, if a course can begin on it."""
        first_on: date = self.cleaned_data["first_on"]
        if reason := access.refusal_of_first_day(first_on, self.today):
            raise forms.ValidationError(reason)
        return first_on


class StartForm(ContractFields):
    """With whom, what for, how, and what both agreed to."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    continues = forms.UUIDField(widget=forms.HiddenInput, required=False)
    """The course that this one goes on from."""
    who = forms.ChoiceField(
        label=gettext_lazy("Who is it?"),
        widget=forms.RadioSelect,
        choices=[
            (KNOWN, gettext_lazy("Somebody in my care")),
            (NEW, gettext_lazy("Somebody new")),
        ],
    )
    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    name = Name(label=gettext_lazy("Full name"), max_length=120, required=False)
    called = Name(
        label=gettext_lazy("What they like to be called"), max_length=60, required=False
    )
    born_on = forms.DateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    phone = OneLine(label=gettext_lazy("Phone"), max_length=40, required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country they live in"), required=False
    )
    condition = forms.ChoiceField(label=gettext_lazy("What is it for?"))
    excluded = forms.MultipleChoiceField(
        label=gettext_lazy("What applies to this person"), required=False
    )
    prescriber = OneLine(
        label=gettext_lazy("Who prescribes the medicine"),
        max_length=200,
        required=False,
    )
    missing_rule = Words(
        label=gettext_lazy("When a session is missed"),
        max_length=1000,
        required=False,
        rows=2,
    )
    reason = Words(
        label=gettext_lazy("Why it is different here"),
        max_length=1000,
        required=False,
        rows=2,
    )

    field_order = (
        "submission_id", "who", "person", "name", "called", "born_on", "phone", "country",
        "condition", "variant_id", "sessions", "first_on", "wall_time", "minutes",
        "excluded", "prescriber", "missing_rule", "reason",
    )  # fmt: skip

    def __init__(
        self, *args: Any, persons: Iterable[Person], own_country: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.persons = {str(person.pk): person for person in persons}
        self._choose(
            "person", [(key, named(known)) for key, known in self.persons.items()]
        )
        self._choose("country", country_choices([own_country]))
        self._choose(
            "condition", [(one.key, _(one.name)) for one in load_conditions().values()]
        )
        self.fields["excluded"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{variant.id}:{one.key}", _(one.text))
            for variant in self.variants
            for one in variant.shown_exclusions
        ]
        if not self.persons:
            self.fields["who"].initial = NEW

    @property
    def asks_reason(self) -> bool:
        """Whether the field for a reason is shown: when it is wanted, or was filled."""
        return "reason" in self.errors or bool(self["reason"].value())

    def clean_born_on(self) -> date | None:
        """Return the day of birth, if somebody alive can have it."""
        born_on: date | None = self.cleaned_data["born_on"]
        if born_on and not self.today - OLDEST <= born_on <= self.today:
            raise forms.ValidationError(_("Check the date of birth."))
        return born_on

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind of person needs, and for a reason where one is wanted."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("who") == KNOWN:
            self._need("person", _("Choose the person."))
        elif values.get("who") == NEW:
            self._need("name", _("Write their name."))
            self._need("country", _("Choose a country: its help numbers are shown."))
        self._clean_contract(values)
        return values

    def who_it_is(self) -> Person | NewPerson:
        """Return the person who was chosen, or what was written about a new one."""
        values = self.cleaned_data
        if values["who"] == KNOWN:
            return self.persons[values["person"]]
        return NewPerson(
            name=values["name"],
            called=values["called"] or values["name"].split()[0][:60],
            born_on=values["born_on"],
            phone=values["phone"],
            country=values["country"],
        )

    def plan(self) -> Plan:
        """Return what both agreed to."""
        values = self.cleaned_data
        return Plan(
            condition=values["condition"],
            variant_id=values["variant_id"],
            sessions=values["sessions"],
            minutes=values["minutes"],
            first_on=values["first_on"],
            wall_time=values["wall_time"],
            excluded=self.excluded_here(),
            prescriber=values["prescriber"],
            missing_rule=values["missing_rule"],
            reason=values["reason"],
            continues=values["continues"],
            days_between=values["days_between"],
        )

    def excluded_here(self) -> list[str]:
        """Return what was ticked against the chosen variant; the others' do not count."""
        prefix = f"{self.cleaned_data['variant_id']}:"
        ticked: list[str] = self.cleaned_data["excluded"]
        return [one.removeprefix(prefix) for one in ticked if one.startswith(prefix)]

    def _clean_contract(self, values: dict[str, Any]) -> None:
        if not {"variant_id", "sessions", "minutes"} <= values.keys():
            return
        variant = load_variants()[values["variant_id"]]
        sessions, minutes = values["sessions"], values["minutes"]
        bounds = access.bounds_of(
            variant,
            sessions=sessions,
            minutes=minutes,
            days_between=values.get("days_between") or variant.days_between,
        )
        persons = self._intake(variant, values)
        if refusal := access.refusal_of(persons):
            self.add_error("variant_id", refusal)
        if refusal := access.refusal_of(bounds):
            self.add_error("sessions", refusal)
            return
        wanted = " ".join(
            filter(
                None,
                [
                    access.wanted_beside(
                        self._known(values), variant, values.get("continues")
                    ),
                    access.reason_wanted((*bounds, *persons)),
                ],
            )
        )
        if wanted and "reason" not in self.errors and not values.get("reason"):
            self.add_error("reason", wanted)

    def _intake(self, variant: Variant, values: dict[str, Any]) -> tuple[Finding, ...]:
        """Return what speaks against the variant, once it is known who it is for what."""
        if not {"condition", "excluded", "prescriber", "who"} <= values.keys():
            return ()
        plan = {**values, "excluded": self.excluded_here()}
        person, continues = self._known(values), values.get("continues")
        gone = access.has_remission(person, variant, continues)
        return check_intake(
            variant,
            intake_of(
                cast("Plan", plan),
                self._born_on(values),
                self.today,
                has_remission=gone,
            ),
        )

    def _known(self, values: dict[str, Any]) -> Person | None:
        """Return who of those in care was chosen, None for somebody new."""
        if values.get("who") != KNOWN:
            return None
        return self.persons.get(values.get("person") or "")

    def _born_on(self, values: dict[str, Any]) -> date | None:
        if values["who"] == NEW:
            return values.get("born_on")
        person = self._known(values)
        born_on = person.born_on if person else None
        return date.fromisoformat(born_on) if born_on else None

    def _need(self, field: str, sentence: str) -> None:
        if field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, sentence)

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        blank = [("", _("Choose …"))]
        self.fields[field].choices = blank + choices  # type: ignore[attr-defined]  # a ChoiceField


def named(person: Person) -> str:
    """Return a name as it stands in a list, told apart by the day of birth."""
    if not person.born_on:
        return person.name
    born = dates.short_day(date.fromisoformat(person.born_on))
    return _("%(name)s, born %(day)s") % {"name": person.name, "day": born}


class GoingOn(forms.Form):
    """From which course a new one goes on, in the address of the page that starts it."""

    continues = forms.UUIDField()
