"""The database itself refuses to change or remove an event.

A later change of the table on SQLite builds it anew and loses the guards: end such a
migration with `RunPython(up, down)` as well. A test looks whether they stand.
"""

from django.db import migrations

from openipt.audit import guards


def up(_apps, schema_editor):
    guards.install(schema_editor.connection)


def down(_apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(up, down)]
