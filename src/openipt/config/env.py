"""Reads the environment; what is missing or odd is answered with how to mend it."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from platformdirs import user_data_path


class SettingProblem(Exception):
    """A setting is missing or unreadable; the message says what to write."""


def text(name: str, default: str | None = None) -> str:
    """Return the setting as it stands.

    :raises SettingProblem: if it is missing and has no default
    """
    value = os.environ.get(name, default)
    if value is None:
        raise SettingProblem(f"Set {name}. See docs/reference/settings.md.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return True for 1, true, yes, on; False for 0, false, no, off and nothing.

    :raises SettingProblem: for any other word
    """
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if not value:
        return default
    raise SettingProblem(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    """Return the setting as a whole number.

    :raises SettingProblem: if it is none
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise SettingProblem(f"{name} is {value!r}; write a whole number.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a list from words divided by commas."""
    return [
        word.strip()
        for word in os.environ.get(name, default).split(",")
        if word.strip()
    ]


def own_protocols(folder: Path) -> Path:
    """Return where a service drops in variants of its own: below its data folder."""
    return folder / "protocols"


def data_folder() -> Path:
    """Return OPENIPT_DATA_DIR or the platform's place for a user's data; it exists."""
    named = os.environ.get("OPENIPT_DATA_DIR", "").strip()
    folder = Path(named) if named else user_data_path("openipt", appauthor=False)
    folder = folder.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def database(url: str, folder: Path) -> dict[str, object]:
    """Return Django's description of the database.

    Without an address it is SQLite in the data folder: write-ahead log, every commit
    flushed to the disk before it is acknowledged, write intent declared at the start.

    :raises SettingProblem: if the address is of another kind
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "openipt.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # The fields read what SQLite says; to read it before them costs double.
                "detect_types": 0,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000;"
                    "PRAGMA secure_delete=ON;"
                    "PRAGMA temp_store=MEMORY"
                ),
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingProblem(
            "DATABASE_URL must start with postgresql://, or be left out for SQLite."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
