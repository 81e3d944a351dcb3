"""One problem area, whom or what it is about, and what the area needs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.protocols import AreaDetail, ProblemArea
from openipt.core.timeline import fault_of_words
from openipt.courses.models import Focus, Issue
from openipt.courses.operations import Noted
from openipt.inventory.queries import Somebody
from openipt.web.fields import OneLine, Words, why_no_time

WHY_ENDED = (
    (Focus.Why.REACHED.value, gettext_lazy("We reached what we wanted")),
    (Focus.Why.CHANGED.value, gettext_lazy("Things have changed")),
    (Focus.Why.NOT_RIGHT.value, gettext_lazy("It was not the right one")),
)


class FocusForm(forms.Form):
    """One problem area, whom or what it is about, and what the area needs.

    The fields of an area are called "area-detail"; a person who can be chosen among the
    people of the life has a second one, "area-detail-who".
    """

    issue = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(
        widget=forms.HiddenInput, initial=0, min_value=0, required=False
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Problem area"), widget=forms.RadioSelect
    )
    about = OneLine(
        label=gettext_lazy("In a few words"), max_length=400, required=False
    )
    reason = Words(
        label=gettext_lazy("Why it is different here"),
        max_length=1000,
        required=False,
        rows=2,
    )

    def __init__(
        self,
        *args: Any,
        areas: tuple[ProblemArea, ...],
        today: date,
        born_on: date | None = None,
        people: Iterable[Somebody] = (),
        kept: Focus | None = None,
        **options: Any,
    ) -> None:
        """Offer the people that may be named; `kept` is the focus that is changed."""
        super().__init__(*args, **options)
        self.today, self.born_on = today, born_on
        self.areas, self.kept = areas, kept
        known = kept.relationship_id if kept else None
        self.people = [
            one for one in people if not one.is_removed or one.relationship_id == known
        ]
        self.fields["area"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (area.key, _(area.name)) for area in areas
        ]
        for area in areas:
            for detail in area.details:
                self._ask(area, detail)

    def clean(self) -> dict[str, Any]:
        """Catch times that cannot be, in the area that was chosen."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [area for area in self.areas if area.key == values.get("area")]
        for detail in chosen[0].details if chosen else ():
            name = f"{values['area']}-{detail.key}"
            said = values.get(name) if detail.kind == "time" else ""
            fault = fault_of_words(said or "", today=self.today, born_on=self.born_on)
            if fault:
                self.add_error(name, why_no_time(fault, today=self.today))
        return values

    @property
    def asks_reason(self) -> bool:
        """Whether the field for a reason is shown: when it is wanted, or was filled."""
        return "reason" in self.errors or bool(self["reason"].value())

    def of(self, area: ProblemArea) -> list[forms.BoundField]:
        """Return the fields of an area, in their order."""
        return [
            self[name] for name in self.fields if name.partition("-")[0] == area.key
        ]

    def first_needed(self) -> str:
        """Return the first field of the chosen area that must be filled and is not."""
        values = self.cleaned_data
        given = self._given()
        for detail in self._chosen().details:
            if detail.need == "must" and not given.get(detail.key):
                name = f"{values['area']}-{detail.key}"
                # Whom it is about is asked in two fields: the first has the name of both.
                return f"{name}-who" if f"{name}-who" in self.fields else name
        return "area"

    def noted(self, issue: Issue | None = None) -> Noted:
        """Return what was written down for the chosen area."""
        area = self._chosen()
        chosen = next(
            (
                self.cleaned_data.get(_who(area, detail), "")
                for detail in area.details
                if detail.kind == "person"
            ),
            "",
        )
        known = self._people()[chosen].relationship if chosen else None
        return Noted(
            details=self._given(),
            relationship=known or (self._unseen.relationship if self._unseen else None),
            issue=issue,
            reason=self.cleaned_data["reason"],
        )

    @property
    def _unseen(self) -> Focus | None:
        """The focus, if it stays about somebody whom this reader does not see now."""
        kept, area = self.kept, self._chosen()
        if kept is None or kept.relationship_id is None:
            return None
        typed = any(
            self.cleaned_data.get(f"{area.key}-{detail.key}")
            for detail in area.details
            if detail.kind == "person"
        )
        seen = str(kept.relationship_id) in self._people()
        return None if typed or seen else kept

    def _chosen(self) -> ProblemArea:
        key = self.cleaned_data["area"]
        return next(area for area in self.areas if area.key == key)

    def _people(self) -> dict[str, Somebody]:
        return {str(one.relationship_id): one for one in self.people}

    def _given(self) -> dict[str, str]:
        area, values = self._chosen(), self.cleaned_data
        people = self._people()
        given: dict[str, str] = {}
        for detail in area.details:
            value = values.get(f"{area.key}-{detail.key}") or ""
            if detail.kind == "yes":
                value = "yes" if value else ""
            if detail.kind == "person":
                chosen = people.get(values.get(_who(area, detail), ""))
                value = chosen.tie.label if chosen else value
                if self._unseen:
                    value = (self._unseen.details or {}).get(detail.key, "")
            given[detail.key] = value
        return given

    def _ask(self, area: ProblemArea, detail: AreaDetail) -> None:
        name, label = f"{area.key}-{detail.key}", _(detail.label)
        if detail.kind == "person" and self.people:
            self.fields[_who(area, detail)] = forms.ChoiceField(
                label=label, required=False, choices=self._offered(area)
            )
            label = _("Or somebody who is not among the people")
        self.fields[name] = _field(area, detail, label)

    def _offered(self, area: ProblemArea) -> list[Any]:
        """Return the people to choose from; where it is about a death, who died first."""
        pairs = [
            (str(one.relationship_id), one.tie.label, one.tie.alive)
            for one in self.people
        ]
        blank = [("", _("Choose …"))]
        if area.key != "grief":
            return blank + [(key, label) for key, label, _alive in pairs]
        gone = [(key, label) for key, label, alive in pairs if not alive]
        here = [(key, label) for key, label, alive in pairs if alive]
        groups = ((_("Have died"), gone), (_("Others"), here))
        return [*blank, *((title, group) for title, group in groups if group)]


