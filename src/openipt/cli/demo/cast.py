"""The invented services, their staff, help lines and notices."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.contrib.auth.hashers import make_password

from openipt.core.helplines import expires_on
from openipt.people import operations as people
from openipt.people.models import Account, Member, Notice, Service
from openipt.safety.models import HelpLine

PASSWORD = "openipt-demo"  # noqa: S105 -- the demo's published password, refused elsewhere
BORN = timedelta(days=390)


@cache
def invented() -> dict[str, Any]:
    """Return the invented names and stories; each story has its life."""
    made, lives = _read("people.toml"), _read("lives.toml")["lives"]
    known = {life["key"]: life for life in lives}
    for story in made["stories"]:
        story["life"] = known[story["life"]]
    return made


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def make_service(key: str, *, at: datetime) -> Service:
    """Make one of the invented services, with hours and the product's notice."""
    facts = invented()[key]
    service = Service.objects.create(
        name=facts["name"],
        zone=facts["zone"],
        country=facts["country"],
        languages=["en"],
        hours={str(day): [["09:00", "17:00"]] for day in range(5)},
        contact=facts["contact"],
        is_demo=True,
        created_at=at - BORN,
    )
    Notice.objects.create(
        service=service,
        version=1,
        text=people.first_notice(service.name),
        published_at=at - BORN,
    )
    return service


def make_member(
    service: Service, *, name: str, email: str, roles: list[str], at: datetime
) -> Member:
    """Make a member who has joined; the demo's addresses share one password."""
    signs_in = not email.startswith("someone-")
    account = Account.objects.create_user(email)
    account.date_joined = at
    if signs_in:
        account.password = _hashed()
    account.save(update_fields=["date_joined", "password"])
    return Member.objects.create(
        service=service,
        account=account,
        state=Member.State.ACTIVE,
        roles=roles,
        name=name,
        created_at=at,
        joined_at=at,
    )


@cache
def _hashed() -> str:
    """Hash the one password once: hashing takes its time, as it should."""
    return make_password(PASSWORD)


def make_staff(service: Service, *, at: datetime) -> dict[str, Member]:
    """Make the first service's staff: deputies of each other, all supervised."""
    staff = {
        row["key"]: make_member(
            service,
            name=row["name"],
            email=row["email"],
            roles=row["roles"],
            at=at - BORN,
        )
        for row in invented()["staff"]
    }
    ring = [staff["therapist"], staff["deputy"], staff["third"]]
    for member, deputy in zip(ring, [*ring[1:], ring[0]], strict=True):
        member.deputy = deputy
        member.save(update_fields=["deputy"])
        people.set_supervision(
            supervisor=staff["supervisor"],
            therapist=member,
            by=staff["admin"],
            at=at - BORN,
        )
    return staff


def make_other_staff(service: Service, *, at: datetime) -> dict[str, Member]:
    """Make the second service's staff: small, one of them with doubled roles."""
    staff = {
        row["key"]: make_member(
            service,
            name=row["name"],
            email=row["email"],
            roles=row["roles"],
            at=at - BORN,
        )
        for row in invented()["other_staff"]
    }
    therapist, deputy = staff["therapist"], staff["deputy"]
    therapist.deputy, deputy.deputy = deputy, therapist
    for member in (therapist, deputy):
        member.save(update_fields=["deputy"])
    people.set_supervision(
        supervisor=deputy, therapist=therapist, by=deputy, at=at - BORN
    )
    return staff


def make_help_lines(service: Service, *, by: Member, at: datetime) -> None:
    """Make the invented numbers live: they are words, so that nobody can dial them."""
    checked = (at - timedelta(days=60)).date()
    for row in invented()["help_lines"]:
        HelpLine.objects.create(
            service=service,
            country=service.country,
            source="Invented for the demonstration",
            checked_by=by,
            checked_on=checked,
            expires_on=expires_on(checked),
            created_at=at - timedelta(days=60),
            **row,
        )
