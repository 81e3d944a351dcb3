"""Requests for erasure, for who asked and for who decides."""

from uuid import UUID

from openipt.core.errors import Missing
from openipt.exchange.models import ErasureRequest
from openipt.people.models import Member, Person

_WAITING = (ErasureRequest.State.ASKED, ErasureRequest.State.PROPOSED)


def own_request(person: Person) -> ErasureRequest | None:
    """Return the newest request of a person, if they ever made one."""
    return ErasureRequest.objects.filter(person=person).order_by("-asked_at").first()


def requests_of(member: Member) -> list[ErasureRequest]:
    """Return the requests of the member's service, those that wait first."""
    found = ErasureRequest.objects.filter(service_id=member.service_id)
    rows = list(found.select_related("proposed_by", "decided_by").order_by("-asked_at"))
    return sorted(rows, key=lambda row: row.state not in _WAITING)


def open_requests(member: Member) -> int:
    """Return how many requests of the member's service wait for an answer."""
    return ErasureRequest.objects.filter(
        service_id=member.service_id, state__in=_WAITING
    ).count()


def request_for(member: Member, request_id: UUID) -> ErasureRequest:
    """Return one request of the member's service.

    :raises Missing: also when it belongs to another service
    """
    found = (
        ErasureRequest.objects.filter(pk=request_id, service_id=member.service_id)
        .select_related("person__member", "proposed_by", "decided_by")
        .first()
    )
    if found is None:
        raise Missing
    return found
