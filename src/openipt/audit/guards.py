"""Triggers by which the database itself refuses to change, replace or remove an event.

They stop slips and careless tools. Somebody who owns the database can drop them; that is
what the chain is for.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "audit_auditevent"
_UPDATE, _DELETE, _TRUNCATE, _INSERT = (
    "audit_event_stays_as_it_is",
    "audit_event_stays",
    "audit_events_stay",
    "audit_event_takes_no_place",
)
_KEPT = [
    "id",
    "service_id",
    "at",
    "actor_id",
    "account_id",
    "role",
    "on_behalf_of",
    "action",
    "resource",
    "object_id",
    "subject_ids",
    "decision",
    "reason_code",
    "fields",
    "count",
    "request_id",
    "ip_prefix",
    "app_version",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards up; those that stand are put up anew."""
    remove(connection)
    _run(connection, _CREATE[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down: for a test database that must be emptied, and for nothing else."""
    _run(connection, _DROP[connection.vendor])


def stand(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether all guards are up."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [_TABLE])
        return _WANTED[connection.vendor] <= {name for (name,) in cursor.fetchall()}


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _quoted(row: str) -> list[str]:
    return [f'{row}."{column}"' for column in _KEPT]


_UNCHANGED = " AND ".join(
    f"{old} IS {new}" for old, new in zip(_quoted("OLD"), _quoted("NEW"), strict=True)
)
_SEALS = "OLD.seq IS NULL AND NEW.seq IS NOT NULL AND NEW.hash IS NOT NULL"
_COMES_SEALED = "NEW.seq IS NOT NULL OR NEW.hash IS NOT NULL"

# SQLite removes the row in the way of an OR REPLACE without asking the trigger of removal.
_CREATE_SQLITE = (
    f"""
    CREATE TRIGGER {_INSERT} BEFORE INSERT ON {_TABLE}
    WHEN {_COMES_SEALED} OR EXISTS (SELECT 1 FROM {_TABLE} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit events are never replaced'); END
    """,  # noqa: S608 -- names of ours
    f"""
    CREATE TRIGGER {_UPDATE} BEFORE UPDATE ON {_TABLE}
    WHEN NOT ({_SEALS} AND {_UNCHANGED})
        OR EXISTS (SELECT 1 FROM {_TABLE} WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END
    """,  # noqa: S608 -- names of ours
    f"""
    CREATE TRIGGER {_DELETE} BEFORE DELETE ON {_TABLE}
    BEGIN SELECT RAISE(ABORT, 'audit events are never removed'); END
    """,
)

_CREATE_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit events are never changed or removed'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER {_INSERT} BEFORE INSERT ON {_TABLE} FOR EACH ROW
    WHEN ({_COMES_SEALED}) EXECUTE FUNCTION audit_refuse()
    """,
    f"""
    CREATE TRIGGER {_UPDATE} BEFORE UPDATE ON {_TABLE} FOR EACH ROW
    WHEN (NOT ({_SEALS}
        AND to_jsonb(OLD) - 'seq' - 'hash' = to_jsonb(NEW) - 'seq' - 'hash'))
    EXECUTE FUNCTION audit_refuse()
    """,
    f"""
    CREATE TRIGGER {_DELETE} BEFORE DELETE ON {_TABLE}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    f"""
    CREATE TRIGGER {_TRUNCATE} BEFORE TRUNCATE ON {_TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
)

_WANTED = {
    "sqlite": {_INSERT, _UPDATE, _DELETE},
    "postgresql": {_INSERT, _UPDATE, _DELETE, _TRUNCATE},
}
_CREATE = {"sqlite": _CREATE_SQLITE, "postgresql": _CREATE_POSTGRESQL}
_DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in _WANTED["sqlite"]],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {name} ON {_TABLE}" for name in _WANTED["postgresql"]
    ],
}
_FIND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT tgname FROM pg_trigger "
        "WHERE tgenabled <> 'D' AND tgrelid = %s::regclass"
    ),
}
