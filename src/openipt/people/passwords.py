"""What a password may not be, beyond Django's own list of common ones."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
WORDS_OF_THIS_PLACE = (
    "openipt",
    "therapy",
    "therapist",
    "psychotherapy",
    "interpersonal",
    "supervisor",
    "password",
)


class NotTooLong:
    """At most 128 characters, so that nobody can keep the hasher busy."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                _("A password has at most %(most)d characters.") % {"most": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("At most %(most)d characters.") % {"most": LONGEST}


class NotOfThisPlace:
    """A password is not one of the words that anybody would try here first."""

    def validate(self, password: str, user: object = None) -> None:
        letters = "".join(c for c in password.lower() if c.isalpha())
        rest = letters
        for word in WORDS_OF_THIS_PLACE:
            rest = rest.replace(word, "")
        if letters and len(rest) <= 2:
            raise ValidationError(
                _("Choose words that have nothing to do with this place."),
                code="password_of_this_place",
            )

    def get_help_text(self) -> str:
        return _("Not a word that belongs to this place.")
