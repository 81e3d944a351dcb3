"""What was done in a session, with one tap."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openipt.courses.models import Focus
from openipt.courses.queries import FocusLine


class WorkForm(forms.Form):
    """A technique or a focus, noted or taken away: `key`, with a minus before it."""

    technique = forms.CharField(required=False, max_length=80)
    focus = forms.CharField(required=False, max_length=80)

    def __init__(
        self,
        *args: Any,
        techniques: list[str],
        foci: tuple[FocusLine, ...],
        **options: Any,
    ) -> None:
        """Take what the variant has, and what the course works on."""
        super().__init__(*args, **options)
        self.techniques = techniques
        self.foci = {str(line.focus.pk): line.focus for line in foci}

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        technique = values.get("technique", "").removeprefix("-")
        focus = values.get("focus", "").removeprefix("-")
        known = technique in self.techniques if technique else focus in self.foci
        if bool(technique) == bool(focus) or not known:
            raise forms.ValidationError(_("Choose a technique or a focus."))
        return values

    @property
    def chosen_focus(self) -> Focus | None:
        """The focus that was tapped, if it was one."""
        return self.foci.get(self.cleaned_data["focus"].removeprefix("-"))

    @property
    def is_on(self) -> bool:
        """Whether it is noted, not taken away."""
        said = self.cleaned_data["technique"] or self.cleaned_data["focus"]
        return not said.startswith("-")
