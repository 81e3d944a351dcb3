"""The clinic itself: founded once, then its settings and its notice are changed here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.risk import ServiceHours
from openipt.people import access
from openipt.people.models import Member, MemberChange, Notice, Service

from .joining import issue_code, note_change
from .notice_text import first_notice

HOURS_AT_FIRST = {str(day): [["09:00", "17:00"]] for day in range(5)}
COUNTRY_LETTERS = 2


class ServiceSettings(TypedDict, total=False):
    """What an administrator may change about the service; see `Service` for the shapes."""

    name: str
    zone: str
    country: str
    languages: list[str]
    hours: dict[str, list[list[str]]]
    holidays: list[str]
    contact: str


@transaction.atomic
def found_service(
    *, name: str, zone: str, country: str, admin_email: str, at: datetime
) -> tuple[Service, str]:
    """Make a service with its first administrator; return it and the one-time code.

    The code opens an account for `admin_email` only. Hours are Monday to Friday, nine to
    five, until somebody sets others; the notice is the text that ships.

    :raises Invalid: if an answer is unusable
    """
    try:
        validate_email(admin_email)
    except ValidationError:
        raise Invalid(
            _("Write an e-mail address such as name@clinic.example.")
        ) from None
    _check({"name": name, "zone": zone, "country": country})
    service = Service(
        name=name.strip(),
        zone=zone,
        country=country.upper(),
        languages=["en"],
        hours=HOURS_AT_FIRST,
        created_at=at,
    )
    service.save(force_insert=True)
    Notice(
        service=service,
        version=1,
        text=first_notice(service.name),
        published_at=at,
    ).save(force_insert=True)
    member = Member(
        service=service,
        state=Member.State.INVITED,
        roles=["admin"],
        name=_("Administrator"),
        created_at=at,
    )
    member.save(force_insert=True)
    note_change(member, MemberChange.What.INVITED, by=None, at=at)
    audit.record(
        action="people.service.founded",
        resource="service",
        object_id=service.id,
        service_id=service.id,
        by=None,
        at=at,
    )
    return service, issue_code(member=member, by=None, at=at, address=admin_email)


@transaction.atomic
def change_service(
    *,
    service: Service,
    version: int,
    by: Member,
    at: datetime,
    **settings: Unpack[ServiceSettings],
) -> Service:
    """Change the settings of the service; what is not named stays.

    Appointments keep the zone they were agreed in.

    :raises Refused: if `by` may not
    :raises Invalid: if a setting is unusable
    :raises Stale: if somebody changed them since `version`
    """
    if refused := access.refusal_to_administer(by, service.id):
        raise Refused(refused)
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.version != version:
        raise Stale(_("Somebody changed the settings while you were looking at them."))
    whole = {name: settings.get(name, getattr(held, name)) for name in _SETTINGS}
    _check(whole)
    changed = [name for name in _SETTINGS if whole[name] != getattr(held, name)]
    if not changed:
        return held
    for name in changed:
        setattr(held, name, whole[name])
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    audit.record(
        action="people.service.changed",
        resource="service",
        object_id=held.id,
        fields=changed,
        by=by,
        at=at,
    )
    return held


@transaction.atomic
def publish_notice(
    *, service: Service, text: str, base_version: int, by: Member, at: datetime
) -> Notice:
    """Publish a new version of the notice; every person is asked to agree again.

    The same text again returns the newest version: sending a form twice publishes once.

    :raises Refused: if `by` may not
    :raises Invalid: if there is no text
    :raises Stale: if somebody published since `base_version`
    """
    if refused := access.refusal_to_administer(by, service.id):
        raise Refused(refused)
    Service.objects.select_for_update().get(pk=service.pk)
    newest = Notice.objects.filter(service=service).order_by("-version").first()
    written = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not written:
        raise Invalid(_("Write what people should know before they agree."))
    if newest and newest.text == written:
        return newest
    if (newest.version if newest else 0) != base_version:
        raise Stale(_("Somebody published a newer version while you were writing."))
    notice = Notice(
        service=service,
        version=base_version + 1,
        text=written,
        published_at=at,
        published_by=by,
    )
    notice.save(force_insert=True)
    audit.record(
        action="people.notice.published",
        resource="notice",
        object_id=notice.id,
        by=by,
        at=at,
    )
    return notice


_SETTINGS = tuple(ServiceSettings.__annotations__)


def _check(settings: Mapping[str, object]) -> None:
    """Refuse settings the product could not work with.

    :raises Invalid: with what is wrong and what to write instead
    """
    if not str(settings["name"]).strip():
        raise Invalid(_("Write the name of the service."))
    country = str(settings["country"])
    if not (
        len(country) == COUNTRY_LETTERS and country.isascii() and country.isalpha()
    ):
        raise Invalid(_("Choose the country whose help numbers count."))
    if settings["zone"] not in available_timezones():
        raise Invalid(_("Choose a time zone such as Europe/Berlin."))
    if "languages" in settings and not settings["languages"]:
        raise Invalid(_("Choose at least one language."))
    if "hours" in settings:
        _check_hours(settings)


def _check_hours(settings: Mapping[str, object]) -> None:
    hours: Mapping[str, Sequence[Sequence[str]]] = settings["hours"]  # type: ignore[assignment]  # as ServiceSettings says
    holidays: Sequence[str] = settings["holidays"]  # type: ignore[assignment]  # as above
    try:
        ServiceHours(
            zone=ZoneInfo(str(settings["zone"])),
            weekly={
                int(day): tuple(
                    (time.fromisoformat(opens), time.fromisoformat(closes))
                    for opens, closes in openings
                )
                for day, openings in hours.items()
            },
            holidays=frozenset(date.fromisoformat(day) for day in holidays),
        )
    except ValueError:
        raise Invalid(
            _(
                "Check the hours: each ends after it starts, none cross, and the service "
                "is open at some time of the week."
            )
        ) from None
