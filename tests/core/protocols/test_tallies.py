"""What answers say for and against an area: counted, never deciding."""

import pytest

from openipt.core.protocols import answer_key, load_variants, tally

AREAS = {
    area.key: area for area in load_variants()["ipt_individual_columbia"].shown_areas
}


@pytest.mark.parametrize(
    ("area", "answers", "expected"),
    [
        ("deficits", (), (0, 0)),
        ("deficits", ("no_event",), (1, 0)),
        ("deficits", ("no_event", "long_so", "through_illness"), (2, 1)),
        # "Only when the mood is low" has no source that was read, so it does not count.
        ("role_dispute", ("conflict", "expectations", "only_mood"), (2, 0)),
        ("grief", ("weather",), (0, 0)),
    ],
)
def test_yes_is_counted_for_or_against(area, answers, expected):
    found = tally(AREAS[area], [answer_key(area, one) for one in answers])

    assert (found.speak_for, found.speak_against) == expected


def test_answers_to_other_areas_do_not_count():
    found = tally(AREAS["grief"], ["role_dispute.conflict", "conflict", "death"])

    assert (found.speak_for, found.speak_against) == (0, 0)
