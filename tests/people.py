"""The cast: the same people in every test, made through real operations.

Ana is in therapy with Dr Tomas Lind; Bea is another person of his. Dr Ines Roth is his
deputy, Dr Sofia Berg supervises him, Max manages, Ada administers. Eva is in therapy
with Dr Omar Falk in another service; a stranger to everybody here.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import time as clock

from django.test import Client

from openipt.people import operations as people_operations
from openipt.people.models import Account, Member, Notice, Person, Service
from openipt.safety.models import HelpLine
from openipt.vault import keys

from .remembering import remembered

PASSWORD = "quiet-river-stone-42"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Cast:
    """Who is in a test. Members sign in by `client(name)`."""

    service: Service
    tomas: Member
    ines: Member
    sofia: Member
    max: Member
    ada: Member
    ana: Person
    bea: Person
    other_service: Service
    omar: Member
    mia: Member
    eva: Person
    extra: dict = field(default_factory=dict)

    def member(self, name: str) -> Member:
        found = getattr(self, name)
        return found.member if isinstance(found, Person) else found

    def client(self, name: str) -> Client:
        return signed_in(self.member(name))


MEMBERS = ("tomas", "ines", "sofia", "max", "ada", "ana", "bea", "omar", "mia", "eva")


def make_service(name: str, *, at: datetime = NOW) -> Service:
    service = Service.objects.create(
        name=name,
        zone="Europe/Berlin",
        country="DE",
        languages=["en"],
        hours={str(day): [["09:00", "17:00"]] for day in range(5)},
        contact="Call 000 at the front desk.",
        created_at=at - timedelta(days=400),
    )
    Notice.objects.create(
        service=service,
        version=1,
        text="What is kept and who sees it.",
        published_at=at - timedelta(days=400),
    )
    return service


def make_member(
    service: Service,
    name: str,
    email: str,
    *roles: str,
    deputy: Member | None = None,
    at: datetime = NOW,
) -> Member:
    keys.create_kek()
    account = Account.objects.create_user(email, PASSWORD)
    return Member.objects.create(
        service=service,
        account=account,
        state=Member.State.ACTIVE,
        roles=list(roles),
        name=name,
        deputy=deputy,
        created_at=at - timedelta(days=300),
        joined_at=at - timedelta(days=300),
    )


def make_person(
    service: Service, name: str, email: str, *, by: Member, at: datetime = NOW
) -> Person:
    """A person with an account who has agreed to the notice."""
    person = people_operations.create_person(
        service=service,
        name=name,
        called=name.split(maxsplit=1)[0],
        born_on=date(1990, 5, 17),
        phone="",
        country="DE",
        by=by,
        at=at - timedelta(days=60),
    )
    member = make_member(service, name, email, "person", at=at)
    person.member = member
    person.save(update_fields=["member"])
    notice = Notice.objects.filter(service=service).order_by("-version")[0]
    people_operations.agree(member=member, notice=notice, at=at - timedelta(days=59))
    return person


def make_help_lines(service: Service, by: Member, *, on: date | None = None) -> None:
    on = on or NOW.date()
    for kind, name, number in (
        ("emergency", "Ambulance", "112"),
        ("crisis", "Night line", "000 111"),
    ):
        HelpLine.objects.create(
            service=service,
            country="DE",
            kind=kind,
            name=name,
            number=number,
            source="asked the operator",
            checked_by=by,
            checked_on=on - timedelta(days=30),
            expires_on=on + timedelta(days=335),
            created_at=NOW,
        )


@remembered
def gather() -> Cast:
    """Return the whole cast, without courses."""
    keys.create_kek()
    service = make_service("Harbour Practice")
    ines = make_member(service, "Dr Ines Roth", "ines@test.example", "therapist")
    tomas = make_member(
        service, "Dr Tomas Lind", "tomas@test.example", "therapist", deputy=ines
    )
    sofia = make_member(service, "Dr Sofia Berg", "sofia@test.example", "supervisor")
    max_ = make_member(service, "Max Vogel", "max@test.example", "manager")
    ada = make_member(service, "Ada Kern", "ada@test.example", "admin")
    people_operations.set_supervision(
        supervisor=sofia, therapist=tomas, by=ada, at=NOW - timedelta(days=200)
    )
    other = make_service("Hill Practice")
    omar = make_member(other, "Dr Omar Falk", "omar@test.example", "therapist")
    mia = make_member(
        other, "Mia Horn", "mia@test.example", "manager", "admin", "therapist"
    )
    omar.deputy = mia
    omar.save(update_fields=["deputy"])
    make_help_lines(service, ada)
    make_help_lines(other, mia)
    return Cast(
        service=service,
        tomas=tomas,
        ines=ines,
        sofia=sofia,
        max=max_,
        ada=ada,
        ana=make_person(service, "Ana Holm", "ana@test.example", by=tomas),
        bea=make_person(service, "Bea Wolf", "bea@test.example", by=tomas),
        other_service=other,
        omar=omar,
        mia=mia,
        eva=make_person(other, "Eva Stern", "eva@test.example", by=omar),
    )


@remembered
def gather_with_courses() -> Cast:
    """Return the cast in care: Ana in week 6 of 16, Bea in week 2, Eva elsewhere."""
    from openipt.courses import operations as courses

    cast = gather.__wrapped__()  # a maker that remembers calls no other
    for name, therapist, weeks_ago, hour in (
        ("ana", "tomas", 5, 17),
        ("bea", "tomas", 1, 10),
        ("eva", "omar", 3, 11),
    ):
        first_on = NOW.date() - timedelta(weeks=weeks_ago, days=NOW.weekday() - 3)
        person = getattr(cast, name)
        cast.extra[name] = courses.start_course(
            person=person,
            condition="depression",
            variant_id="ipt_individual_columbia",
            sessions=16,
            minutes=50,
            first_on=first_on,
            wall_time=time(hour, 0),
            missing_rule="",
            reason="",
            by=getattr(cast, therapist),
            at=NOW - timedelta(weeks=weeks_ago, days=5),
        )
        if weeks_ago > 2:
            in_the_middle(cast.extra[name])
    return cast


def in_the_middle(course) -> None:
    """Let a course be where its calendar is, without all that its phase rests on."""
    course.opened_phase = "middle"
    course.save(update_fields=["opened_phase"])


def signed_in(member: Member) -> Client:
    """Return a client in which the member is signed in, with a second factor for staff."""
    client = Client()
    give_second_factor(member)
    client.force_login(member.account)
    session = client.session
    session["member_id"] = str(member.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(member.account_id)
    session.save()
    return client


def give_second_factor(member: Member) -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    if member.is_person:
        return
    Authenticator.objects.get_or_create(
        user=member.account,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": get_adapter().encrypt(TOTP_SECRET)}},
    )
