"""Invented services and their staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from openipt.cli.demo.cast import invented, make_help_lines
from openipt.core.ids import new_id
from openipt.people import operations as people
from openipt.people.models import (
    Account,
    Member,
    MemberChange,
    Notice,
    Service,
    Supervision,
)

from . import plan
from .rows import Rows

DOMAIN = "simulated.example"
PASSWORD = "openipt-simulated"  # noqa: S105 -- published, for invented people only
_NOBODY_SIGNS_IN = "!simulated"
"""No hash of any password: the account is there and its door is shut."""
FOUNDED_EARLIER = timedelta(days=450)
ZONE = "Europe/Berlin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a course happens: what its rows refer to."""

    seed: int
    at: datetime
    service_id: UUID
    notice_id: UUID
    therapist_id: UUID
    seats: int = plan.COURSES_OF_A_THERAPIST
    """How many courses the therapist has: over so many the hours of the week spread."""


def make_service(seed: int, number: int, at: datetime) -> None:
    """Make a service with its lead, manager, administrator, notice and help numbers."""
    founded = at - FOUNDED_EARLIER
    service = Service(
        id=plan.marked_id(seed, number),
        name=f"Simulated Service {number + 1}",
        zone=ZONE,
        country="ZZ",
        languages=["en"],
        hours={str(day): [["08:00", "18:00"]] for day in range(plan.DAYS_A_WEEK)},
        contact="Nobody: everybody in this service is invented.",
        is_demo=True,
        created_at=founded,
    )
    service.save(force_insert=True)
    Notice.objects.create(
        service=service,
        version=1,
        text=people.first_notice(service.name),
        published_at=founded,
    )
    rows = Rows()
    made: dict[str, Member] = {}
    for role, roles in _OFFICES.items():
        email = f"{role}{'' if number == 0 else f'-{number + 1}'}@{DOMAIN}"
        made[role] = add_member(
            rows,
            service.pk,
            name=f"Simulated {role.capitalize()} {number + 1}",
            email=email,
            roles=roles,
            at=founded,
            signs_in=number == 0,
        )
    write(rows, founded)
    make_help_lines(service, by=made["admin"], at=at)


def make_therapist(seed: int, caseload: int, at: datetime) -> UUID:
    """Make a therapist: supervised, and with the lead of the service as deputy."""
    service_id = plan.marked_id(seed, caseload // plan.THERAPISTS_OF_A_SERVICE)
    since = at - FOUNDED_EARLIER
    lead = Member.objects.only("pk").get(
        service_id=service_id, account__email__startswith="supervisor"
    )
    rows = Rows()
    therapist = add_member(
        rows,
        service_id,
        id=therapist_id(seed, caseload, at),
        name=f"Dr {_name(caseload)}",
        email=f"therapist{'' if caseload == 0 else f'-{caseload + 1}'}@{DOMAIN}",
        roles=["therapist"],
        at=since,
        signs_in=caseload == 0,
    )
    therapist.deputy = lead
    rows.add(
        Supervision(
            service_id=service_id,
            supervisor=lead,
            therapist=therapist,
            starts_at=since,
            created_by=lead,
        )
    )
    write(rows, since)
    return therapist.pk


def place_of(seed: int, caseload: int, at: datetime, **more: Any) -> Place:
    """Return where the courses of a caseload happen."""
    service_id = plan.marked_id(seed, caseload // plan.THERAPISTS_OF_A_SERVICE)
    return Place(
        seed=seed,
        at=at,
        service_id=service_id,
        notice_id=Notice.objects.values_list("pk", flat=True).get(
            service_id=service_id, version=1
        ),
        therapist_id=therapist_id(seed, caseload, at),
        **more,
    )


def therapist_id(seed: int, caseload: int, at: datetime) -> UUID:
    """Return the id of the therapist who has that caseload."""
    with plan.ids_of("therapist", seed, caseload, at):
        return new_id()


def add_member(
    rows: Rows,
    service_id: UUID,
    *,
    email: str,
    at: datetime,
    signs_in: bool = False,
    **member: Any,
) -> Member:
    """Add somebody who has joined, with an account and the steps that led there."""
    account = rows.add(
        Account(
            email=email,
            date_joined=at,
            password=make_password(PASSWORD) if signs_in else _NOBODY_SIGNS_IN,
        )
    )
    made = rows.add(
        Member(
            service_id=service_id,
            account=account,
            state=Member.State.ACTIVE,
            created_at=at,
            joined_at=at,
            **member,
        )
    )
    for what in (MemberChange.What.INVITED, MemberChange.What.JOINED):
        rows.add(
            MemberChange(
                service_id=service_id,
                member=made,
                what=what,
                roles=made.roles,
                at=at,
            )
        )
    return made


def write(rows: Rows, at: datetime) -> None:
    """Write the rows; accounts, which note the moment of writing, then say `at`."""
    rows.write()
    made = [row.pk for row in rows if isinstance(row, Account)]
    Account.objects.filter(pk__in=made).update(date_joined=at)


_OFFICES = {
    "supervisor": ["supervisor", "therapist"],
    "manager": ["manager"],
    "admin": ["admin"],
}


def _name(number: int) -> str:
    pool = invented()["names"]
    first, last = pool["first"], pool["last"]
    return f"{first[number % len(first)]} {last[number * 7 % len(last)]}"
