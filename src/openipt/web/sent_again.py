"""A form that adds something and is sent twice: the same is kept once, nothing is lost.

Each such form carries a `submission_id`. The same id with the same words gives what was
kept at first. With other words it is another entry, written after going back or from a
second window: its form comes back under a new id, with everything that was typed.
"""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from openipt.core.errors import SentBefore
from openipt.core.ids import new_id

FIELD = "submission_id"
_CODE = "sent_before"


def check_same(first: object, now: object) -> None:
    """Let the same words pass that a form brought when it was first sent.

    :raises SentBefore: if it says something else now
    """
    if first != now:
        raise SentBefore(
            _(
                "This form was sent before, and it said something else then. What was sent "
                "first is kept. If this is one more, save it again."
            )
        )


def send_anew(form: forms.Form, reason: SentBefore) -> None:
    """Say why a form came back, and let it be sent again as a new one."""
    about_submission(form)
    form.add_error(None, forms.ValidationError(str(reason), code=_CODE))


def about_submission(form: forms.Form) -> None:
    """Let a form be sent under a new id."""
    sent: Any = form.data
    data = sent.copy()
    data[FIELD] = str(new_id())
    form.data = data


def status_of(form: forms.Form, *, conflict: bool = False) -> int:
    """Return with which status a form is shown: as it begins, as wrong, as too late."""
    if conflict or form.has_error(NON_FIELD_ERRORS, _CODE):
        return 409
    return 422 if form.errors else 200
