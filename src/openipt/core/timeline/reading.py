"""An event as it is kept, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from .model import Event
from .moment import Moment


def as_content(event: Event) -> dict[str, Any]:
    """Return what is kept of an event; that it is the onset is kept beside it."""
    content = asdict(event)
    del content["is_onset"]
    return content | {
        "when": str(event.when),
        "until": str(event.until) if event.until else "",
        "whom": list(event.whom),
    }


def event_of(content: Mapping[str, Any], *, is_onset: bool) -> Event:
    """Return the event that was kept; what an older version did not know has its default."""
    known = {field.name for field in fields(Event)} - {"is_onset"}
    kept = {name: value for name, value in content.items() if name in known}
    until = kept.get("until")
    return Event(
        **kept
        | {
            "when": Moment.of(kept["when"]),
            "until": Moment.of(until) if until else None,
            "whom": tuple(kept.get("whom", ())),
        },
        is_onset=is_onset,
    )
