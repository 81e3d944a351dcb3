"""How somebody comes in: the one-time code, the notice and the yes to it."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row

from .members import Member, Service


class Invitation(Row):
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


class Notice(Row):
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


class Agreement(Row):
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
