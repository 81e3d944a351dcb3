"""Trying what a form asks for, so that a refusal comes back with what was typed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django import forms

from openipt.core.errors import Invalid, Refused, SentBefore, Stale
from openipt.web.refusals import STATUS
from openipt.web.sent_again import send_anew

Result = TypeVar("Result")


def attempt(
    form: forms.Form, act: Callable[[], Result], *, about: str | None = None
) -> tuple[Result | None, int]:
    """Do it and return the result with 200, or None with the status that fits.

    A form that is not valid is not tried (422). What the operation refuses becomes the
    form's own error: of the field `about`, or of the whole form.
    """
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return act(), HTTPStatus.OK
    except SentBefore as reason:
        send_anew(form, reason)
        return None, HTTPStatus.CONFLICT
    except (Invalid, Refused, Stale) as reason:
        form.add_error(about, str(reason))
        return None, next(
            status for kind, status in STATUS.items() if isinstance(reason, kind)
        )
