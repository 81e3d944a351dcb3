"""What is around an event: request, network, role; said once, taken by every event."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

_IPV4_KEPT, _IPV6_KEPT = 24, 48


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """Taken into every event that is recorded while they hold."""

    request_id: str = ""
    ip_prefix: str = ""
    role: str = ""
    on_behalf_of: UUID | None = None


_NOTHING = Surroundings()
_surroundings: ContextVar[Surroundings] = ContextVar(
    "openipt_audit_surroundings", default=_NOTHING
)


def current() -> Surroundings:
    """Return what holds here and now."""
    return _surroundings.get()


@contextmanager
def surrounded(
    *,
    request_id: str = "",
    ip_prefix: str = "",
    role: str = "",
    on_behalf_of: UUID | None = None,
) -> Iterator[None]:
    """Let every event inside carry these; afterwards all is as it was."""
    token = _surroundings.set(
        Surroundings(
            request_id=request_id,
            ip_prefix=ip_prefix,
            role=role,
            on_behalf_of=on_behalf_of,
        )
    )
    try:
        yield
    finally:
        _surroundings.reset(token)


def acts_as(role: str, *, on_behalf_of: UUID | None = None) -> None:
    """Say in which role the rest of this request or job is done, and for whom."""
    _surroundings.set(
        replace(_surroundings.get(), role=role, on_behalf_of=on_behalf_of)
    )


def prefix_of(address: str) -> str:
    """Return the network of an address (/24 or /48), or "" for what is none.

    The whole address would be one more personal datum; the network is enough to see
    that an account was used from a place where it never was.
    """
    try:
        ip = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    kept = _IPV4_KEPT if ip.version == 4 else _IPV6_KEPT
    return str(ipaddress.ip_network((ip, kept), strict=False))
