"""Who is here: services, accounts, members, persons and what opens a record."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from openipt.core.ids import new_id
from openipt.vault.fields import SealedJSON, SealedText


class Service(models.Model):
    """A clinic: the tenant, and the wall of privacy around everything in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60)
    country = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    hours = models.JSONField(default=dict)
    """Weekday number (Monday 0) as text -> list of ["HH:MM", "HH:MM"]."""
    holidays = models.JSONField(default=list)
    """ISO dates on which nobody reads; a day that is missing counts as working."""
    policy = models.JSONField(default=dict)
    """What this service sets differently from the product's defaults, by key."""
    contact = models.CharField(max_length=400, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"service {self.pk}"


class Accounts(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """A way to sign in. The address is the one contact datum kept in clear."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=1)
    """Raised to end every session at once; a session remembers the one it began in."""
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return f"account {self.pk}"

    def get_full_name(self) -> str:
        return ""


class Member(models.Model):
    """An account in a service, with its roles. One human may be a member of several."""

    class State(models.TextChoices):
        INVITED = "invited"
        ACTIVE = "active"
        SUSPENDED = "suspended"

    sealed_for = "id"
    sealed_kind = "member"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
    )
    state = models.CharField(max_length=12, choices=State, default=State.INVITED)
    roles = models.JSONField(default=list)
    name = SealedText(max_length=120)
    deputy = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputy_of"
    )
    created_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "account"], name="member_once_in_a_service"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")),
                name="member_is_not_their_own_deputy",
            ),
            models.CheckConstraint(
                condition=Q(state="invited") | Q(account__isnull=False),
                name="member_has_an_account_once_joined",
            ),
        )

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles)

    @property
    def is_person(self) -> bool:
        return "person" in self.roles


class MemberChange(models.Model):
    """A step in the life of a member and the reason for it; rows are never changed."""

    class What(models.TextChoices):
        INVITED = "invited"
        JOINED = "joined"
        ROLES = "roles"
        SUSPENDED = "suspended"
        REINSTATED = "reinstated"

    sealed_for = "member_id"
    sealed_kind = "member"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12, choices=What)
    roles = models.JSONField(default=list)
    """The roles held from then on."""
    reason = SealedText(max_length=1000, null=True, blank=True)
    by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["member", "at"], name="change_of_member"),)

    def __str__(self) -> str:
        return f"member change {self.pk}"


class Absence(models.Model):
    """Days on which a member reads nothing, and who reads for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Member, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    """The first day back."""
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="absence_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(member=F("deputy")), name="absence_has_another_deputy"
            ),
        )

    def __str__(self) -> str:
        return f"absence {self.pk}"


class Supervision(models.Model):
    """Who supervises whom, from when to when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Member, models.PROTECT, related_name="supervises")
    therapist = models.ForeignKey(Member, models.PROTECT, related_name="supervised_by")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["supervisor", "therapist"],
                condition=Q(ends_at__isnull=True),
                name="supervision_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(supervisor=F("therapist")),
                name="supervision_is_by_somebody_else",
            ),
        )

    def __str__(self) -> str:
        return f"supervision {self.pk}"


class Person(models.Model):
    """Somebody in therapy. May have no account yet, or never."""

    sealed_for = "id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="persons")
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="person"
    )
    name = SealedText(max_length=120)
    called = SealedText(max_length=60)
    """What they like to be called."""
    born_on = SealedText(max_length=10, null=True, blank=True)
    """ISO date, to tell two of the same name apart."""
    phone = SealedText(max_length=40, null=True, blank=True)
    country = models.CharField(max_length=2)
    """Whose help numbers are shown: chosen, never guessed."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"person {self.pk}"


class CareRelationship(models.Model):
    """A professional's tie to a person: the only thing that opens a record.

    It grants only while `state` is active and the instant lies within its dates.
    `course_id` names the course it was opened for; that row lives in a part above.
    """

    class State(models.TextChoices):
        INVITED = "invited"
        ACTIVE = "active"
        PAUSED = "paused"
        ENDED = "ended"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="care")
    member = models.ForeignKey(Member, models.PROTECT, related_name="care")
    course_id = models.UUIDField(null=True, blank=True, db_index=True)
    role = models.CharField(max_length=20, default="therapist")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    end_reason = SealedText(max_length=1000, null=True, blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "member", "course_id", "role"],
                condition=~Q(state="ended"),
                name="care_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="care_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ends_at__isnull=False),
                name="care_that_ended_has_a_date",
            ),
        )
        indexes = (
            models.Index(fields=["member", "state"], name="care_of_member"),
            models.Index(fields=["person", "state"], name="care_of_person"),
        )

    def __str__(self) -> str:
        return f"care {self.pk}"


class CareChange(models.Model):
    """A step in the life of a care relationship; rows are never changed."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    care = models.ForeignKey(CareRelationship, models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=CareRelationship.State)
    reason = SealedText(max_length=1000, null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"care change {self.pk}"


class Invitation(models.Model):
    """A one-time code, handed over in person; only its keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    address_digest = models.CharField(max_length=64, blank=True)
    """Keyed digest of the only sign-in address it may open; empty means any."""
    created_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Notice(models.Model):
    """What a service tells a person before anything is kept; every version stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="notices")
    version = models.PositiveIntegerField()
    text = models.TextField(max_length=20000)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "version"], name="notice_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.pk} version {self.version}"


class Agreement(models.Model):
    """A person's yes to one version of the notice, and perhaps its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="agreements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="agreements")
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["notice", "member"],
                condition=Q(withdrawn_at__isnull=True),
                name="agreement_once",
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Draft(models.Model):
    """What somebody was typing, kept so that no sentence is lost; gone once it is saved."""

    sealed_for = "subject_id"
    sealed_kind = "member"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    """Which form: a word, and the id of what it is about."""
    subject_id = models.UUIDField()
    """Whose key seals it: the author's own."""
    content = SealedJSON()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "key"], name="draft_once_a_form"),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"


class ChangeCount(models.Model):
    """Rises whenever something on a member's pages changed; read by the pulse."""

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="+"
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    n = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"change count {self.pk}"


class MailPointer(models.Model):
    """A neutral mail that says only that there is something to read after signing in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mail pointer {self.pk}"
