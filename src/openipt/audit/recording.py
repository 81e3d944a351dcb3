"""Writes events. If an event cannot be written, what it is about does not happen."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, NotRequired, Protocol, TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction

import openipt

from . import context

Decision = Literal["allow", "deny"]
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")


class MemberLike(Protocol):
    """Whoever acts: an account in a service. `people.Member` is one."""

    @property
    def id(self) -> UUID: ...
    @property
    def account_id(self) -> UUID | None: ...
    @property
    def service_id(self) -> UUID: ...
    @property
    def role_set(self) -> frozenset[str]: ...


class Event(TypedDict):
    """What `record` and `record_read` take."""

    action: str
    resource: str
    at: datetime
    by: MemberLike | None
    object_id: NotRequired[UUID | None]
    subjects: NotRequired[Iterable[UUID]]
    service_id: NotRequired[UUID | None]
    decision: NotRequired[Decision]
    reason: NotRequired[str]
    fields: NotRequired[Iterable[str]]
    count: NotRequired[int | None]


def record(  # noqa: PLR0913 -- an event has this many sides, all by keyword
    *,
    action: str,
    resource: str,
    at: datetime,
    by: MemberLike | None,
    object_id: UUID | None = None,
    subjects: Iterable[UUID] = (),
    service_id: UUID | None = None,
    decision: Decision = "allow",
    reason: str = "",
    fields: Iterable[str] = (),
    count: int | None = None,
) -> None:
    """Write that something was changed, in the transaction that changes it.

    `action` is `part.thing.past`, `reason` a code: sentences and names are refused.
    `service_id` is the member's unless said, and the role all of the member's unless
    `context` knows in which one this is done. `by` is None for the program itself.

    :raises RuntimeError: if no transaction is open: the change and its trace would part
    :raises ValueError: if a code is not a code, or the time has no zone
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action} is recorded outside a transaction.")
    _write(
        by=by,
        at=at,
        service_id=service_id,
        action=_code(action),
        resource=_code(resource),
        object_id=object_id,
        subject_ids=sorted({_id(subject) for subject in subjects}),
        decision=decision,
        reason_code=_code(reason) if reason else "",
        fields=sorted({_code(name) for name in fields}),
        count=count,
    )


def record_read(**event: Unpack[Event]) -> None:
    """Write that a record is about to be shown, or that somebody was refused.

    Call it before the answer leaves and outside any transaction: it commits by itself,
    so that nothing which fails later can take the trace away.

    :raises RuntimeError: if a transaction is open
    :raises ValueError: as `record`
    """
    with transaction.atomic(durable=True):
        record(**event)


def _write(
    *, by: MemberLike | None, at: datetime, service_id: UUID | None, **sides: Any
) -> None:
    from .models import AuditEvent

    if at.utcoffset() is None:
        raise ValueError("An event needs an instant, not a wall time.")
    around = context.current()
    AuditEvent(
        at=at,
        service_id=service_id or (by.service_id if by else None),
        actor_id=by.id if by else None,
        account_id=by.account_id if by else None,
        role=around.role or "+".join(sorted(by.role_set if by else ())),
        on_behalf_of=around.on_behalf_of,
        request_id=around.request_id,
        ip_prefix=around.ip_prefix,
        app_version=openipt.__version__,
        **sides,
    ).save(force_insert=True)


def _id(subject: UUID | str) -> str:
    return str(subject if type(subject) is UUID else UUID(str(subject)))


def _code(text: str) -> str:
    """Return the text if it is a code; what people write never is one for long."""
    if not _CODE.fullmatch(text):
        raise ValueError("The trail takes codes and names of fields, not sentences.")
    return text
