"""What a course works on (P08-P13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openipt.core.protocols.areas import AreaDetail, ProblemArea
from openipt.core.protocols.library import load_library
from openipt.core.protocols.model import Variant
from openipt.core.sentences import Sentence

from .registry import Finding, finding

ONE = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class FocusFacts:
    """What is known of a focus: the details that were given, and whether the person died.

    `given` has a text for each detail by its key. `is_dead` is None where nobody of the
    inventory was chosen.
    """

    area: ProblemArea
    given: Mapping[str, str]
    is_dead: bool | None = None


def check_foci(variant: Variant, areas: int) -> Finding | None:
    """Return what so many areas at a time mean, or None (P08).

    All of a person's difficulties can be written down; one is worked on, a second has a
    reason, more are refused, except where the variant says otherwise. A number that nobody
    has read in a source is told as a proposal of this product.
    """
    foci = variant.foci
    if areas > foci.most and not foci.verified:
        return finding("proposed_areas", variant=Sentence(variant.name), most=foci.most)
    if areas > foci.most:
        source = variant.source(foci.source).title
        return finding("focus_areas", source=source, most=foci.most)
    if areas <= ONE:
        return None
    if variant.stage == "maintenance":
        return finding("focus_areas_open", number=areas)
    return finding("one_focus")


def check_area(variant: Variant, area: str) -> Finding | None:
    """Return what an area outside the variant's own means, or None (P09).

    Where nobody has read in a source which areas the variant has, they are told as a
    proposal, and another one has a reason.
    """
    if any(known.key == area for known in variant.shown_areas):
        return None
    areas = tuple(Sentence(known.name) for known in variant.shown_areas)
    name = Sentence(variant.name)
    if any(known.key == area for known in variant.offered_areas):
        return finding("proposed_area", variant=name, areas=areas)
    source = variant.source(_where_from(variant, area)).title
    return finding("area_of_variant", source=source, variant=name, areas=areas)


def _where_from(variant: Variant, area: str) -> str:
    """Return the source that keeps the variant to its areas, or this one out of others."""
    kept_out = load_library().areas.get(area)
    if variant.area_set.verified or kept_out is None:
        return variant.area_set.source
    return kept_out.source


def check_focus(facts: FocusFacts) -> tuple[Finding, ...]:
    """Return what is missing of a focus, the gravest first; empty if nothing.

    The other person and the stage of a dispute (P12), both roles of a transition (P13),
    that the others were considered before the area of last resort (P10), and somebody who
    died for grief where the variant means a death (P11).
    """
    found = [
        _missing(facts, rule, key)
        for rule, key in (("P12", "counterpart_and_stage"), ("P13", "old_and_new_role"))
    ]
    if facts.area.last_resort and not _has(facts, _asked(facts, "P10")):
        found.append(finding("last_resort", area=Sentence(facts.area.name)))
    if facts.area.death and not facts.is_dead:
        found.append(finding("somebody_died"))
    return tuple(one for one in found if one is not None)


def _missing(facts: FocusFacts, rule: str, key: str) -> Finding | None:
    missing = [detail for detail in _asked(facts, rule) if not _has(facts, [detail])]
    if not missing:
        return None
    return finding(key, missing=tuple(Sentence(detail.label) for detail in missing))


def _asked(facts: FocusFacts, rule: str) -> list[AreaDetail]:
    return [detail for detail in facts.area.details if detail.rule == rule]


def _has(facts: FocusFacts, details: Iterable[AreaDetail]) -> bool:
    return all(facts.given.get(detail.key, "").strip() for detail in details)
