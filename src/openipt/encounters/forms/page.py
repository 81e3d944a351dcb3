"""What is typed on a session page. All of it is one form there, so names are unique."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openipt.calendar.access import RECORDABLE
from openipt.encounters import access
from openipt.web.fields import Words


class NoteForm(forms.Form):
    """The note of a session, and the version of it that was read."""

    text = Words(
        label=gettext_lazy("Note"),
        max_length=20_000,
        rows=10,
        error_messages={"required": gettext_lazy("Write the note first.")},
    )
    note_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SignForm(NoteForm):
    """The note as it is signed, and why no link between mood and an event was noted."""

    without_link = Words(
        label=gettext_lazy("Why no link was noted"),
        max_length=2_000,
        rows=2,
        required=False,
    )


class AddendumForm(forms.Form):
    """Something that is added to a signed note."""

    addendum = Words(
        label=gettext_lazy("Add something"),
        max_length=8_000,
        rows=3,
        error_messages={"required": gettext_lazy("Write what you want to add.")},
    )


LATEST_DUE = timedelta(days=3 * 366)
"""As long as maintenance goes: what is agreed for its last sessions may be due then."""


class TasksForm(forms.Form):
    """What both agreed to try: one on each line, and until when."""

    new_tasks = Words(
        label=gettext_lazy("What you agreed to try"),
        max_length=6_000,
        rows=3,
        error_messages={"required": gettext_lazy("Write down what you agreed to try.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Take a day from today on."""
        super().__init__(*args, **options)
        self.today = today

    def clean_due_on(self) -> date | None:
        """Return the day, from today on and within three years."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and not self.today <= due_on <= self.today + LATEST_DUE:
            raise forms.ValidationError(
                _("Choose a day from today on, within three years.")
            )
        return due_on

    def clean_new_tasks(self) -> list[str]:
        """Return the lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["new_tasks"].split("\n")]
        texts = [line for line in lines if line]
        if len(texts) > access.MOST_TASKS:
            raise forms.ValidationError(
                _("Ten at most: more cannot be tried in one week.")
            )
        if any(len(text) > access.LONGEST_TASK for text in texts):
            raise forms.ValidationError(
                _("One of them is longer than %(n)s characters. Say it more briefly.")
                % {"n": access.LONGEST_TASK}
            )
        return texts


class AttendanceForm(forms.Form):
    """What became of the session, and the version of it that was read."""

    state = forms.ChoiceField(choices=[(state, state) for state in RECORDABLE])
    attendance_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TickForm(forms.Form):
    """A task of the phase that was done, or was ticked off by mistake."""

    tick = forms.ChoiceField(required=False)
    untick = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, keys: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("tick", "untick"):
            self.fields[name].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(values.get("tick")) == bool(values.get("untick")):
            raise forms.ValidationError(_("Choose a point of the agenda."))
        return values
