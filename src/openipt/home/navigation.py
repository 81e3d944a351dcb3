"""What stands around every page: the ways about, help, the way out, warnings, the pulse.

A context processor. What costs a query is asked only when a page draws it, and never on
the way to an error page that must stand when the database does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from openipt.courses import queries as courses
from openipt.home.queries import health, keeping, open_alerts
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.safety import queries as safety
from openipt.web.clock import now
from openipt.web.door import STAFF
from openipt.web.routing import address

FIRST_PAGES = (
    ("therapist", "home:caseload"),
    ("supervisor", "home:supervision"),
    ("admin", "home:console"),
    ("manager", "home:service"),
    ("person", "home:today"),
)
"""Where each role begins; whoever has several begins at the first of them."""

LIVE_FOR_PERSONS = ("/today/", "/help/")
"""Where a person waits for somebody; elsewhere a phone need not ask all the time."""

SHOWING_ALERTS = ("/caseload/", "/supervision/")
"""Where open alerts stand in full; everywhere else a line says that one waits."""


OF_THE_THERAPY = (
    "/my/people/",
    "/my/timeline/",
    "/my/plan-for-staying-well/",
    "/my/letter/",
    "/learn/",
)
"""Addresses of the person that belong to their therapy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """One way about. `badge` is how many things wait there, 0 for none."""

    label: str
    url: str
    icon: str
    current: bool
    badge: Any = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A way about before it is known where we are; `within` are addresses that belong."""

    label: str
    name: str
    icon: str
    within: tuple[str, ...] = ()
    counts_alerts: bool = False


def first_page(member: Member) -> str:
    """Return the name of the page this member begins at."""
    roles = member.role_set
    return next((page for role, page in FIRST_PAGES if role in roles), "people:account")


def around(request: HttpRequest) -> dict[str, Any]:
    """Return what base pages need to know of whoever is here."""
    demo = {"demo_mail_url": address("home:demo-mail")} if settings.OPENIPT_DEMO else {}
    member = getattr(request, "member", None)
    if member is None:
        return {"area": "public", "help_url": address("safety:help"), **demo}
    is_staff = bool(member.role_set & STAFF)
    ways = _ways_of_staff(member) if is_staff else _ways_of_person()
    waiting = _count_for(request, member)
    known: dict[str, Any] = {
        "area": "staff" if is_staff else "person",
        "nav": _items(ways, request.path, waiting),
        "help_url": address("safety:help"),
        "leave_url": address("safety:leave"),
        "lock_url": address("safety:leave"),
        "home_url": address("home"),
        "service_name": member.service.name,
        **demo,
    }
    if is_staff or request.path.startswith(LIVE_FOR_PERSONS):
        known["pulse_url"] = address("people:pulse")
    if is_staff:
        known |= {
            "account_links": _account_links(),
            "member_name": SimpleLazyObject(lambda: member.name),
            "pulse_number": SimpleLazyObject(lambda: people.change_count(member)),
            "staff_warnings": SimpleLazyObject(_warnings_for(member)),
            "record_of_person": _record_for(member),
        }
        known |= _about_alerts(request.path, ways, waiting)
    return known


def _warnings_for(member: Member) -> Callable[[], list[safety.StaffWarning]]:
    return lambda: [
        *health.silence_warnings(now()),
        *keeping.recovery_warnings(member),
        *safety.staff_warnings(member, timezone.localdate(now())),
    ]


def _record_for(member: Member) -> Callable[[UUID], courses.Record | None]:
    """Return what pages about a person, not a course, ask for the head of the record."""

    def record(person_id: UUID) -> courses.Record | None:
        at = now()
        return courses.newest_record_of(
            member, person_id, at=at, today=timezone.localdate(at)
        )

    return record


def tell_waiting(request: HttpRequest, count: int) -> None:
    """Let the page that has read the open alerts say how many nobody has taken."""
    request.alerts_waiting = count  # type: ignore[attr-defined]  # read below


def _count_for(request: HttpRequest, member: Member) -> Callable[[], int]:
    @cache
    def count() -> int:
        told: int | None = getattr(request, "alerts_waiting", None)
        return open_alerts.waiting_count(member, now()) if told is None else told

    return count


def _about_alerts(
    path: str, ways: list[Way], waiting: Callable[[], int]
) -> dict[str, Any]:
    """Return what tells of waiting alerts on pages that do not show them anyway."""
    with_alerts = [address(way.name) for way in ways if way.counts_alerts]
    if not with_alerts or path.startswith(SHOWING_ALERTS):
        return {}
    return {
        "waiting_url": address("home:waiting"),
        "alerts_waiting": waiting,
        "alerts_url": with_alerts[0],
    }


def _items(ways: list[Way], path: str, waiting: Callable[[], int]) -> list[NavItem]:
    """Return the ways about; the one whose address fits best is where we are."""
    fits = {way.name: _fit(way, path) for way in ways}
    best = max(fits.values(), default=0)
    return [
        NavItem(
            label=way.label,
            url=address(way.name),
            icon=way.icon,
            current=best > 0 and fits[way.name] == best,
            badge=SimpleLazyObject(waiting) if way.counts_alerts else 0,
        )
        for way in ways
    ]


def _fit(way: Way, path: str) -> int:
    """Return how much of an address belongs to this way, 0 for none of it."""
    starts = (address(way.name), *way.within)
    return max((len(start) for start in starts if path.startswith(start)), default=0)


def _ways_of_person() -> list[Way]:
    return [
        Way(label=_("Today"), name="home:today", icon="today"),
        Way(
            label=_("My week"), name="practice:weeks", icon="week", within=("/tasks/",)
        ),
        Way(label=_("Check-in"), name="questionnaires:measures", icon="form"),
        Way(
            label=_("Therapy"),
            name="home:therapy",
            icon="circles",
            within=OF_THE_THERAPY,
        ),
        Way(
            label=_("Progress"),
            name="home:progress",
            icon="progress",
            within=("/my/ending/",),
        ),
        Way(label=_("Account"), name="people:account", icon="person", within=("/my/",)),
    ]


def _ways_of_staff(member: Member) -> list[Way]:
    """Return the ways of every role the member has, the clinical ones first."""
    roles, ways = member.role_set, []
    records = ("/courses/", "/sessions/", "/alerts/")
    if "therapist" in roles:
        ways += [
            Way(
                label=_("Caseload"),
                name="home:caseload",
                icon="caseload",
                within=records,
                counts_alerts=True,
            ),
            Way(label=_("Calendar"), name="calendar:week", icon="calendar"),
        ]
    if "supervisor" in roles:
        treats = "therapist" in roles
        ways += [
            Way(
                label=_("Supervision"),
                name="home:supervision",
                icon="eye",
                within=() if treats else records,
                counts_alerts=not treats,
            )
        ]
    if "manager" in roles:
        ways += [Way(label=_("Service"), name="home:service", icon="place")]
    if "manager" in roles or "admin" in roles:
        ways += [
            Way(label=_("Erasure"), name="exchange:requests", icon="shield"),
        ]
    if "admin" in roles:
        ways += [
            Way(
                label=_("Console"),
                name="home:console",
                icon="settings",
                within=("/console/",),
            ),
            Way(label=_("Help numbers"), name="safety:help-numbers", icon="phone"),
        ]
    return ways


def _account_links() -> list[dict[str, str]]:
    return [
        {"label": _("My account"), "url": address("people:account"), "icon": "person"}
    ]
