"""Every rule of the series P, T and R: one case that breaks it, one that keeps it."""

from datetime import date

import pytest

from openipt.core.protocols import load_library, load_variants
from openipt.core.protocols.rules import (
    Afterwards,
    FocusFacts,
    Intake,
    RelapsePlan,
    check_afterwards,
    check_area,
    check_change,
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
    check_start,
    check_try_out,
    load_rules,
    session_line,
)

VARIANTS = load_variants()
COLUMBIA = VARIANTS["ipt_individual_columbia"]
UK = VARIANTS["ipt_individual_uk"]
IOWA = VARIANTS["ipt_individual_iowa"]
BRIEF = VARIANTS["ipt_brief"]
ADOLESCENT = VARIANTS["ipt_adolescent"]
MAINTENANCE = VARIANTS["ipt_maintenance"]
IPSRT = VARIANTS["ipsrt"]
EATING = VARIANTS["ipt_eating_disorder"]
GROUP = VARIANTS["ipt_group_wilfley"]
AREAS = load_library().areas
DAY = date(2026, 11, 24)
ALL_NEEDS = ("inventory", "formulation", "focus", "contract")


def told(found):
    """Return id, severity and sentence of a finding."""
    return found.rule, found.severity, str(found.sentence)


def ids(found):
    return [(one.rule, one.severity) for one in found]


def test_p01_phases_need_enough_sessions():
    assert check_phases(COLUMBIA, 7) is None
    assert told(check_phases(COLUMBIA, 6)) == (
        "P01",
        "error",
        (
            "6 sessions are too few for the phases of Individual IPT, Columbia "
            "tradition: it needs 7 at least."
        ),
    )


@pytest.mark.parametrize(
    ("variant", "most"),
    [(COLUMBIA, 3), (UK, 4), (IOWA, 3), (BRIEF, 2), (EATING, 5), (GROUP, 5)],
    ids=lambda one: getattr(one, "id", None),
)
def test_p02_the_beginning_takes_no_longer_than_the_variant_says(variant, most):
    assert check_start(variant, session=most, present=()) is None
    assert check_start(variant, session=most + 1, present=ALL_NEEDS) is None
    rule, severity, said = told(check_start(variant, session=most + 1, present=()))
    assert (rule, severity) == ("P02", "warning")
    assert f"This is session {most + 1}" in said
    assert f"it takes {most} sessions" in said


@pytest.mark.parametrize(
    ("minutes", "kept"), [(44, False), (45, True), (60, True), (61, False)]
)
def test_p03_a_session_has_its_usual_length(minutes, kept):
    found = ids(check_contract(COLUMBIA, sessions=16, minutes=minutes))

    assert found == ([] if kept else [("P03", "warning")])


@pytest.mark.parametrize(
    ("variant", "days", "key"),
    [
        (COLUMBIA, 7, None),
        (COLUMBIA, 10, None),
        (COLUMBIA, 11, "gap"),
        (COLUMBIA, 21, "gap"),
        (COLUMBIA, 22, "long_gap"),
        (MAINTENANCE, 31, None),
        (MAINTENANCE, 32, "gap"),
        (MAINTENANCE, 85, "long_gap"),
    ],
    ids=lambda one: getattr(one, "id", None),
)
def test_p04_a_gap_has_a_reason_and_a_long_one_a_review(variant, days, key):
    found = check_gap(variant, days)

    assert (found.key if found else None) == key
    if found:
        assert (found.rule, found.severity) == ("P04", "warning")
        assert f"{days} days lie between" in str(found.sentence)


def test_p05_the_end_is_known_and_changes_with_a_new_contract_only():
    agreed = (16, DAY)

    assert check_change(before=agreed, after=agreed, new_version=False) is None
    assert check_change(before=agreed, after=(20, DAY), new_version=True) is None
    for after, new in (((20, DAY), False), ((16, None), True)):
        found = check_change(before=agreed, after=after, new_version=new)
        assert told(found)[:2] == ("P05", "error")


def test_p01_and_p06_are_tried_at_each_bound():
    """Each variant's bounds stand in test_contract; here one of each severity."""
    assert check_contract(COLUMBIA, sessions=16, minutes=50) == ()
    assert ids(check_contract(COLUMBIA, sessions=20, minutes=50)) == [
        ("P01", "warning")
    ]
    assert ids(check_contract(COLUMBIA, sessions=21, minutes=50)) == [("P01", "error")]
    assert ids(check_contract(COLUMBIA, sessions=16, minutes=50, weeks=21)) == [
        ("P06", "warning")
    ]


