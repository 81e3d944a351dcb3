"""The web process stays light: what only jobs need is loaded by the worker alone."""

import pytest

from tests.installation import Installation


@pytest.mark.once
def test_no_page_loads_what_only_the_worker_needs(tmp_path):
    place = Installation(tmp_path / "place")
    place.run("openipt", "simulate", "--courses", "1")

    opened, *heavy = place.run("tests.bench.every_page").split()

    assert heavy == []
    assert int(opened) > 80
