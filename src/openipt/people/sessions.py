"""What a session knows: when it began, in which epoch, and in which service one is."""

import time
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
)
from django.conf import settings
from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from openipt.web.door import STAFF

if TYPE_CHECKING:
    from .models import Account, Member


@receiver(user_logged_in)
def begin(request: HttpRequest, user: "Account", **_signal: Any) -> None:
    """Start the clocks of a session with the sign-in itself.

    Were they started by the first page, somebody who signs in and opens none would lie
    in wait beyond every limit, and beyond "sign out everywhere".
    """
    at = int(time.time())
    session = request.session
    session["began_at"] = session["seen_at"] = at
    session["epoch"] = user.session_epoch


def was_confirmed(request: HttpRequest) -> bool:
    """Return whether they showed within five minutes that it is them.

    Asked before a whole record leaves, or is to be erased: a phone that lies about is
    enough to read a page, and should not be enough for that. The demo does not ask.
    """
    if not settings.ACCOUNT_REAUTHENTICATION_REQUIRED:
        return True
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    shown = get_authentication_records(request, request.user)
    if any(one.get("reauthenticated") and one["at"] > since for one in shown):
        return True
    # Whoever signs in elsewhere has nothing here to show it with: the library knows.
    return bool(did_recently_reauthenticate(request))


def enter(request: HttpRequest, member: "Member") -> None:
    """Be in the service of this member from now on, under the limits of who they are there.

    Forms of pages that were opened in another service are not taken any more: they name
    no service, and what was written for the one would be kept by the other.
    """
    if request.session.get("member_id") not in {None, str(member.pk)}:
        rotate_token(request)
    note(request, member)


def note(request: HttpRequest, member: "Member") -> None:
    """Write into the session who is here, if that is new."""
    kind = "staff" if member.role_set & STAFF else "person"
    for name, value in (("member_id", str(member.pk)), ("kind", kind)):
        if request.session.get(name) != value:
            request.session[name] = value
