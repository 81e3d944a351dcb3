"""One problem area and whom or what it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.protocols import (
    Variant,
)
from openipt.web.fields import OneLine


class FocusForm(forms.Form):
    """One problem area and whom or what it is about."""

    area = forms.ChoiceField(
        label=gettext_lazy("Problem area"), widget=forms.RadioSelect
    )
    about = OneLine(
        label=gettext_lazy("With whom, or about what"), max_length=400, required=False
    )

    def __init__(self, *args: Any, variant: Variant, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = variant.shown_areas
        self.fields["area"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (area.key, _(area.name)) for area in self.areas
        ]
