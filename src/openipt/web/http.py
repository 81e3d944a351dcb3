"""The request as our views know it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from openipt.people.models import Account, Member


class Request(HttpRequest):
    """A request that has passed the door: who is here is known.

    `member` is set for every view that asks for a role; `has_member` tells in the few
    that are open to accounts or to everybody.
    """

    user: "Account"
    member: "Member"
    has_member: bool
    htmx: HtmxDetails
    request_id: str
