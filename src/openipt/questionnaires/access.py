"""Each question about answering, answered with the reason or an empty string for yes."""

from datetime import datetime

from django.utils.translation import gettext as _

from openipt.web.dates import moment


def refusal_to_ask(refusals: list[str]) -> str:
    """Return why a measure with risk items is closed, "" if it is open.

    `refusals` are what safety says for each course that asks: one named owner with a
    deputy is enough, no course at all is not.
    """
    if "" in refusals:
        return ""
    return _(
        "These questions are closed right now, because nobody is named who would read "
        "your answers while your therapist is away. The people who work here can see "
        "this. Anything you answered before is kept."
    )


def refusal_to_start(
    *, closed: str, state: str | None, opens_next_at: datetime | None
) -> str:
    """Return why a person cannot begin to answer now.

    `state` is that of what is due, None where nothing is.
    """
    if closed:
        return closed
    if state in {"due", "in_progress"}:
        return ""
    again = (
        _("It opens again on %(when)s.") % {"when": moment(opens_next_at)}
        if opens_next_at
        else _("There is no later session in the calendar yet.")
    )
    if state == "done":
        return f"{_('You have answered this for your next session.')} {again}"
    return f"{_('There is nothing to answer here right now.')} {again}"
