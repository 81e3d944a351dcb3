"""The guards anew: an event that comes sealed, or in the place of another, is refused."""

from django.db import migrations

from openipt.audit import guards


def up(_apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]

    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
