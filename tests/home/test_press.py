"""The press is a process of its own, and says nothing of what it was given."""

import sys

import pytest

from openipt.home import press

pytestmark = pytest.mark.once

SECRET = "Nobody hears that I cried"


def test_a_page_that_cannot_be_set_is_an_error_without_its_words():
    with pytest.raises(press.PressFailed) as failed:
        press.typeset({"heading": SECRET}, "no-such-page")

    assert SECRET not in repr(failed.value)
    assert SECRET not in repr(failed.value.__cause__)


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(press, "SECONDS", 0.001)

    with pytest.raises(press.PressFailed, match="took longer"):
        press.typeset({"heading": SECRET})


def test_what_sets_it_is_loaded_by_no_process_of_ours():
    with pytest.raises(press.PressFailed):
        press.typeset({})

    assert "typst" not in sys.modules
