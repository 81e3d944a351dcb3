"""Fields that more than one form about people asks with."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

REASON_AT_MOST = 1000


class OneOf(forms.ChoiceField):
    """A choice among rows that were read for this member; it gives the row itself.

    What was not offered cannot be chosen, so a form never reaches into another service.
    """

    def offer(self, things: Iterable[Any], *, none: str = "") -> None:
        """Set the members or persons to choose from; `none` says what an empty choice is."""
        self._offered = {str(thing.pk): thing for thing in things}
        named = [(key, thing.name) for key, thing in self._offered.items()]
        self.choices = [("", none or _("Choose …")), *named]

    def clean(self, value: Any) -> Any:
        """Return the row that was chosen, or None."""
        return self._offered.get(super().clean(value))


class DayInput(forms.DateInput):
    """A date as the browser's own control sends and shows it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A wall time as the browser's own control sends and shows it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")
