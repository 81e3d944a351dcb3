"""Loads Django for a command, and makes the database and static files ready."""

import os
from io import StringIO

from openipt.core.errors import Refused
from openipt.core.protocols import load_variants


def load_django() -> None:
    """Load settings and models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openipt.config.settings")
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version, and make the keys that seal it."""
    from django.core.management import call_command

    from openipt.sql.fresh import lay_tables
    from openipt.vault import keys

    keys.create_kek()
    lay_tables()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def make_ready() -> None:
    """Give an empty place its tables; a record of an older version is left alone.

    :raises Refused: if the record is of an older version, or half brought back
    :raises DataProblem: if a variant that the service dropped in is wrong
    """
    load_variants()
    refuse_half_restored()
    if not unapplied_migrations():
        return
    if not _database_is_empty():
        raise Refused(
            "The record is of an older version. Run `openipt upgrade`: it makes a copy "
            "first."
        )
    migrate()


def refuse_half_restored() -> None:
    """Hold that no restore was killed here.

    :raises Refused: if one was
    """
    from openipt.keeping.restoring import is_half_done

    if is_half_done():
        raise Refused(
            "A copy was being brought back here and that did not end. Run `openipt "
            "restore` again."
        )


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


def _database_is_empty() -> bool:
    from django.db import connection

    return "people_service" not in connection.introspection.table_names()
