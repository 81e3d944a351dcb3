"""One example that breaks each rule and one that keeps it, by the key of the rule.

Each is asked of the function that the product asks. The one that keeps a rule is as near to
the one that breaks it as it can be: one session, one day, one word.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from openipt.core.protocols import load_variants
from openipt.core.protocols.rules import (
    Afterwards,
    Finding,
    FocusFacts,
    Intake,
    RelapsePlan,
    check_afterwards,
    check_area,
    check_change,
    check_condition,
    check_contract,
    check_conversation,
    check_drift,
    check_ending_raised,
    check_foci,
    check_focus,
    check_gap,
    check_intake,
    check_mood_link,
    check_needs,
    check_options,
    check_overrun,
    check_phases,
    check_recovery_role,
    check_relapse_plan,
    check_rhythm,
    check_start,
    check_try_out,
    session_line,
)

VARIANTS = load_variants()
COLUMBIA = VARIANTS["ipt_individual_columbia"]
UK = VARIANTS["ipt_individual_uk"]
ADOLESCENT = VARIANTS["ipt_adolescent"]
BRIEF = VARIANTS["ipt_brief"]
EATING = VARIANTS["ipt_eating_disorder"]
EVALUATION = VARIANTS["ipt_est"]
IOWA = VARIANTS["ipt_individual_iowa"]
PTSD = VARIANTS["ipt_ptsd"]
IPC = VARIANTS["ipc"]
IPSRT = VARIANTS["ipsrt"]
MAINTENANCE = VARIANTS["ipt_maintenance"]
PTSD = VARIANTS["ipt_ptsd"]
DAY = date(2026, 11, 24)

Found = Finding | Iterable[Finding] | None


class Example(NamedTuple):
    """What breaks a rule, and what keeps it; None where a rule only ever informs."""

    breaks: Callable[[], Found]
    keeps: Callable[[], Found] | None


def unread(variant, name):
    """Return a variant of which nobody has read one part in a source."""
    return replace(variant, **{name: replace(getattr(variant, name), verified=False)})


def contract(variant, sessions, minutes=50, weeks=None):
    return lambda: check_contract(
        variant, sessions=sessions, minutes=minutes, weeks=weeks
    )


def start(variant, session):
    return lambda: check_start(variant, session=session, present=())


def focus(area, *, is_dead=None, **given):
    return lambda: check_focus(
        FocusFacts(area=COLUMBIA.area(area), given=given, is_dead=is_dead)
    )


def intake(variant, *conditions, **known):
    return lambda: check_intake(variant, Intake(conditions=conditions, **known))


def change(after, *, is_new):
    return lambda: check_change(before=(16, DAY), after=after, new_version=is_new)


def raised(session):
    return lambda: check_ending_raised(
        COLUMBIA, session=session, sessions=16, raised=False
    )


def rests(*, review_on, is_last=False):
    return lambda: check_recovery_role(
        review_on=review_on, stands=True, is_last_phase=is_last
    )


def talk(turns):
    return lambda: check_conversation(turns=turns, on_date=DAY, with_whom="Ruth")


def try_out(due_on):
    return lambda: check_try_out(has_plan=True, due_on=due_on, next_session_on=DAY)


def plan(signs):
    return lambda: check_relapse_plan(
        RelapsePlan(signs=signs, contacts=2, has_review=True)
    )


def after(**changes):
    monthly = {
        "discussed": True, "reason": "Two episodes before.", "maintenance": True,
        "days_between": 28, "horizon_months": 24, "has_stop_rule": True,
    }  # fmt: skip
    return lambda: check_afterwards(Afterwards(**(monthly | changes)))


MIDDLE = COLUMBIA.phase("middle")

EXAMPLES: dict[str, Example] = {
    "phases_cover": Example(
        lambda: check_phases(COLUMBIA, 6), lambda: check_phases(COLUMBIA, 7)
    ),
    "initial_phase": Example(start(COLUMBIA, 4), start(COLUMBIA, 3)),
    "proposed_beginning": Example(start(IPC, 2), start(IPC, 1)),
    "session_minutes": Example(contract(COLUMBIA, 16, 61), contract(COLUMBIA, 16, 60)),
    "proposed_minutes": Example(contract(BRIEF, 8, 61), contract(BRIEF, 8, 60)),
    "gap": Example(lambda: check_gap(COLUMBIA, 11), lambda: check_gap(COLUMBIA, 10)),
    "long_gap": Example(
        lambda: check_gap(COLUMBIA, 22), lambda: check_gap(COLUMBIA, 21)
    ),
    "rhythm": Example(
        lambda: check_rhythm(COLUMBIA, 11), lambda: check_rhythm(COLUMBIA, 10)
    ),
    "fixed_total": Example(
        change((17, DAY), is_new=False), change((17, DAY), is_new=True)
    ),
    "course_sessions": Example(contract(COLUMBIA, 21), contract(COLUMBIA, 20)),
    "course_number": Example(contract(BRIEF, 9), contract(BRIEF, 8)),
    "course_weeks": Example(contract(COLUMBIA, 16, 50, 21), contract(COLUMBIA, 16)),
    "proposed_sessions": Example(contract(IPC, 9, 30), contract(IPC, 8, 30)),
    "proposed_number": Example(contract(PTSD, 15), contract(PTSD, 14)),
    "own_range": Example(contract(COLUMBIA, 17), contract(COLUMBIA, 16)),
    "own_number": Example(contract(UK, 17), contract(UK, 16)),
    "middle_needs": Example(
        lambda: check_needs(MIDDLE, MIDDLE.needs[1:]),
        lambda: check_needs(MIDDLE, MIDDLE.needs),
    ),
    "one_focus": Example(
        lambda: check_foci(COLUMBIA, 2), lambda: check_foci(COLUMBIA, 1)
    ),
    "focus_areas": Example(
        lambda: check_foci(COLUMBIA, 3), lambda: check_foci(COLUMBIA, 2)
    ),
    "proposed_areas": Example(
        lambda: check_foci(unread(COLUMBIA, "foci"), 3),
        lambda: check_foci(COLUMBIA, 3),
    ),
    "focus_areas_open": Example(
        lambda: check_foci(MAINTENANCE, 2), lambda: check_foci(MAINTENANCE, 1)
    ),
    "area_of_variant": Example(
        lambda: check_area(IOWA, "deficits"), lambda: check_area(IOWA, "grief")
    ),
    "proposed_area": Example(
        lambda: check_area(PTSD, "deficits"), lambda: check_area(PTSD, "grief")
    ),
    "last_resort": Example(focus("deficits"), focus("deficits", considered="yes")),
    "somebody_died": Example(
        focus("grief", is_dead=False), focus("grief", is_dead=True)
    ),
    "counterpart_and_stage": Example(
        focus("role_dispute", counterpart="Ruth"),
        focus("role_dispute", counterpart="Ruth", stage="impasse"),
    ),
    "old_and_new_role": Example(
        focus("role_transition", old_role="Nurse"),
        focus("role_transition", old_role="Nurse", new_role="Mother"),
    ),
    "ending_raised": Example(raised(13), raised(12)),
    "session_of": Example(lambda: session_line(session=5, sessions=16), None),
    "recovery_role_review": Example(rests(review_on=None), rests(review_on=DAY)),
    "recovery_role_over": Example(
        rests(review_on=DAY, is_last=True), rests(review_on=DAY)
    ),
    "overrun": Example(
        lambda: check_overrun(session=17, sessions=16),
        lambda: check_overrun(session=16, sessions=16),
    ),
    "bipolar": Example(
        intake(COLUMBIA, "bipolar_disorder"), intake(IPSRT, "bipolar_disorder")
    ),
    "bipolar_form": Example(
        lambda: check_condition("bipolar_disorder"),
        lambda: check_condition("depression"),
    ),
    "prescriber": Example(
        intake(IPSRT, "bipolar_disorder"),
        intake(IPSRT, "bipolar_disorder", has_prescriber=True),
    ),
    "exclusion_error": Example(
        intake(ADOLESCENT, "depression", excluded=("psychotic",), age=15),
        intake(ADOLESCENT, "depression", age=15),
    ),
    "exclusion_warning": Example(
        intake(EATING, "eating_disorder", excluded=("anorexia",)),
        intake(EATING, "eating_disorder"),
    ),
    "age": Example(
        intake(ADOLESCENT, "depression", age=19),
        intake(ADOLESCENT, "depression", age=18),
    ),
    "proposed_ages": Example(
        intake(unread(ADOLESCENT, "ages"), "depression", age=19),
        intake(ADOLESCENT, "depression", age=19),
    ),
    "age_unknown": Example(
        intake(ADOLESCENT, "depression"), intake(ADOLESCENT, "depression", age=12)
    ),
    "proposed_ages_unknown": Example(
        intake(unread(ADOLESCENT, "ages"), "depression"),
        intake(unread(ADOLESCENT, "ages"), "depression", age=12),
    ),
    "remission": Example(
        intake(MAINTENANCE, "depression"),
        intake(MAINTENANCE, "depression", has_remission=True),
    ),
    "not_recommended": Example(
        intake(COLUMBIA, "substance_use"), intake(COLUMBIA, "depression")
    ),
    "conversation": Example(talk(1), talk(2)),
    "two_options": Example(lambda: check_options(1), lambda: check_options(2)),
    "try_out": Example(try_out(None), try_out(DAY)),
    "mood_and_event": Example(
        lambda: check_mood_link(is_middle=True, links=0),
        lambda: check_mood_link(is_middle=True, links=1),
    ),
    "drift": Example(lambda: check_drift(2), lambda: check_drift(1)),
    "relapse_plan": Example(plan(2), plan(3)),
    "maintenance_discussed": Example(after(reason=" "), after()),
    "without_the_medicine": Example(
        after(needed_medicine=True), after(needed_medicine=True, with_medicine=True)
    ),
    "maintenance_plan": Example(after(horizon_months=None), after()),
}
