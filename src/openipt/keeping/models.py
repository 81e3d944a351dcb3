"""When the record was copied, tried and upgraded. Rows of the installation itself."""

from django.db import models

from openipt.core.ids import new_id
from openipt.sql.rows import Row


class Happening(Row):
    """A copy, a drill or an upgrade, and whether it went well."""

    class Kind(models.TextChoices):
        COPY = "copy"
        DRILL = "drill"
        UPGRADE = "upgrade"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    at = models.DateTimeField()
    went_well = models.BooleanField()
    copied_at = models.DateTimeField(null=True)
    """For a drill: when the copy was made that was tried."""
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["kind", "-at"], name="happening_last"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
