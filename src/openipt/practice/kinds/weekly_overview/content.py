"""How the content of a week changes: moments join it, are written anew, leave it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

Content = Mapping[str, Any]


def moment_in(content: Content, moment_id: UUID) -> dict[str, Any] | None:
    """Return a moment of the week as it is kept, or None if it is not there any more."""
    found = (m for m in content["moments"] if m.get("id") == str(moment_id))
    return next(found, None)


def has_moment(content: Content, moment_id: object) -> bool:
    """Return whether a moment is kept already: then its draft came too late."""
    return any(kept.get("id") == str(moment_id) for kept in content["moments"])


def with_moment(content: Content, moment: Mapping[str, Any]) -> dict[str, Any]:
    """Return the week with this moment: in its old place, or as the last one."""
    moments = list(content["moments"])
    places = [at for at, kept in enumerate(moments) if kept.get("id") == moment["id"]]
    if places:
        moments[places[0]] = dict(moment)
    else:
        moments.append(dict(moment))
    return {**content, "moments": moments}


def without_moment(content: Content, moment_id: UUID) -> dict[str, Any]:
    """Return the week without this moment."""
    left = [kept for kept in content["moments"] if kept.get("id") != str(moment_id)]
    return {**content, "moments": left}
