"""What pages ask for by themselves: keep what is typed, and tell whether to look again."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Missing
from openipt.people import operations, queries
from openipt.web.clock import now
from openipt.web.door import ACCOUNT, ROLES, open_to
from openipt.web.http import Request

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft_key", "key"})


@open_to(ACCOUNT, methods=("POST",), before_agreement=True, before_second_factor=True)
def draft(request: Request) -> HttpResponse:
    """Keep what is being typed into a form: {key, fields} as JSON, or the form itself.

    Open to a session that has just ended: what was typed until then is kept all the same.
    """
    key, fields = _sent(request)
    operations.save_draft(member=_author(request), key=key, fields=fields, at=now())
    return HttpResponse(status=204)


@open_to(
    *ROLES,
    methods=("GET", "HEAD"),
    before_agreement=True,
    before_second_factor=True,
)
def pulse(request: Request) -> HttpResponse:
    """Answer 204 if nothing changed since that number, else the new number."""
    since = request.GET.get("since", "")
    n = queries.change_count(request.member)
    if since == str(n):
        return HttpResponse(status=204)
    return JsonResponse({"n": n})


def _author(request: Request) -> Any:
    if request.has_member:
        return request.member
    chosen = request.session.get("member_id")
    found = queries.memberships_of(request.user, only=chosen)[:1] if chosen else []
    for member in found:
        return member
    raise Missing


def _sent(request: Request) -> tuple[str, dict[str, Any]]:
    """Return key and fields, however they were sent.

    :raises Invalid: if they are neither JSON nor a form
    """
    if request.content_type == "application/json":
        sent = _parsed(request.body)
        key, fields = sent.get("key"), sent.get("fields")
    else:
        key = request.POST.get("key") or request.POST.get("draft_key")
        fields = (
            _parsed(request.POST["fields"])
            if "fields" in request.POST
            else _typed(request)
        )
    if not isinstance(key, str) or not isinstance(fields, dict):
        raise Invalid(_("A draft has a key and fields."))
    return key, fields


def _typed(request: Request) -> dict[str, Any]:
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(_("A draft has a key and fields.")) from None
    if not isinstance(sent, dict):
        raise Invalid(_("A draft has a key and fields."))
    return sent
