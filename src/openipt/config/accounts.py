"""Which addresses of the accounts library are reachable, and for whom."""

from typing import Any

from allauth.account import urls as account
from allauth.mfa import urls as second_factors
from django.urls import URLPattern, URLResolver

from openipt.people.views import remove_passkey
from openipt.web.door import ACCOUNT, PUBLIC
from openipt.web.routing import borrowed

_ANYBODY: dict[str, Any] = {"roles": (PUBLIC,)}
_OWN: dict[str, Any] = {
    "roles": (ACCOUNT,),
    "before_agreement": True,
    "before_second_factor": True,
}
_READ: dict[str, Any] = {"methods": ("GET", "HEAD")}

# Signing up is by invitation: its page only says so. Addresses that are not here, such as
# changing one's e-mail by a mail that may be read by somebody else, cannot be reached.
_POLICIES: dict[str, dict[str, Any]] = {
    "account_login": _ANYBODY,
    "account_signup": _ANYBODY,
    "account_inactive": _ANYBODY | _READ,
    "account_reset_password": _ANYBODY,
    "account_reset_password_done": _ANYBODY | _READ,
    "account_reset_password_from_key": _ANYBODY,
    "account_reset_password_from_key_done": _ANYBODY | _READ,
    "account_logout": _OWN,
    "account_reauthenticate": _OWN,
    "account_change_password": _OWN,
    "mfa_authenticate": _ANYBODY,
    "mfa_login_webauthn": _ANYBODY,
    "mfa_index": _OWN | _READ,
    "mfa_reauthenticate": _OWN,
    "mfa_activate_totp": _OWN,
    "mfa_deactivate_totp": _OWN,
    "mfa_view_recovery_codes": _OWN | _READ,
    "mfa_generate_recovery_codes": _OWN,
    "mfa_download_recovery_codes": _OWN | _READ,
    "mfa_list_webauthn": _OWN | _READ,
    "mfa_add_webauthn": _OWN,
    "mfa_edit_webauthn": _OWN,
    "mfa_remove_webauthn": _OWN | {"view": remove_passkey},
    "mfa_reauthenticate_webauthn": _OWN,
}


def account_addresses() -> list[URLPattern | URLResolver]:
    """Return sign-in, password and second-factor addresses with their policies."""
    return borrowed(account.urlpatterns, _POLICIES)


def second_factor_addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses of second factors with their policies."""
    return borrowed(second_factors.urlpatterns, _POLICIES)
