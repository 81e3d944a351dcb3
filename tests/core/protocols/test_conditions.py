"""What a course can be for."""

from openipt.core.protocols import load_conditions, load_library


def test_conditions_are_those_of_the_field():
    conditions = load_conditions()

    assert len(conditions) == 11
    assert conditions["depression"].name == "Depression"
    assert all(key == one.key and one.name for key, one in conditions.items())


def test_a_caution_has_a_source_that_was_read():
    told = [one for one in load_conditions().values() if one.caution]

    assert [one.key for one in told] == ["anorexia", "substance_use"]
    assert all(load_library().sources[one.source].vouches for one in told)
