"""Data keys: one for each subject, wrapped in the keyring, open only while in use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openipt.sql.prepared import Many, Prepared

from . import crypto, files
from .errors import VaultError, VaultKeyMissing

if TYPE_CHECKING:
    from .models import DataKey

__all__ = [
    "Kind",
    "create_kek",
    "destroy",
    "ensure",
    "ensure_all",
    "open_for",
    "open_system",
    "prefetch",
    "rewrap",
    "rotate_kek",
    "scope",
    "seal_for",
    "seal_system",
    "verify",
]

Kind = Literal["person", "service", "member", "system"]
SYSTEM = UUID(int=0)
"""The subject of what belongs to the installation itself."""
_ROWS_AT_ONCE = 500


class _Birth:
    """A key made in a transaction: it exists once that commits, never if it rolls back.

    Django keeps the callback while the transaction is open, calls it on commit and
    forgets it on rollback, also of a savepoint. A key whose birth was forgotten must not
    seal anything: nobody could open that again.
    """

    def __init__(self, subject: UUID) -> None:
        self.subject = subject
        self.committed = False

    def __call__(self) -> None:
        self.committed = True

    def stands(self) -> bool:
        return self.committed or self in _waiting()


def _waiting() -> list[_Birth]:
    return [
        entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Birth)
    ]


_Known = dict[UUID, tuple[crypto.DataKey, _Birth | None]]
_known: ContextVar[_Known | None] = ContextVar("openipt_vault_keys", default=None)


@contextmanager
def scope() -> Iterator[None]:
    """Keep opened keys for one request or one job, and forget them at its end."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def prefetch(subjects: Iterable[UUID]) -> None:
    """Open many keys with one query, for a page that shows many people.

    Outside a `scope` nothing is kept, so this does nothing there.
    """
    known = _known.get()
    if known is None:
        return
    wanted = set(subjects) - known.keys()
    if wanted:
        _load(wanted, known)


def seal_for(place: crypto.Place, kind: Kind, plain: bytes) -> bytes:
    """Seal for a subject; the subject's first text makes its key."""
    key = _open_key(place.subject)
    if key is None:
        ensure(place.subject, place.service_id, kind)
        key = _needed(place.subject)
    return key.seal(plain, place)


def open_for(place: crypto.Place, blob: bytes) -> bytes:
    """Return what was sealed at this place.

    :raises VaultBroken: if it was changed, moved or never sealed
    :raises VaultKeyMissing: if the key is not there or was destroyed
    """
    return _needed(place.subject).open(blob, place)


def ensure(subject: UUID, service_id: UUID | None, kind: Kind) -> None:
    """Make the subject's key if there is none yet; two at the same time make one."""
    ensure_all([subject], service_id, kind)


def ensure_all(subjects: Iterable[UUID], service_id: UUID | None, kind: Kind) -> None:
    """Make the keys of many subjects at once, where there is none yet."""
    from .models import DataKey

    kek_id, kek = files.newest_kek()
    rows = [
        DataKey(
            subject=subject,
            service_id=service_id,
            kind=kind,
            kek_id=kek_id,
            wrapped=crypto.wrap(
                kek, crypto.new_key(), service_id=service_id, subject=subject
            ),
        )
        for subject in subjects
    ]
    DataKey.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        transaction.on_commit(_Birth(row.subject))


def destroy(subject: UUID, *, at: datetime) -> None:
    """Make everything sealed for this subject unreadable, for ever and for everybody.

    The row stays without its key, so that nothing is sealed for the subject again.
    """
    from .models import DataKey

    DataKey.objects.filter(pk=subject, destroyed_at=None).update(
        wrapped=b"", kek_id="", destroyed_at=at
    )
    if known := _known.get():
        known.pop(subject, None)


def create_kek() -> None:
    """Write the key files that a new installation needs; those that are there stay.

    :raises VaultKeyMissing: if the record is in use and its key files are gone: a new
        one would hide that
    """
    in_use = _record_is_in_use()
    if not files.kek_files():
        if in_use:
            files.newest_kek()
        files.new_kek()
    files.blind_key(or_new=not in_use)


def seal_system(purpose: str, plain: bytes) -> bytes:
    """Seal a secret of the installation, such as a one-time-code seed, for one purpose."""
    return seal_for(_system(purpose), "system", plain)


