"""A contract counts sessions, and has a rhythm."""

from django.db import migrations, models


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
    )
