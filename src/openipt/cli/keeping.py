"""`openipt backup`, `drill`, `restore` and `upgrade`."""

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openipt.config.lifetime import lock_folder
from openipt.core.errors import Refused

from .ready import load_django, migrate, unapplied_migrations

if TYPE_CHECKING:
    from openipt.keeping.manifest import Manifest
    from openipt.keeping.restoring import Lost


def backup(
    place: Path, *, keys_to: Path | None, keep: int | None, as_json: bool
) -> int:
    """Copy the record, the keyring and, to a place of their own, the key files.

    With `keep`, only so many copies stay at that place.

    :raises Refused: if there is no record, or a place cannot be written
    """
    load_django()
    from openipt.keeping import copying
    from openipt.web.clock import now

    place = place.absolute()
    if keys_to is not None and _is_inside(keys_to.absolute(), place):
        raise Refused(
            "Key files beside a copy open it for whoever finds it. Name a place outside "
            f"{place}."
        )
    _needs_this_version()
    at = now()
    made = copying.make_copy(place, at=at)
    copying.forget_old_keyrings(place, at=at)
    if keep is not None:
        copying.forget_old_copies(place, keep=keep, at=at)
    kept = copying.copy_key_files(keys_to.absolute()) if keys_to else []
    facts = {
        "copy": str(made.folder),
        "keyring": str(made.keyring),
        "key_files": list(made.manifest.key_files),
        "key_files_copied_to": str(keys_to.absolute()) if kept and keys_to else None,
        "rows": sum(made.manifest.rows.values()),
        "audit_seq": made.manifest.audit_seq,
    }
    told = [f"{made.folder.name} {made.folder}", f"Keyring: {made.keyring}"]
    if not kept:
        told.append(
            "To read it again you need these key files; keep a copy of them elsewhere "
            f"(--keys PLACE): {', '.join(made.manifest.key_files)}."
        )
    return _tell(facts, told, as_json=as_json)


def restore(
    place: Path, *, keys_from: Path | None, keyring: Path | None, as_json: bool
) -> int:
    """Bring the newest copy at a place back into an empty data folder.

    :raises Refused: if a part is missing or damaged, or there is a record here already
    """
    load_django()
    from django.conf import settings

    from openipt.keeping import restoring
    from openipt.people import operations as people
    from openipt.safety import operations as safety
    from openipt.web.clock import now

    at = now()
    copy = restoring.find_copy(place.absolute())
    ring = restoring.find_keyring(copy, keyring.absolute() if keyring else None)
    reopened: list[int] = []

    def afterwards(facts: "Manifest", lost: "Lost | None") -> None:
        people.begin_recovery(
            copied_at=facts.made_at,
            lost_events=lost.events if lost else None,
            lost_until=lost.until if lost else None,
        )
        reopened.append(safety.reopen_after_loss(copied_at=facts.made_at, at=at))

    with lock_folder(settings.OPENIPT_DATA_DIR):
        facts, lost = restoring.restore(
            copy,
            ring=ring,
            keys_from=keys_from.absolute() if keys_from else None,
            migrate=migrate,
            afterwards=afterwards,
            at=at,
        )
    told = [
        f"{copy.name} is back, as it was on {facts.made_at:%Y-%m-%d %H:%M} UTC.",
        _lost(lost),
        (
            f"Alerts opened again: {sum(reopened)}. Everybody signs in anew. The service is "
            "in recovery mode until an administrator ends it in the console."
        ),
    ]
    known = {
        "copy": str(copy),
        "made_at": facts.made_at.isoformat(),
        "lost_events": lost.events if lost else None,
        "lost_until": lost.until.isoformat() if lost and lost.until else None,
        "alerts_reopened": sum(reopened),
    }
    return _tell(known, told, as_json=as_json)


def drill(place: Path, *, as_json: bool) -> int:
    """Try the newest copy: bring it back beside the record, check it, take it away.

    :raises Refused: if there is none, or it cannot be brought back
    """
    load_django()
    from openipt.keeping import drill as drills
    from openipt.web.clock import now

    _needs_this_version()
    seconds = drills.run_drill(place.absolute(), at=now())
    told = f"The newest copy can be brought back; it took {seconds} s."
    return _tell({"seconds": seconds}, [told], as_json=as_json)


def upgrade(copy_to: Path | None, *, as_json: bool) -> int:
    """Copy the record, then bring it to this version or leave it as it was.

    :raises Refused: if it is in use or a check finds something
    """
    load_django()
    from django.conf import settings

    from openipt.keeping import upgrading
    from openipt.web.clock import now

    with lock_folder(settings.OPENIPT_DATA_DIR):
        missing = unapplied_migrations()
        if not missing:
            return _tell({"applied": 0}, ["It is of this version."], as_json=as_json)
        place = copy_to or settings.OPENIPT_BACKUP_DIR or _beside(settings)
        copy = upgrading.upgrade(
            copy_to=Path(place).absolute(), migrate=migrate, at=now()
        )
    told = [f"The record is of this version now. It was copied to {copy.folder} first."]
    facts = {"applied": missing, "copy": str(copy.folder)}
    return _tell(facts, told, as_json=as_json)


def _needs_this_version() -> None:
    if unapplied_migrations():
        raise Refused(
            "The record is of another version, or there is none. Run `openipt upgrade`."
        )


def _beside(settings: Any) -> Path:
    return Path(settings.OPENIPT_DATA_DIR) / "before-upgrade"


def _lost(lost: "Lost | None") -> str:
    if lost is None:
        return "What was written after the copy is not in it; no anchors here tell how much."
    return (
        f"What was written after the copy is missing: {lost.events} entries of the audit "
        f"trail, the last sealed {lost.until:%Y-%m-%d %H:%M} UTC."
    )


def _is_inside(inner: Path, outer: Path) -> bool:
    return inner == outer or outer in inner.parents


def _tell(facts: dict[str, Any], lines: list[str], *, as_json: bool) -> int:
    print(json_format.dumps(facts) if as_json else "\n".join(lines))  # noqa: T201 -- the command's answer
    return 0