class EndFocusForm(forms.Form):
    """Why the work on a problem area ends."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        widget=forms.RadioSelect,
        choices=WHY_ENDED,
    )
    words = Words(
        label=gettext_lazy("A word about it"), max_length=1000, required=False, rows=3
    )


class StageForm(forms.Form):
    """At which stage a dispute is now."""

    stage = forms.CharField(max_length=40)
    version = forms.IntegerField(min_value=1)


def begun_with_issue(
    issue: Issue,
    areas: Iterable[ProblemArea],
    people: Iterable[Somebody],
) -> dict[str, Any]:
    """Return what the form begins with when something hard is made the focus."""
    known = {one.relationship_id: one for one in people}
    somebody = known.get(issue.relationship_id) if issue.relationship_id else None
    begun: dict[str, Any] = {
        "issue": issue.pk,
        "area": issue.area,
        "about": issue.title,
    }
    for area in areas:
        for detail in area.details:
            name = f"{area.key}-{detail.key}"
            if detail.kind == "person":
                begun[name] = "" if somebody else issue.who or ""
                begun[f"{name}-who"] = str(issue.relationship_id) if somebody else ""
            elif somebody and detail.key in ("mine", "theirs"):
                begun[name] = getattr(somebody.tie, detail.key)
    return begun


def begun_with_focus(focus: Focus, area: ProblemArea) -> dict[str, Any]:
    """Return what the form begins with when a focus is changed."""
    begun: dict[str, Any] = {
        "area": area.key,
        "version": focus.version,
        "about": focus.about or "",
        "reason": focus.reason or "",
    }
    details = focus.details or {}
    for detail in area.details:
        name = f"{area.key}-{detail.key}"
        begun[name] = details.get(detail.key, "")
        if detail.kind == "person" and focus.relationship_id:
            begun |= {name: "", f"{name}-who": str(focus.relationship_id)}
        if detail.kind == "yes":
            begun[name] = bool(begun[name])
    return begun


def _who(area: ProblemArea, detail: AreaDetail) -> str:
    return f"{area.key}-{detail.key}-who"


def _field(area: ProblemArea, detail: AreaDetail, label: str) -> forms.Field:
    if detail.kind == "words":
        return Words(label=label, max_length=2000, required=False, rows=2)
    if detail.kind == "yes":
        return forms.BooleanField(label=label, required=False)
    if detail.kind == "stage":
        return forms.ChoiceField(
            label=label,
            widget=forms.RadioSelect,
            required=False,
            choices=[(stage.key, _(stage.text)) for stage in area.shown_stages],
        )
    return OneLine(label=label, max_length=200, required=False)
