"""Whether a variant is right for somebody (P18-P20)."""

from collections.abc import Collection
from dataclasses import dataclass

from openipt.core.protocols.conditions import load_conditions
from openipt.core.protocols.library import load_library
from openipt.core.protocols.model import Variant
from openipt.core.protocols.parts import Exclusion
from openipt.core.sentences import Sentence

from .registry import Finding, finding

BIPOLAR = "bipolar_disorder"


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What is known when a course is agreed.

    `conditions` are keys of conditions, `excluded` keys of the variant's exclusions that
    somebody ticked, `age` in whole years or None where it is not known. `has_remission`:
    it was found that the illness has gone.
    """

    conditions: Collection[str]
    excluded: Collection[str] = ()
    age: int | None = None
    has_prescriber: bool = False
    has_remission: bool = False


def check_intake(variant: Variant, intake: Intake) -> tuple[Finding, ...]:
    """Return what speaks against the variant for this person, the gravest first."""
    found = [
        *_exclusions(variant, intake),
        *_age(variant, intake),
        *_bipolar(variant, intake),
        *_prescriber(variant, intake),
        *_remission(variant, intake),
        *_cautions(intake),
    ]
    return tuple(sorted(found, key=lambda one: one.severity != "error"))


def check_condition(condition: str) -> tuple[Finding, ...]:
    """Return what is to be known of a condition before a variant is chosen (P18, P20)."""
    bipolar = [finding("bipolar_form")] if condition == BIPOLAR else []
    return (*bipolar, *_cautions(Intake(conditions=[condition])))


def _exclusions(variant: Variant, intake: Intake) -> list[Finding]:
    def applies(exclusion: Exclusion) -> bool:
        by_condition = exclusion.condition in intake.conditions
        return exclusion.key in intake.excluded or by_condition

    found = []
    for severity in ("error", "warning"):
        met = [
            one
            for one in variant.shown_exclusions
            if one.severity == severity and applies(one)
        ]
        if met:
            found.append(
                finding(
                    f"exclusion_{severity}",
                    source="; ".join(
                        dict.fromkeys(variant.source(one.source).title for one in met)
                    ),
                    variant=Sentence(variant.name),
                    excluded=tuple(Sentence(one.text) for one in met),
                )
            )
    return found


def _age(variant: Variant, intake: Intake) -> list[Finding]:
    ages = variant.ages
    if ages is None or (intake.age is not None and intake.age in ages):
        return []
    if intake.age is None:
        key = "age_unknown" if ages.verified else "proposed_ages_unknown"
        values = {}
    else:
        key = "age" if ages.verified else "proposed_ages"
        values = {"age": intake.age}
    return [
        finding(
            key,
            source=variant.source(ages.source).title if ages.verified else "",
            variant=Sentence(variant.name),
            least=ages.least,
            most=ages.most,
            **values,
        )
    ]


def _bipolar(variant: Variant, intake: Intake) -> list[Finding]:
    if BIPOLAR not in intake.conditions or BIPOLAR in variant.conditions:
        return []
    return [finding("bipolar", variant=Sentence(variant.name))]


def _prescriber(variant: Variant, intake: Intake) -> list[Finding]:
    return [] if intake.has_prescriber else _required(variant, "prescriber")


def _remission(variant: Variant, intake: Intake) -> list[Finding]:
    return [] if intake.has_remission else _required(variant, "remission")


def _required(variant: Variant, key: str) -> list[Finding]:
    """Return what is said where the variant requires this and it is not there."""
    wanted = [one for one in variant.requirements if one.key == key and one.verified]
    if not wanted:
        return []
    source = variant.source(wanted[0].source).title
    return [finding(key, source=source, variant=Sentence(variant.name))]


def _cautions(intake: Intake) -> list[Finding]:
    known, sources = load_conditions(), load_library().sources
    return [
        finding(
            "not_recommended",
            source=sources[known[key].source].title,
            condition=Sentence(known[key].name),
            caution=Sentence(known[key].caution),
        )
        for key in intake.conditions
        if key in known and known[key].caution
    ]
