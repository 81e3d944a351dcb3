"""How a weekly overview reads, and which part of it others may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from openipt.core.practice import load_kinds

KEY = "weekly_overview"
MOST_MOMENTS = load_kinds()[KEY].field("moments").most

DID = {
    "kept_in": _("kept it in"),
    "said_it": _("said it calmly"),
    "burst_out": _("it burst out"),
    "something_else": _("did something else"),
}
TONES = {
    "kept_in": "plum",
    "said_it": "",
    "burst_out": "clay",
    "something_else": "plain",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One hard moment as it reads; `number` counts from 1."""

    id: str
    number: int
    what_happened: str
    with_whom: str
    feeling: str
    did: str
    did_tone: str
    handled: str
    try_next: str
    just_me: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekPage:
    """A week as it reads."""

    how_was_week: str
    moments: tuple[Moment, ...]

    def moment(self, moment_id: UUID) -> Moment | None:
        """Return one of its moments, or None."""
        return next((one for one in self.moments if one.id == str(moment_id)), None)

    @property
    def kept_back(self) -> int:
        """How many moments the person keeps for themselves."""
        return sum(moment.just_me for moment in self.moments)


def page_of(content: Mapping[str, Any]) -> WeekPage:
    """Return what the template reads."""
    return WeekPage(
        how_was_week=content.get("how_was_week", ""),
        moments=tuple(
            _moment(number, moment)
            for number, moment in enumerate(content.get("moments", []), 1)
        ),
    )


def shown_part(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the content without the moments that the person keeps for themselves.

    None if nothing is left: a page of which nobody may read a word is not there.
    """
    moments = [
        moment for moment in content.get("moments", []) if not moment.get("just_me")
    ]
    if not moments and not content.get("how_was_week"):
        return None
    return {**content, "moments": moments}


def _moment(number: int, moment: Mapping[str, Any]) -> Moment:
    did = moment.get("did", "")
    return Moment(
        id=moment.get("id", ""),
        number=number,
        what_happened=moment.get("what_happened", ""),
        with_whom=moment.get("with_whom", ""),
        feeling=moment.get("feeling", ""),
        did=str(DID.get(did, "")),
        did_tone=TONES.get(did, "plain"),
        handled=moment.get("handled", ""),
        try_next=moment.get("try_next", ""),
        just_me=bool(moment.get("just_me")),
    )
