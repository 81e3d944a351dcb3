"""Key files: who may read them, and what is said when one is missing or wrong."""

import stat

import pytest

from openipt.vault import VaultKeyMissing, blind_index, files


def test_key_files_are_for_their_owner_alone(own_keys):
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o700
    for path in own_keys.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_size == 32
    assert files.open_to_others() == []


def test_the_newest_number_wraps(own_keys):
    for _file in range(10):
        newest = files.new_kek()

    assert files.newest_kek()[0] == newest
    assert newest.startswith("0011-")
    assert len(files.kek_files()) == 11


def test_a_file_is_never_written_over(own_keys):
    path = next(own_keys.glob("kek-*"))

    with pytest.raises(FileExistsError):
        files.write(path, b"\0" * 32)


def test_without_any_file_the_sentence_says_what_to_do(settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path

    with pytest.raises(VaultKeyMissing, match="no key file yet"):
        files.newest_kek()
    with pytest.raises(VaultKeyMissing, match=r"\(here: none\)"):
        files.kek("0001-00000000")


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 33])
def test_a_damaged_file_is_noticed(own_keys, content):
    path = next(own_keys.glob("kek-*"))
    path.write_bytes(content)

    with pytest.raises(VaultKeyMissing, match="is damaged"):
        files.newest_kek()


def test_a_file_with_another_key_than_its_name_says_is_noticed(own_keys):
    next(own_keys.glob("kek-*")).write_bytes(b"\7" * 32)

    with pytest.raises(VaultKeyMissing, match="another key than its name"):
        files.newest_kek()


def test_the_operator_may_keep_the_files_elsewhere(own_keys, settings, tmp_path):
    kek_id, key = files.newest_kek()
    elsewhere = tmp_path / "credentials"
    elsewhere.mkdir()
    path = next(own_keys.glob("kek-*")).rename(elsewhere / f"kek-{kek_id}.key")

    settings.OPENIPT_KEK_FILES = [str(path)]

    assert files.are_named()
    assert files.newest_kek() == (kek_id, key)
    assert files.kek(kek_id) == key


def test_a_named_file_that_is_not_there_is_an_error(own_keys, settings, tmp_path):
    settings.OPENIPT_KEK_FILES = [str(tmp_path / "kek-0001-00000000.key")]

    with pytest.raises(VaultKeyMissing, match="cannot be read"):
        files.newest_kek()


def test_a_file_not_named_like_a_key_is_an_error(own_keys, settings, tmp_path):
    settings.OPENIPT_KEK_FILES = [str(tmp_path / "secret.txt")]

    with pytest.raises(VaultKeyMissing, match="not named like a key file"):
        files.kek_files()


def test_blind_indexes_meet_for_equal_texts_of_one_purpose(own_keys):
    found = blind_index("email", " Ana@Example.org ")

    assert found == blind_index("email", "ana@example.org")
    assert found != blind_index("phone", "ana@example.org")
    assert found != blind_index("email", "ana@example.com")
    assert len(found) == 64


def test_blind_indexes_differ_between_installations(own_keys, settings, tmp_path):
    here = blind_index("email", "ana@example.org")
    settings.OPENIPT_DATA_DIR = tmp_path / "other"
    settings.OPENIPT_DATA_DIR.mkdir()
    files.blind_key(or_new=True)

    assert blind_index("email", "ana@example.org") != here


def test_a_lost_key_of_blind_indexes_is_not_replaced(settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path

    with pytest.raises(VaultKeyMissing, match=r"blind\.key cannot be read"):
        blind_index("email", "ana@example.org")
