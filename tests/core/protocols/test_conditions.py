"""What a course can be for, and how much it works on at a time."""

import pytest

from openipt.core.protocols import load_conditions
from openipt.core.protocols.rules import check_foci


def test_conditions_are_the_ten_of_the_field_by_name_only():
    conditions = load_conditions()

    assert len(conditions) == 10
    assert conditions["depression"].name == "Depression"
    assert all(key == one.key and one.name for key, one in conditions.items())


@pytest.mark.parametrize("areas", [0, 1, 2])
def test_one_or_two_areas_are_worked_on(areas):
    assert check_foci(areas) is None


@pytest.mark.parametrize("areas", [3, 4])
def test_third_area_is_refused_with_its_source(areas):
    found = check_foci(areas)

    assert (found.rule, found.severity) == ("P08", "error")
    assert "2 at most" in str(found.sentence)
    assert "Hinrichsen" in found.source
