"""What is typed into lists."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListFilter(forms.Form):
    """Words that a row must hold to be shown; sent by POST, so names reach no address."""

    words = forms.CharField(label=_("Find in the list"), max_length=100, required=False)

    def wanted(self) -> list[str]:
        """Return the words in small letters; none if nothing was sent, or too much."""
        if not self.is_valid():
            return []
        return str(self.cleaned_data["words"]).casefold().split()
