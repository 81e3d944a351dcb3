"""Who can be entered as in the demo, and what mail would have gone out."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from openipt.people.models import Account, MailPointer, Member, Service

LETTERS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One invented member to enter as."""

    email: str
    name: str
    first_name: str
    role: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceCards:
    """The cards of one invented service."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A mail as it would have gone out: an address and a neutral line."""

    to: str
    created_at: datetime
    sent_at: datetime | None


def cards() -> list[ServiceCards]:
    """Return the cards of every demo service, the one with more cards first."""
    emails = _emails()
    found = (
        Member.objects.filter(account__email__in=emails)
        .exclude(account=None)
        .select_related("account", "service")
    )
    order = {email: place for place, email in enumerate(emails)}
    by_service: dict[Service, list[Card]] = {}
    for member in sorted(found, key=lambda one: order[_email(one)]):
        by_service.setdefault(member.service, []).append(_card(member))
    return [
        ServiceCards(name=service.name, cards=tuple(own))
        for service, own in by_service.items()
    ]


def account(email: str) -> Account:
    """Return the account of a card."""
    return Account.objects.get(email=email)


def letters() -> list[Letter]:
    """Return the newest mails, as pointers: they never hold more than this."""
    found = MailPointer.objects.select_related("member__account").order_by(
        "-created_at"
    )[:LETTERS]
    return [
        Letter(
            to=_email(pointer.member),
            created_at=pointer.created_at,
            sent_at=pointer.sent_at,
        )
        for pointer in found
    ]


def _emails() -> list[str]:
    first = ("person", "person2", "therapist", "supervisor", "manager", "admin")
    second = ("person", "therapist", "manager")
    return [f"{name}@demo.example" for name in first] + [
        f"{name}@other.example" for name in second
    ]


def _email(member: Member) -> str:
    return member.account.email if member.account else ""


def _card(member: Member) -> Card:
    role = next((r for r in _roles() if r in member.role_set), "person")
    title, what = _roles()[role]
    return Card(
        email=_email(member),
        name=member.name,
        first_name=_without_title(member.name).split()[0],
        role=title,
        what=what,
    )


def _without_title(name: str) -> str:
    return name.removeprefix("Dr ").removeprefix("Professor ")


def _roles() -> dict[str, tuple[str, str]]:
    return {
        "person": (
            _("In therapy"),
            _("What is next, the week in review, and whether it helps."),
        ),
        "therapist": (
            _("Therapist"),
            _("Who needs me today, and what each session is for."),
        ),
        "supervisor": (
            _("Supervisor"),
            _("Alerts that nobody took, and the courses of those supervised."),
        ),
        "manager": (_("Service manager"), _("How the service is doing, in counts.")),
        "admin": (
            _("Administrator"),
            _("Members, hours, help numbers, the notice. No clinical text."),
        ),
    }
