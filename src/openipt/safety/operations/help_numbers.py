"""Looking after the help numbers of a service. A number is live only once checked."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.helplines import digits_of, expires_on
from openipt.people.models import Member
from openipt.safety import access, queries
from openipt.safety.models import HelpLine


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpNumber:
    """A number as an administrator writes it down; `source` is where they found it."""

    country: str
    kind: str
    name: str
    number: str
    hours: str
    note: str
    source: str


@transaction.atomic
def add_help_number(*, details: HelpNumber, by: Member, at: datetime) -> HelpLine:
    """Write down a number; nobody sees it before somebody has checked it.

    The same number with the same words twice is one line.

    :raises Refused: if this member may not
    :raises Invalid: if the number cannot be one, is out of use, or is there already
    """
    _check_may(by)
    _check_number(details, by)
    same = _same_number(details, by)
    if same is not None:
        if all(
            getattr(same, field) == value for field, value in asdict(details).items()
        ):
            return same
        raise Invalid(_("This number is in the list already."))
    line = HelpLine.objects.create(
        service_id=by.service_id, created_at=at, **asdict(details)
    )
    _record("added", line, by, at)
    return line


@transaction.atomic
def change_help_number(
    *, line: HelpLine, details: HelpNumber, version: int, by: Member, at: datetime
) -> HelpLine:
    """Change a number; it must be checked again before anybody sees it.

    :raises Refused: if this member may not
    :raises Invalid: if the number cannot be one, is out of use, or is there already
    :raises Stale: if somebody else changed it meanwhile
    """
    _check_may(by)
    _check_number(details, by)
    line = _locked(line, version)
    same = _same_number(details, by)
    if same is not None and same.pk != line.pk:
        raise Invalid(_("This number is in the list already."))
    for field, value in asdict(details).items():
        setattr(line, field, value)
    line.checked_by = line.checked_on = line.expires_on = None
    line.version += 1
    line.save(
        update_fields=[
            *asdict(details),
            "checked_by",
            "checked_on",
            "expires_on",
            "version",
        ]
    )
    _record("changed", line, by, at)
    return line


@transaction.atomic
def check_help_number(
    *, line: HelpLine, version: int, by: Member, at: datetime
) -> HelpLine:
    """Put a number live: this member has checked it with its operator today.

    It holds for twelve months. A second click on the same day changes nothing.

    :raises Refused: if this member may not
    :raises Stale: if somebody changed the number meanwhile: that one was not checked
    """
    _check_may(by)
    today = queries.today_at(by.service, at)
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    if line.checked_by_id == by.pk and line.checked_on == today:
        return line
    line = _locked(line, version)
    line.checked_by, line.checked_on = by, today
    line.expires_on = expires_on(today)
    line.version += 1
    line.save(update_fields=["checked_by", "checked_on", "expires_on", "version"])
    _record("checked", line, by, at)
    return line


@transaction.atomic
def retire_help_number(
    *, line: HelpLine, version: int, by: Member, at: datetime
) -> HelpLine:
    """Take a number out of use; its row stays, so that one can see who was shown what.

    A second click changes nothing.

    :raises Refused: if this member may not
    :raises Stale: if somebody changed it meanwhile
    """
    _check_may(by)
    line = HelpLine.objects.select_for_update().get(pk=line.pk)
    if line.retired_at is not None:
        return line
    line = _locked(line, version)
    line.retired_at = at
    line.version += 1
    line.save(update_fields=["retired_at", "version"])
    _record("retired", line, by, at)
    return line


def _check_may(by: Member) -> None:
    if reason := access.refusal_to_keep_help_numbers(by):
        raise Refused(reason)


def _check_number(details: HelpNumber, by: Member) -> None:
    fault = access.fault_of_help_number(
        details.number, country=details.country, is_demo=by.service.is_demo
    )
    if fault:
        raise Invalid(fault)


def _same_number(details: HelpNumber, by: Member) -> HelpLine | None:
    """Return the line of the service that already has this number, however written."""
    kept = HelpLine.objects.filter(
        service_id=by.service_id, country=details.country, retired_at__isnull=True
    )
    wanted = _written(details.number)
    return next((line for line in kept if _written(line.number) == wanted), None)


def _written(number: str) -> str:
    return digits_of(number) or number.casefold()


def _locked(line: HelpLine, version: int) -> HelpLine:
    held = HelpLine.objects.select_for_update().get(pk=line.pk)
    if held.version != version or held.retired_at is not None:
        raise Stale(
            _("Somebody else changed this number meanwhile. Please look at it again.")
        )
    return held


def _record(what: str, line: HelpLine, by: Member, at: datetime) -> None:
    audit.record(
        action=f"safety.help_number.{what}",
        resource="help_number",
        object_id=line.pk,
        by=by,
        at=at,
    )