@pytest.mark.parametrize("missing", ALL_NEEDS)
def test_p07_the_middle_opens_when_what_it_rests_on_is_there(missing):
    middle = COLUMBIA.phase("middle")

    assert check_needs(middle, ALL_NEEDS) is None
    found = check_needs(middle, [need for need in ALL_NEEDS if need != missing])
    assert told(found)[:2] == ("P07", "error")
    assert "Review of interpersonal psychotherapy" in found.source


def test_p07_names_all_that_is_missing():
    found = check_needs(COLUMBIA.phase("middle"), ["contract"])

    assert str(found.sentence) == (
        "Middle phase opens when this is there: one person at least among the people in "
        "their life, a formulation that the person has agreed to, a focus."
    )


@pytest.mark.parametrize(
    ("variant", "areas", "expected"),
    [
        (COLUMBIA, 0, None),
        (COLUMBIA, 1, None),
        (COLUMBIA, 2, ("P08", "warning")),
        (COLUMBIA, 3, ("P08", "error")),
        (MAINTENANCE, 3, ("P08", "information")),
        (MAINTENANCE, 5, ("P08", "error")),
    ],
    ids=lambda one: getattr(one, "id", None),
)
def test_p08_one_focus_two_with_a_reason_three_never(variant, areas, expected):
    found = check_foci(variant, areas)

    assert (found and (found.rule, found.severity)) == expected


def test_p08_says_the_source():
    found = check_foci(COLUMBIA, 3)

    assert "2 problem areas at most" in str(found.sentence)
    assert "Hinrichsen" in found.source


def test_p09_an_area_belongs_to_the_variant():
    assert check_area(COLUMBIA, "deficits") is None
    rule, severity, said = told(check_area(IOWA, "deficits"))
    assert (rule, severity) == ("P09", "error")
    assert said.endswith("It has: Role dispute, Role transition, Grief and loss.")


def test_p09_says_where_the_areas_of_this_variant_are_from():
    found = check_area(VARIANTS["ipt_brief"], "deficits")

    assert found.severity == "error"
    assert found.source == "MOMCare, University of Washington"


def test_p09_is_a_proposal_where_nobody_has_read_the_areas():
    ptsd = VARIANTS["ipt_ptsd"]

    found = check_area(ptsd, "deficits")

    assert found.severity == "warning"
    assert "proposed here: Grief, Role dispute, Role transition." in str(found.sentence)
    assert found.source == "A proposal of this product"
    assert check_area(ptsd, "complicated_pregnancy").severity == "error"


def focus(area, *, variant=COLUMBIA, is_dead=None, **given):
    return check_focus(
        FocusFacts(area=variant.area(area), given=given, is_dead=is_dead)
    )


def test_p10_last_resort_after_the_others_were_considered():
    assert focus("deficits", considered="yes") == ()
    assert ids(focus("deficits")) == [("P10", "warning")]
    assert ids(focus("deficits", considered="  ")) == [("P10", "warning")]


def test_p11_grief_names_somebody_who_died_unless_any_loss_is_meant():
    assert focus("grief", is_dead=True) == ()
    assert ids(focus("grief", is_dead=False)) == [("P11", "warning")]
    assert ids(focus("grief")) == [("P11", "warning")]
    assert focus("grief", variant=IOWA) == ()


def test_p12_a_dispute_names_the_other_and_the_stage():
    assert focus("role_dispute", counterpart="Ruth", stage="impasse") == ()
    (found,) = focus("role_dispute", counterpart="Ruth")
    assert told(found) == (
        "P12",
        "error",
        "For a dispute, write down: How far it has gone.",
    )
    (both,) = focus("role_dispute")
    assert "With whom, How far it has gone" in str(both.sentence)


def test_p13_a_transition_names_both_roles():
    assert focus("role_transition", old_role="Nurse", new_role="Mother") == ()
    (found,) = focus("role_transition", old_role="Nurse")
    assert told(found)[:2] == ("P13", "warning")
    assert "The new role" in str(found.sentence)


