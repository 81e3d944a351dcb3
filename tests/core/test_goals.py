"""The five steps of a goal."""

import pytest

from openipt.core.data_files import parse
from openipt.core.errors import DataProblem
from openipt.core.goals import load_steps, step_at


def test_steps_run_from_much_less_to_much_more():
    assert [step.level for step in load_steps()] == [-2, -1, 0, 1, 2]
    assert [step.key for step in load_steps()] == ["-2", "-1", "0", "1", "2"]
    assert step_at(0).label == "As hoped"
    assert all(step.hint for step in load_steps())


def test_a_step_out_of_order_is_named(monkeypatch):
    rows = "\n".join(
        f'[[steps]]\nlevel = "{level}"\nlabel = "A"\nhint = "B"'
        for level in (-2, 0, -1, 1, 2)
    )
    table = parse("steps.toml", f'id = "steps"\nversion = "1"\n{rows}'.encode())
    monkeypatch.setattr("openipt.core.goals.tables_in", lambda _package: (table,))
    load_steps.cache_clear()

    with pytest.raises(DataProblem, match="they run from -2 to 2, in order"):
        load_steps()
    load_steps.cache_clear()
