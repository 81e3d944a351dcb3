"""The table of letters, and key files of a test's own."""

import pytest

from tests.installation import Installation
from tests.vault import letters


@pytest.fixture(scope="session")
def _letters(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        letters.make_table()


@pytest.fixture
def letter(_letters, db):
    """Return the model; its rows go with the test's transaction."""
    return letters.Letter


@pytest.fixture
def own_keys(settings, tmp_path):
    """Give this test a data folder with fresh key files; return the keys folder."""
    from openipt.vault import files

    settings.OPENIPT_DATA_DIR = tmp_path
    files.new_kek()
    files.blind_key(or_new=True)
    return tmp_path / "keys"


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path)
    yield made
    made.remove()


@pytest.fixture
def letter_again(_letters):
    """Return the model for a test that commits; its rows are taken away afterwards."""
    yield letters.Letter
    letters.Letter.objects.all().delete()
