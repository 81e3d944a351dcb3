"""Housekeeping that no part above owns: the trail is sealed, done work is forgotten."""

from openipt import audit, outbox
from openipt.audit.chain import something_waits
from openipt.outbox.operations import forget_done

from .clock import now

DAY = 24 * 60 * 60


@outbox.periodic("audit.seal", every=2, when=something_waits)
def seal_the_trail() -> None:
    """Give new events their place in the chain, within seconds of what they tell."""
    audit.seal_pending(now())


@outbox.periodic("outbox.forget", every=DAY)
def forget_done_jobs() -> None:
    """Remove jobs that were done long ago."""
    forget_done(at=now())