def open_system(purpose: str, blob: bytes) -> bytes:
    """Return a secret of the installation.

    :raises VaultBroken: if it was changed or sealed for another purpose
    """
    return open_for(_system(purpose), bytes(blob))


def rotate_kek() -> int:
    """Write a new key file, wrap every data key with it and return how many there were.

    The old files stay until the operator takes them away; `verify` says which are idle.

    :raises VaultError: if the operator keeps the key files in a place of their own
    """
    if files.are_named():
        raise VaultError(
            _(
                "OPENIPT_KEK_FILES names the key files. Add a newer one there, then wrap "
                "the data keys again."
            )
        )
    files.new_kek()
    return rewrap()


def rewrap() -> int:
    """Wrap every data key with the newest key file and return how many were not yet."""
    from .models import DataKey

    newest, kek = files.newest_kek()
    done = 0
    older = DataKey.objects.filter(destroyed_at=None).exclude(kek_id=newest)
    while rows := list(older.order_by("pk")[:_ROWS_AT_ONCE]):
        with transaction.atomic():
            for row in rows:
                wrapped = crypto.wrap(
                    kek, _unwrapped(row), service_id=row.service_id, subject=row.pk
                )
                # Only over what was read: somebody may have destroyed it meanwhile.
                done += DataKey.objects.filter(pk=row.pk, kek_id=row.kek_id).update(
                    kek_id=newest, wrapped=wrapped
                )
    return done


def verify() -> list[str]:
    """Open every data key and return a sentence for each fault; an empty list is good."""
    from .models import DataKey

    faults = [
        _("The key file %(name)s can be read by other accounts.") % {"name": name}
        for name in files.open_to_others()
    ]
    rows = DataKey.objects.filter(destroyed_at=None).order_by("pk")
    for row in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        try:
            _unwrapped(row)
        except VaultError as fault:
            faults.append(str(fault))
    return list(dict.fromkeys(faults))


def _needed(subject: UUID) -> crypto.DataKey:
    key = _open_key(subject)
    if key is None:
        raise VaultKeyMissing(
            f"There is no data key for {subject}: it was never made, or was destroyed."
        )
    return key


def _open_key(subject: UUID) -> crypto.DataKey | None:
    known = _known.get()
    if known is None:
        known = {}
    if subject in known:
        key, birth = known[subject]
        if birth is None or birth.stands():
            return key
        del known[subject]
    _load({subject}, known)
    return known[subject][0] if subject in known else None


def _load(subjects: set[UUID], known: _Known) -> None:
    births = {birth.subject: birth for birth in _waiting()}
    wanted, keks = list(subjects), dict[str, AESGCM]()
    for start in range(0, len(wanted), _ROWS_AT_ONCE):
        # Plain values: a list of two hundred people opens as many keys.
        some = Many(wanted[start : start + _ROWS_AT_ONCE])
        for subject, service_id, kek_id, wrapped in _WRAPPED.rows(subjects=some):
            if kek_id not in keks:
                keks[kek_id] = crypto.opener(files.kek(kek_id))
            key = crypto.unwrap(
                keks[kek_id], bytes(wrapped), service_id=service_id, subject=subject
            )
            known[subject] = (crypto.DataKey(key), births.get(subject))


def _wrapped(subjects: Many) -> QuerySet[Any, Any]:
    from .models import DataKey

    living = DataKey.objects.filter(pk__in=subjects, destroyed_at=None)
    return living.values_list("pk", "service_id", "kek_id", "wrapped")


_WRAPPED = Prepared(_wrapped, subjects=Many)


def _unwrapped(row: "DataKey") -> bytes:
    return crypto.unwrap(
        crypto.opener(files.kek(row.kek_id)),
        bytes(row.wrapped),
        service_id=row.service_id,
        subject=row.pk,
    )


def _record_is_in_use() -> bool:
    from .models import DataKey

    tables = connection.introspection.table_names()
    return DataKey._meta.db_table in tables and DataKey.objects.exists()


def _system(purpose: str) -> crypto.Place:
    return crypto.Place(
        service_id=None, subject=SYSTEM, model="system", pk=purpose, field="secret"
    )
