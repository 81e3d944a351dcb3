"""What happened and how mood moved with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.agenda import FARTHEST, MoodMove
from openipt.courses.models import Focus
from openipt.courses.queries import FocusLine
from openipt.web.fields import OneLine, Words


class LinkForm(forms.Form):
    """Something that happened with somebody, and mood before and after it."""

    link_what = Words(
        label=gettext_lazy("What happened"),
        max_length=2_000,
        rows=2,
        error_messages={"required": gettext_lazy("Write what happened.")},
    )
    link_whom = OneLine(label=gettext_lazy("With whom"), max_length=120, required=False)
    link_moved = forms.TypedChoiceField(
        label=gettext_lazy("How mood moved"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose how mood moved.")},
    )
    link_focus = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)
    link_version = forms.IntegerField(
        min_value=0, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, foci: tuple[FocusLine, ...], **options: Any) -> None:
        """Offer the foci that the course works on."""
        super().__init__(*args, **options)
        self.foci = {str(line.focus.pk): line.focus for line in foci}
        self._choose("link_moved", [("", _("Not said")), *_moves()])
        self._choose(
            "link_focus",
            [
                ("", _("No focus")),
                *((str(line.focus.pk), _(line.area.name)) for line in foci),
            ],
        )

    @property
    def move(self) -> MoodMove:
        """What was said."""
        values = self.cleaned_data
        return MoodMove(
            what=values["link_what"],
            whom=values["link_whom"],
            moved=values["link_moved"],
        )

    @property
    def focus(self) -> Focus | None:
        """The focus it belongs to."""
        return self.foci.get(self.cleaned_data["link_focus"])

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def begun_with(move: MoodMove, focus_id: object, version: int) -> dict[str, Any]:
    """Return what a form about a link begins with."""
    return {
        "link_what": move.what,
        "link_whom": move.whom,
        "link_moved": move.moved,
        "link_focus": str(focus_id or ""),
        "link_version": version,
    }


def _moves() -> list[tuple[str, str]]:
    words = {
        -3: _("−3: much worse"),
        -2: _("−2: worse"),
        -1: _("−1: a little worse"),
        0: _("0: it did not move"),
        1: _("+1: a little better"),
        2: _("+2: better"),
        3: _("+3: much better"),
    }
    return [(str(n), words[n]) for n in range(-FARTHEST, FARTHEST + 1)]
