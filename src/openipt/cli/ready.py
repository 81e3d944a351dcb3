"""Loads Django for a command, and makes the database and static files ready."""

import os
from io import StringIO


def load_django() -> None:
    """Load settings and models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version, and make the keys that seal it."""
    from django.core.management import call_command

    from openipt.vault import keys

    keys.create_kek()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def unapplied_migrations() -> int:
    """Return how many migrations this version has that the database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static() -> None:
    """Put static files under hashed names; the extensions of htmx are not ours to serve."""
    from django.core.management import call_command

    call_command(
        "collectstatic",
        verbosity=0,
        interactive=False,
        clear=True,
        stdout=StringIO(),
        ignore_patterns=["ext", "htmx-4*", "htmax*", "debug*", "django-htmx.js"],
    )
