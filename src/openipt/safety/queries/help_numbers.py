"""Help numbers: what is shown to a person, and what an administrator looks after."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, cast
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from openipt.core.errors import Missing
from openipt.core.helplines import (
    Standing,
    Suggestion,
    digits_of,
    fault_of_number,
    standing,
    suggestions,
)
from openipt.people.models import Member, Person, Service
from openipt.safety.models import HelpLine
from openipt.sql.prepared import Prepared
from openipt.web.countries import country_name

_ORDER = {kind: place for place, kind in enumerate(HelpLine.Kind.values)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A number as a person sees it. `href` is empty where it cannot be dialled."""

    kind: str
    name: str
    number: str
    href: str
    hours: str
    note: str
    checked_on: date
    is_old: bool
    """Only an emergency number: the check has run out, and the page says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptLine:
    """A number as its administrator sees it."""

    line: HelpLine
    country: str
    standing: Standing
    checked_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """What the help page shows; without a record it shows no lines."""

    lines: tuple[Line, ...]
    is_demo: bool
    contact: str = ""

    @property
    def has_emergency(self) -> bool:
        """Whether an emergency number is among the lines."""
        return any(line.kind == HelpLine.Kind.EMERGENCY for line in self.lines)


class StaffWarning(NamedTuple):
    """A sentence on top of every staff page; `tone` is "red" or "gold"."""

    text: str
    url: str
    tone: Literal["red", "gold"]


def lines_for(service_id: UUID, country: str, on: date) -> list[Line]:
    """Return the numbers a person in this country may be shown on this day.

    What was never checked is not shown, what has expired disappears; an emergency number
    stays, marked with the date of its last check.
    """
    found = HelpLine.objects.filter(
        service_id=service_id,
        country=country,
        checked_on__isnull=False,
        retired_at__isnull=True,
    )
    in_order = sorted(found, key=lambda row: (_ORDER[row.kind], row.name, row.pk))
    return [_shown(row, on) for row in in_order if _is_shown(row, on)]


def emergency_is_live(service_id: UUID, country: str, on: date) -> bool:
    """Return whether an emergency number of the country is checked and not expired."""
    return HelpLine.objects.filter(
        service_id=service_id,
        country=country,
        kind=HelpLine.Kind.EMERGENCY,
        expires_on__gt=on,
        retired_at__isnull=True,
    ).exists()


def help_for_member(member: Member, person: Person | None, on: date) -> Help:
    """Return what the help page shows to somebody who is signed in.

    A person sees the numbers of the country they chose, staff those of the service's.
    """
    return _help_of(member.service, person.country if person else "", on)


def help_for_anybody(on: date) -> Help:
    """Return what the help page shows signed out.

    Only where the installation has a single service is it clear whose numbers to show.
    """
    services = list(Service.objects.order_by("pk")[:2])
    if len(services) != 1:
        return Help(lines=(), is_demo=any(service.is_demo for service in services))
    return _help_of(services[0], "", on)


def kept_lines(member: Member, on: date) -> list[KeptLine]:
    """Return the numbers of an administrator's service, without the retired ones."""
    found = HelpLine.objects.filter(
        service_id=member.service_id, retired_at__isnull=True
    ).select_related("checked_by")
    in_order = sorted(
        found, key=lambda row: (row.country, _ORDER[row.kind], row.name, row.pk)
    )
    return [
        KeptLine(
            line=row,
            country=country_name(row.country),
            standing=standing(expires=row.expires_on, on=on),
            checked_by=row.checked_by.name if row.checked_by else "",
        )
        for row in in_order
    ]


def kept_line(member: Member, line_id: UUID) -> HelpLine:
    """Return one number of the member's service, a retired one too.

    :raises Missing: also when it belongs to another service
    """
    found = HelpLine.objects.filter(pk=line_id, service_id=member.service_id).first()
    if found is None:
        raise Missing
    return found


def open_suggestions(member: Member) -> list[Suggestion]:
    """Return what may be suggested for the service's country and is not there yet.

    A demonstration lies in a country that does not exist, for which there is nothing.
    """
    service = member.service
    there = {
        digits_of(number)
        for number in HelpLine.objects.filter(
            service=service, country=service.country, retired_at__isnull=True
        ).values_list("number", flat=True)
    }
    offered = suggestions(service.country)
    return [line for line in offered if digits_of(line.number) not in there]


_CHECKED = Prepared(
    lambda service: HelpLine.objects.filter(
        service_id=service, checked_on__isnull=False, retired_at__isnull=True
    ).values_list("kind", "country", "expires_on"),
    service=UUID,
)


def staff_warnings(member: Member, on: date) -> list[StaffWarning]:
    """Return what staff must see about the service's help numbers: red, then gold."""
    url = reverse("safety:help-numbers") if "admin" in member.role_set else ""
    found = faults_of_numbers(member.service, on)
    return [StaffWarning(sentence, url, tone) for sentence, tone in found]


def faults_of_numbers(
    service: Service, on: date
) -> list[tuple[str, Literal["red", "gold"]]]:
    """Return what is wrong with a service's help numbers, red or gold; one query."""
    rows = _CHECKED.rows(service=service.pk)
    stand = [(*row, standing(expires=row[2], on=on)) for row in rows]
    found: list[tuple[str, Literal["red", "gold"]]] = []
    if not any(
        kind == HelpLine.Kind.EMERGENCY and country == service.country
        for kind, country, *_ in stand
    ):
        sentence = _("No emergency number has been checked: nobody can be invited yet.")
        found.append((sentence, "red"))
    expired = [row for row in stand if row[3] is Standing.EXPIRED]
    if any(row[0] == HelpLine.Kind.EMERGENCY for row in expired):
        sentence = _("The check of an emergency number is more than a year old.")
        found.append((sentence, "red"))
    if any(row[0] != HelpLine.Kind.EMERGENCY for row in expired):
        sentence = _("A help number is no longer shown: its check is over a year old.")
        found.append((sentence, "red"))
    if any(row[3] is Standing.EXPIRES_SOON for row in stand):
        sentence = _("A help number must be checked again within 30 days.")
        found.append((sentence, "gold"))
    return found


def _help_of(service: Service, country: str, on: date) -> Help:
    lines = lines_for(service.pk, country or service.country, on)
    return Help(lines=tuple(lines), is_demo=service.is_demo, contact=service.contact)


def _is_shown(row: HelpLine, on: date) -> bool:
    is_emergency = row.kind == HelpLine.Kind.EMERGENCY
    return is_emergency or standing(expires=row.expires_on, on=on).is_shown


def _shown(row: HelpLine, on: date) -> Line:
    return Line(
        kind=row.kind,
        name=row.name,
        number=row.number,
        href=_dial(row.number),
        hours=row.hours,
        note=row.note,
        checked_on=cast("date", row.checked_on),
        is_old=not standing(expires=row.expires_on, on=on).is_shown,
    )


def _dial(number: str) -> str:
    """Return the address that dials a number; none for one written in words."""
    if fault_of_number(number):
        return ""
    plus = "+" if number.startswith("+") else ""
    return f"tel:{plus}{digits_of(number)}"
