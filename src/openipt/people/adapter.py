"""What we ask of the accounts library beyond its settings."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from openipt.sql.prepared import Prepared
from openipt.vault import keys

from .models import Member

STAFF_ROLES = frozenset({"therapist", "supervisor", "manager", "admin"})


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types here
    """Accounts come from invitations only; mails say nothing about what this is."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on top of pages: "signed in as <address>" is for nobody's shoulder."""


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types here
    """Secrets of second factors are sealed; staff cannot take their last one away."""

    def encrypt(self, text: str) -> str:
        return b64encode(keys.seal_system("second-factor", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys.open_system("second-factor", b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the square to scan as markup; it is drawn here and holds no foreign text."""
        drawn: str = mark_safe(super().build_totp_svg(url))  # noqa: S308 -- dark squares only, see the docstring
        return drawn

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        if not is_staff(authenticator.user_id):
            return True
        others = factors_of(authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exists())


def is_staff(account_id: Any) -> bool:
    """Return True if the account holds a role other than person in any service."""
    roles = Member.objects.filter(account_id=account_id).values_list("roles", flat=True)
    return any(STAFF_ROLES & set(held) for held in roles)


def factors_of(account_id: UUID | None) -> Any:
    """Return the account's second factors; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=account_id, type__in=kinds)


_FACTORS = Prepared(
    lambda account: factors_of(account).values_list("type"), account=UUID
)


def has_factor(account_id: UUID) -> bool:
    """Return whether the account has a second factor; asked with every page of the staff."""
    return bool(_FACTORS.rows(account=account_id))


def factors_in(account_ids: Iterable[Any]) -> frozenset[Any]:
    """Return those of the accounts that have a second factor."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found = Authenticator.objects.filter(user_id__in=list(account_ids), type__in=kinds)
    return frozenset(found.values_list("user_id", flat=True))
