"""Work that must happen: neutral mails, and forgetting drafts nobody came back to."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from openipt import outbox
from openipt.web.clock import now

from . import operations, queries

DAY = 24 * 60 * 60


@task()  # type: ignore[untyped-decorator]  # the package has no types here
def deliver_pointer(pointer_id: str) -> None:
    """Mail that there is something to read, once; no name, no kind, no address in it.

    A crash between mail and mark sends it again: twice is better than never. In the demo
    nothing leaves the machine.
    """
    pointer = queries.pointer_to_send(UUID(pointer_id))
    if pointer is None:
        return
    address, languages = pointer
    if not settings.OPENIPT_DEMO:
        with translation.override([*languages, settings.LANGUAGE_CODE][0]):
            send_mail(
                subject=_("You have a message"),
                message=_("There is something for you to read. Please sign in."),
                from_email=None,
                recipient_list=[address],
            )
    operations.mark_sent(pointer_id=UUID(pointer_id), at=now())


@outbox.periodic(
    "people.purge_drafts", every=DAY, when=lambda: queries.old_drafts_wait(now())
)
def purge_drafts() -> None:
    """Forget drafts that nobody touched for 30 days."""
    operations.purge_drafts(at=now())