@pytest.mark.parametrize(
    ("variant", "session", "raised", "breaks"),
    [
        (COLUMBIA, 12, False, False),
        (COLUMBIA, 13, False, True),
        (COLUMBIA, 13, True, False),
        (COLUMBIA, 16, False, True),
        (GROUP, 10, False, False),
        (GROUP, 11, False, True),
    ],
    ids=lambda one: getattr(one, "id", None),
)
def test_p14_the_ending_is_raised_in_time(variant, session, raised, breaks):
    found = check_ending_raised(variant, session=session, sessions=16, raised=raised)

    assert bool(found) == breaks
    if found:
        assert told(found)[:2] == ("P14", "warning")
        assert f"{16 - session} sessions are left" in str(found.sentence)


def test_p15_which_session_and_of_how_many():
    assert told(session_line(session=5, sessions=16)) == (
        "P15",
        "information",
        "Session 5 of 16.",
    )


@pytest.mark.parametrize(
    ("review_on", "stands", "last", "key"),
    [
        (None, False, False, None),
        (DAY, True, False, None),
        (None, True, False, "recovery_role_review"),
        (DAY, True, True, "recovery_role_over"),
        (None, False, True, None),
    ],
)
def test_p16_what_rests_has_a_day_and_an_end(review_on, stands, last, key):
    found = check_recovery_role(review_on=review_on, stands=stands, is_last_phase=last)

    assert (found.key if found else None) == key


def test_p17_no_session_beyond_the_contract():
    assert check_overrun(session=16, sessions=16) is None
    assert told(check_overrun(session=17, sessions=16))[:2] == ("P17", "error")


def intake(variant, *conditions, **known):
    return check_intake(variant, Intake(conditions=conditions, **known))


def test_p18_bipolar_disorder_has_its_own_form_and_a_prescriber():
    assert intake(IPSRT, "bipolar_disorder", has_prescriber=True) == ()
    assert ids(intake(COLUMBIA, "bipolar_disorder")) == [("P18", "warning")]
    assert ids(intake(IPSRT, "bipolar_disorder")) == [("P18", "warning")]
    assert intake(COLUMBIA, "depression") == ()


def test_p19_exclusions_and_age_are_checked():
    assert intake(ADOLESCENT, "depression", age=12) == ()
    assert intake(ADOLESCENT, "depression", age=18) == ()
    for age in (11, 19):
        (found,) = intake(ADOLESCENT, "depression", age=age)
        assert told(found)[:2] == ("P19", "error")
        assert f"this person is {age}" in str(found.sentence)
    (unknown,) = intake(ADOLESCENT, "depression", age=None)
    assert told(unknown)[:2] == ("P19", "warning")
    assert "the date of birth is not known here" in str(unknown.sentence)
    assert intake(COLUMBIA, "depression", age=None) == ()
    (excluded,) = intake(ADOLESCENT, "depression", excluded=["psychotic"], age=15)
    assert told(excluded)[:2] == ("P19", "error")
    by_condition = intake(ADOLESCENT, "bipolar_disorder", age=15)
    assert ids(by_condition) == [("P19", "error"), ("P18", "warning")]
    assert ids(intake(EATING, "eating_disorder", excluded=["anorexia"])) == [
        ("P19", "warning")
    ]


def test_p19_maintenance_begins_once_the_illness_has_gone():
    assert intake(MAINTENANCE, "depression", has_remission=True) == ()
    (found,) = intake(MAINTENANCE, "depression")
    assert told(found)[:2] == ("P19", "warning")
    assert found.source == "IPT Institute, maintenance IPT"


def test_p20_what_trials_spoke_against_has_a_reason():
    assert intake(COLUMBIA, "depression") == ()
    (found,) = intake(COLUMBIA, "substance_use")
    assert told(found)[:2] == ("P20", "warning")
    assert "Rounsaville" in found.source
    (found,) = intake(COLUMBIA, "anorexia")
    assert "supportive management did better than IPT" in str(found.sentence)
    assert found.source == "McIntosh and others 2005, anorexia nervosa"
    assert ids(intake(EATING, "anorexia")) == [("P19", "warning"), ("P20", "warning")]


def test_t01_a_conversation_is_real():
    assert check_conversation(turns=2, on_date=DAY, with_whom="Ruth") is None
    for turns, day, who, missing in (
        (1, DAY, "Ruth", "2 turns of it."),
        (2, None, "Ruth", "the day."),
        (2, DAY, " ", "who it was with."),
        (0, None, "", "2 turns of it, the day, who it was with."),
    ):
        found = check_conversation(turns=turns, on_date=day, with_whom=who)
        assert told(found)[:2] == ("T01", "warning")
        assert str(found.sentence).endswith(f"missing are {missing}")


