"""A therapist's own thoughts about a session."""

from django import forms
from django.utils.translation import gettext_lazy

from openipt.web.fields import Words


class ProcessNoteForm(forms.Form):
    """The process note, and the version of it that was read."""

    text = Words(
        label=gettext_lazy("What goes through your mind about this session"),
        max_length=20_000,
        rows=12,
        required=False,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
