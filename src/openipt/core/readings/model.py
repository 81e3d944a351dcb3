"""What a reading is; bad data are refused when it is made.

Texts are English and are translated where they are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from openipt.core.data_files import version_order
from openipt.core.protocols import Family, Source, Stage

PhaseKind = Literal["initial", "middle", "ending"]
KINDS_OF_PHASE: tuple[PhaseKind, ...] = get_args(PhaseKind)
"""What every lineage has, whatever it calls it: a first phase, a last one, those between."""

OwnData = Literal["none", "circle", "scores", "sessions"]
OWN_DATA: tuple[OwnData, ...] = get_args(OwnData)

Page = Literal["people", "week", "tasks", "progress", "questions", "readings", "help"]
PAGES: tuple[Page, ...] = get_args(Page)

Group = Literal["begin", "people", "areas", "together", "end"]
GROUPS: tuple[Group, ...] = get_args(Group)

WORDS_A_MINUTE = 200
LEAST, MOST = 2, 4
"""Minutes: what is longer is not read on a hard day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a reading under its heading; an example is shown as one."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    example: str = ""

    def texts(self) -> Iterator[str]:
        """Go through everything that is read."""
        yield self.heading
        yield from self.paragraphs
        yield from self.points
        if self.example:
            yield self.example


@dataclass(frozen=True, kw_only=True, slots=True)
class TryThis:
    """Something small to do after reading, and the page of the product where it is done."""

    text: str
    page: Page
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRule:
    """When a reading is offered; what a rule names must all be so, empty is any.

    `phases` are kinds or keys of phases. `because` is the reason as the person reads it.
    """

    because: str
    phases: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        if not self.narrowness:
            raise ValueError("a rule names at least one thing that must be so")

    @property
    def narrowness(self) -> int:
        """How many things must be so: the narrower rule is the better reason.

        What one works on says more than where the course stands, and counts twice.
        """
        named = (self.phases, self.variants, self.families, self.stages)
        return sum(bool(one) for one in named) + 2 * bool(self.areas)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One reading in one version; whoever has read it keeps id and version.

    `order` is its place among all. `own_data` is what of the person's own is shown
    beside it, on their own page only.
    """

    id: str
    version: str
    order: int
    group: Group
    title: str
    summary: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    offered: tuple[OfferRule, ...]
    own_data: OwnData = "none"
    try_this: TryThis | None = None

    def __post_init__(self) -> None:
        version_order(self.version)
        for source in self.sources:
            if not source.vouches:
                raise ValueError(f"source {source.key!r} does not vouch for anything")
        if not LEAST <= self.minutes <= MOST:
            raise ValueError(
                f"{self.words} words take {self.minutes} minutes; "
                f"a reading takes {LEAST} to {MOST}"
            )

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return sum(len(text.split()) for text in self.texts())

    @property
    def minutes(self) -> int:
        """How long it takes, in whole minutes."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def texts(self) -> Iterator[str]:
        """Go through everything that is read, from the title to what to try."""
        yield from (self.title, self.summary)
        for part in self.parts:
            yield from part.texts()
        if self.try_this:
            yield self.try_this.text
