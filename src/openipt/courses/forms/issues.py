"""Something that is hard: what, with whom, how hard, and what it may be."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.protocols import ProblemArea, answer_key
from openipt.courses.models import HARDEST, Issue
from openipt.courses.operations import IssueSaid
from openipt.inventory.queries import Somebody
from openipt.web.fields import OneLine, Words

NEAR = (
    ("", gettext_lazy("I do not know")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
)
"""Whether it happened near the start of the illness."""


class IssueForm(forms.Form):
    """Something that is hard; the care team also sorts it into an area."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    title = OneLine(label=gettext_lazy("What is hard"), max_length=200)
    relationship = forms.ChoiceField(label=gettext_lazy("With whom"), required=False)
    who = OneLine(label=gettext_lazy("With whom"), max_length=120, required=False)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How hard is it now?"),
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in range(HARDEST + 1)],
        coerce=int,
    )
    about = Words(
        label=gettext_lazy("What happens, and since when"),
        max_length=2000,
        required=False,
    )
    near_onset = forms.ChoiceField(
        label=gettext_lazy("Did it happen near the start of the illness?"),
        widget=forms.RadioSelect,
        choices=NEAR,
        required=False,
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("What applies"), required=False
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Problem area"), widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Somebody],
        areas: tuple[ProblemArea, ...],
        sorts: bool,
        kept: Issue | None = None,
        **options: Any,
    ) -> None:
        """Offer the people that may be named; `sorts` is whether areas are asked too."""
        super().__init__(*args, **options)
        self.areas, self.kept = areas, kept
        known = kept.relationship_id if kept else None
        self.people = {
            str(one.relationship_id): one
            for one in people
            if not one.is_removed or one.relationship_id == known
        }
        offered = [(key, one.tie.label) for key, one in self.people.items()]
        if offered:
            self._choose("relationship", [("", _("Nobody on this list")), *offered])
            self.fields["who"].label = _("Or somebody else")
        else:
            del self.fields["relationship"]
        if not sorts:
            del self.fields["answers"], self.fields["area"]
            return
        self._choose("area", [("", _("Not sorted yet")), *_named(areas)])
        self._choose(
            "answers",
            [
                (answer_key(area.key, question.key), _(question.text))
                for area in areas
                for question in area.shown_questions
            ],
        )

    def said(self) -> IssueSaid:
        """Return what was said; what this form does not ask stays as it was kept."""
        values, kept = self.cleaned_data, self.kept
        relationship = kept.relationship if kept else None
        if "relationship" in self.fields:
            chosen = values["relationship"]
            relationship = self.people[chosen].relationship if chosen else None
        sorts = "area" in self.fields
        return IssueSaid(
            title=values["title"],
            severity=values["severity"],
            about=values["about"],
            relationship=relationship,
            who=values["who"],
            area=values["area"] if sorts else (kept.area if kept else ""),
            answers=tuple(
                values["answers"] if sorts else ((kept.answers or ()) if kept else ())
            ),
            near_onset={"yes": True, "no": False}.get(values["near_onset"]),
        )

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class OrderForm(forms.Form):
    """The list in the order in which it was left: "id:moves" for each, the hardest first."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.order: list[tuple[UUID, int]] = []

    def clean(self) -> dict[str, Any]:
        """Read the places; a step up or down changes two of them."""
        try:
            sent: Any = self.data
            self.order = [_place(one) for one in sent.getlist("order")]
            for name, step in (("up", -1), ("down", 1)):
                if self.data.get(name):
                    self._step(UUID(self.data[name]), step)
        except ValueError:
            raise forms.ValidationError(
                _("That order could not be read. Everything stays where it was.")
            ) from None
        return self.cleaned_data

    def _step(self, issue: UUID, step: int) -> None:
        here = [pk for pk, _moves in self.order].index(issue)
        there = min(max(here + step, 0), len(self.order) - 1)
        self.order.insert(there, self.order.pop(here))


def begun_with(issue: Issue) -> dict[str, Any]:
    """Return what a form about something hard begins with."""
    near = {True: "yes", False: "no", None: ""}[issue.near_onset]
    return {
        "version": issue.version,
        "title": issue.title,
        "relationship": str(issue.relationship_id or ""),
        "who": issue.who or "",
        "severity": str(issue.severity),
        "about": issue.about or "",
        "near_onset": near,
        "answers": list(issue.answers or ()),
        "area": issue.area,
    }


def _named(areas: Iterable[ProblemArea]) -> list[tuple[str, str]]:
    return [(area.key, _(area.name)) for area in areas]


def _place(said: str) -> tuple[UUID, int]:
    pk, _colon, moves = said.partition(":")
    return UUID(pk), int(moves)
