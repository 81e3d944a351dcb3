"""What a therapist types when they suggest a reading. Forms check; they never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.core.readings import load_readings
from openipt.web.fields import OneLine

LONGEST = 300


class SuggestForm(forms.Form):
    """Which reading, and a word of one's own to go with it."""

    reading = forms.ChoiceField(label=gettext_lazy("Reading"))
    words = OneLine(
        label=gettext_lazy("A word of yours to go with it"),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer every reading, in their order."""
        super().__init__(*args, **options)
        self.fields["reading"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Choose …")),
            *((one.id, _(one.title)) for one in load_readings().values()),
        ]
