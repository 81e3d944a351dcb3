"""Services, the accounts people sign in with, and members: an account in a service."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from openipt.core.ids import new_id
from openipt.sql.prepared import Prepared
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText


class Service(Row):
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
    brought_back_to = models.DateTimeField(null=True)
    """When the copy was made from which the record was brought back; what was written
    after it may be missing. None unless somebody still has to look: recovery mode."""
    lost_events = models.PositiveIntegerField(null=True)
    """How many entries of the audit trail are missing then, None if nothing tells."""
    lost_until = models.DateTimeField(null=True)
    """When the last of them was sealed."""

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

    def get(self, *args: Any, **named: Any) -> "Account":
        """Return the one account; by its id alone it is read with every request."""
        if args or named.keys() != {"pk"} or not isinstance(named["pk"], UUID):
            return super().get(*args, **named)
        account: Account = _BY_ID.one(account=named["pk"])
        return account


_BY_ID = Prepared(lambda account: Account.objects.filter(pk=account), account=UUID)


class Account(Row, AbstractBaseUser):
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


class Member(Row):
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


class MemberChange(Row):
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


class Absence(Row):
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


class Supervision(Row):
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
