"""A contract counts sessions, has a rhythm, and names who prescribes."""

from django.db import migrations, models

from openipt.vault.fields import SealedText


class Migration(migrations.Migration):
    """Weekly until now: the number of weeks is the number of sessions."""

    dependencies = (("courses", "0003_ending"),)

    operations = (
        migrations.RenameField("contract", "weeks", "sessions"),
        migrations.AddField(
            "contract",
            "days_between",
            models.PositiveSmallIntegerField(default=7),
        ),
        migrations.AddField(
            "contract",
            "prescriber",
            SealedText(blank=True, max_length=200, null=True),
        ),
    )
