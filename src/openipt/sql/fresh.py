"""An empty database gets all its tables at once.

Step by step, Django makes the classes of all models anew some two hundred times, for each
step may find rows that have to be kept. Where nothing is kept yet only the last step counts.
The steps are still what an older record goes through, and what says how the tables look:
a test holds that both ways end at the same tables.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.operations.special import RunPython, RunSQL
from django.db.migrations.state import ProjectState

from openipt.sql.tables import CreateModels

_SHAPES = (ModelOperation, FieldOperation, IndexOperation, CreateModels)
"""Operations whose whole outcome stands in the models as they are at the end."""
_ACTS = (RunPython, RunSQL)
"""Operations that do something beside: they are done, one after the other, at the end."""
_NOTED = "django_migrations"
"""Where Django notes what was done. It may stand alone after a first try was killed."""


def lay_tables() -> bool:
    """Give an empty database the tables of this version, or leave it as it is.

    Returns whether it did. It does nothing where a table stands, or where an operation is of
    another kind than those it knows: then the migrations are gone through step by step.
    """
    executor = MigrationExecutor(connection)
    if set(connection.introspection.table_names()) - {_NOTED} or (
        executor.loader.applied_migrations
    ):
        return False
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    migrations = [migration for migration, _backwards in plan]
    if not all(isinstance(o, _SHAPES + _ACTS) for _, o in _operations(migrations)):
        return False
    executor.recorder.ensure_schema()
    # One transaction: whoever was killed meanwhile finds no tables, and begins again.
    with connection.schema_editor(atomic=True) as editor:
        state = executor.loader.project_state()
        _create(editor, state)
        for app_label, operation in _operations(migrations):
            if isinstance(operation, _ACTS):
                operation.database_forwards(app_label, editor, state, state)
        for migration in migrations:
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _operations(migrations: Iterable[Migration]) -> Iterator[tuple[str, Operation]]:
    for migration in migrations:
        for operation in migration.operations:
            yield migration.app_label, operation


def _create(editor: BaseDatabaseSchemaEditor, state: ProjectState) -> None:
    """Make tables, then indexes and keys, which may name any of them."""
    for name in state.models:
        model = state.apps.get_model(*name)
        if model._meta.can_migrate(connection):
            editor.create_model(model)
    for statement in editor.deferred_sql:
        editor.execute(statement)
    editor.deferred_sql.clear()