def test_t02_options_before_judging():
    assert check_options(2) is None
    assert told(check_options(1))[:2] == ("T02", "error")


def test_t03_a_plan_is_tried_before_the_next_session():
    before, after = date(2026, 11, 30), date(2026, 12, 2)
    meet = date(2026, 12, 1)

    assert check_try_out(has_plan=False, due_on=None, next_session_on=meet) is None
    assert check_try_out(has_plan=True, due_on=before, next_session_on=meet) is None
    assert check_try_out(has_plan=True, due_on=after, next_session_on=None) is None
    for due in (None, after):
        found = check_try_out(has_plan=True, due_on=due, next_session_on=meet)
        assert told(found)[:2] == ("T03", "warning")


def test_t04_the_middle_links_mood_and_event():
    assert check_mood_link(is_middle=True, links=1) is None
    assert check_mood_link(is_middle=False, links=0) is None
    assert told(check_mood_link(is_middle=True, links=0))[:2] == ("T04", "warning")


def test_t05_two_sessions_without_the_focus_are_drift():
    assert check_drift(1) is None
    assert told(check_drift(2))[:2] == ("T05", "warning")
    assert "for 3 sessions" in str(check_drift(3).sentence)


def test_r01_the_plan_for_staying_well_is_complete():
    whole = RelapsePlan(signs=3, contacts=2, has_review=True)

    assert check_relapse_plan(whole) is None
    for plan, missing in (
        (RelapsePlan(signs=2, contacts=2, has_review=True), "3 early signs."),
        (RelapsePlan(signs=3, contacts=1, has_review=True), "2 people to call."),
        (
            RelapsePlan(signs=3, contacts=2, has_review=False),
            "the day you look at it again.",
        ),
    ):
        found = check_relapse_plan(plan)
        assert told(found)[:2] == ("R01", "warning")
        assert str(found.sentence).endswith(missing)


def test_r02_maintenance_was_discussed():
    assert check_afterwards(Afterwards(discussed=False, reason="Not wanted.")) == ()
    for after in (
        Afterwards(discussed=None, reason="x"),
        Afterwards(discussed=True, reason=" "),
    ):
        assert ids(check_afterwards(after)) == [("R02", "warning")]


MONTHLY = {
    "discussed": True,
    "reason": "Two episodes before.",
    "maintenance": True,
    "days_between": 28,
    "horizon_months": 24,
    "has_stop_rule": True,
}


def test_r03_the_figures_are_shown_where_the_medicine_is_left_off():
    assert check_afterwards(Afterwards(**MONTHLY)) == ()
    needed = {**MONTHLY, "needed_medicine": True}
    assert check_afterwards(Afterwards(**needed, with_medicine=True)) == ()
    assert check_afterwards(Afterwards(**needed, reason_without="Her wish.")) == ()
    (found,) = check_afterwards(Afterwards(**needed))
    assert told(found)[:2] == ("R03", "warning")
    assert "13 of 26 people (50%)" in str(found.sentence)
    assert "19 of 74 (26%)" in str(found.sentence)
    assert "PMC3579577" in found.source
    # What is open in the plan is another question: its reason does not answer this one.
    assert ids(check_afterwards(Afterwards(**needed, reason_open="In spring."))) == [
        ("R03", "warning")
    ]


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ({"days_between": None}, "how often you meet."),
        ({"horizon_months": None}, "until when."),
        ({"has_stop_rule": False}, "when it stops earlier."),
    ],
)
def test_r04_maintenance_has_rhythm_horizon_and_stop(gone, named):
    (found,) = check_afterwards(Afterwards(**{**MONTHLY, **gone}))
    assert not check_afterwards(
        Afterwards(**{**MONTHLY, **gone}, reason_open="In spring.")
    )

    assert told(found)[:2] == ("R04", "warning")
    assert str(found.sentence).endswith(named)


def test_the_series_are_whole():
    known = {rule.id for rule in load_rules().values()}

    assert {f"P{n:02}" for n in range(1, 21)} <= known
    assert {f"T{n:02}" for n in range(1, 6)} <= known
    assert {f"R{n:02}" for n in range(1, 5)} <= known
    assert {"C01", "C02"} <= known


def test_a_rule_that_nobody_vouches_for_states_nothing_about_ipt():
    """Where the source is this product, the sentence only asks; it claims no finding."""
    for rule in load_rules().values():
        if not rule.verified:
            assert "IPT" not in rule.template
            assert "trial" not in rule.template
            assert "stud" not in rule.template
