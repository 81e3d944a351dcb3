"""Forms of coming in: the code, the agreement, the choice of a service."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from openipt.people.models import Account
from openipt.web.fields import OneLine

CODE_AT_MOST = 60
"""Far more than a code is long: people add spaces and hyphens."""


class Code(forms.Form):
    """A one-time code, by somebody who is signed in already."""

    code = OneLine(label=_("One-time code"), max_length=CODE_AT_MOST)


class Join(Code):
    """A one-time code, and the address and password to sign in with from then on."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput, strip=False
    )

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, with the address in mind."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if password := answers.get("password"):
            somebody = Account(email=answers.get("email", ""))
            try:
                validate_password(password, somebody)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return answers


class Agree(forms.Form):
    """Yes to one version of the notice."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I have read this and I agree"),
        error_messages={
            "required": _("Tick this box if you agree. You can also take your time.")
        },
    )
