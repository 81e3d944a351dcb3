"""Sessions in the database, under names that open nothing.

The library keeps the very words of the cookie as a row's key: whoever reads the table, or
a copy of it, is signed in as everybody in it. Here the key is a digest of them.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import QuerySet

from openipt.sql.prepared import Prepared
from openipt.web.clock import now

_COLUMN_HOLDS = 40
"""Signs of the library's column: 160 bits of the digest."""


def digest_of(session_key: str) -> str:
    """Return under which name the session of a cookie is kept."""
    return sha256(session_key.encode()).hexdigest()[:_COLUMN_HOLDS]


class SessionStore(db.SessionStore):
    """The library's sessions, found by the digest of what the cookie says."""

    def _get_session_from_db(self) -> Any:
        if self.session_key is None:
            return None
        found = _LIVING.instances(key=digest_of(self.session_key), at=now())
        if not found:
            self._session_key = None
            return None
        return found[0]

    def exists(self, session_key: str) -> bool:
        """Return whether there is a session for this cookie."""
        return bool(super().exists(digest_of(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row for the session as it is now."""
        row = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove the session of this cookie, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest_of(key))


def _living(key: str, at: datetime) -> QuerySet[Any, Any]:
    sessions: Any = SessionStore.get_model_class().objects
    found: QuerySet[Any, Any] = sessions.filter(session_key=key, expire_date__gt=at)
    return found


_LIVING = Prepared(_living, key=str, at=datetime)
