"""The answers on a scale, as numbers: its questions stand on the service's own copy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.scales import Scale
from openipt.web.fields import day_lived


class ScaleForm(forms.Form):
    """One number for each item; what was left out stays empty."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(label=gettext_lazy("About whom"), required=False)
    on_date = forms.DateField(
        label=gettext_lazy("Answered on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        scale: Scale,
        people: Iterable[tuple[str, str]],
        today: date,
        born_on: date | None = None,
        **options: Any,
    ) -> None:
        """Ask for each item; `people` are who the scale can be about."""
        super().__init__(*args, **options)
        self.scale, self.today, self.born_on = scale, today, born_on
        if scale.about == "everybody":
            del self.fields["about"]
        else:
            blank = [("", _("Choose …"))]
            self.fields["about"].choices = blank + list(people)  # type: ignore[attr-defined]  # a ChoiceField
        for item in range(1, scale.items + 1):
            self.fields[f"item_{item}"] = forms.IntegerField(
                label=_("Answer %(n)s") % {"n": item},
                min_value=scale.lowest,
                max_value=scale.highest,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def items(self) -> list[forms.BoundField]:
        """The fields of the items, in their order."""
        return [self[f"item_{item}"] for item in range(1, self.scale.items + 1)]

    def clean_on_date(self) -> date:
        """Return the day, which is not still to come, and lies in this life."""
        on_date: date = self.cleaned_data["on_date"]
        return day_lived(on_date, today=self.today, born_on=self.born_on)

    def clean(self) -> dict[str, Any]:
        """Ask whom it is about, and for at least one answer."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "about" in self.fields and not values.get("about"):
            self.add_error("about", _("Choose whom the answers are about."))
        names = [f"item_{item}" for item in range(1, self.scale.items + 1)]
        if not self.errors and all(values.get(name) is None for name in names):
            raise forms.ValidationError(_("Enter at least one answer."))
        return values

    def answers(self) -> list[int | None]:
        """Return a number or None for each item."""
        return [
            self.cleaned_data[f"item_{item}"] for item in range(1, self.scale.items + 1)
        ]
