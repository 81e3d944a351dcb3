"""Data keys: made once, kept for one request, gone when destroyed or rolled back."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from openipt.core.ids import new_id
from openipt.vault import VaultBroken, VaultError, VaultKeyMissing, files, keys
from openipt.vault.middleware import KeyScope
from openipt.vault.models import DataKey

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def undo(model, person):
    """Write a text for a new person and roll it back, key and all."""
    with transaction.atomic():
        model.objects.create(text="undone", person_id=person)
        transaction.set_rollback(True)


def test_the_first_text_makes_the_key_and_later_ones_use_it(letter):
    made = letter.objects.create(text="first")
    key = DataKey.objects.get(pk=made.person_id)

    letter.objects.create(text="second", person_id=made.person_id)

    assert (key.kind, key.service_id) == ("person", made.service_id)
    assert key.created_at is not None
    assert DataKey.objects.get().wrapped == key.wrapped
    assert str(key) == f"data key of person {made.person_id}"


def test_two_who_make_a_key_make_one(db):
    person = new_id()
    keys.ensure(person, None, "person")
    first = DataKey.objects.get(pk=person)

    keys.ensure(person, None, "person")

    assert bytes(DataKey.objects.get(pk=person).wrapped) == bytes(first.wrapped)


def test_inside_a_scope_a_key_is_opened_once(letter, django_assert_num_queries):
    made = letter.objects.create(text="x", note="y")

    with keys.scope(), django_assert_num_queries(3):
        for _look in range(2):
            found = letter.objects.get(pk=made.pk)
            assert (found.text, found.note) == ("x", "y")


def test_one_key_is_read_as_many_are(letter):
    made = [letter.objects.create(text=f"words {n}") for n in range(3)]
    subjects = [one.person_id for one in made]
    keys.destroy(subjects[2], at=AT)

    with keys.scope():
        keys.prefetch(subjects)
        together = [letter.objects.get(pk=one.pk).text for one in made[:2]]
    alone = [letter.objects.get(pk=one.pk).text for one in made[:2]]

    assert alone == together == ["words 0", "words 1"]
    for subject in (subjects[2], new_id()):
        with pytest.raises(VaultKeyMissing):
            keys.open_for(
                made[0]._meta.get_field("text").place_of(_of(letter, subject)), b""
            )


def _of(letter, subject):
    return letter(person_id=subject)


def test_outside_a_scope_nothing_is_kept(letter, django_assert_num_queries):
    made = letter.objects.create(text="x", note="y")
    keys.prefetch([made.person_id])

    with django_assert_num_queries(3):
        found = letter.objects.get(pk=made.pk)
        assert (found.text, found.note) == ("x", "y")


def test_a_scope_ends_with_the_keys_it_kept(letter, django_assert_num_queries):
    made = letter.objects.create(text="x")
    with keys.scope():
        keys.prefetch([made.person_id])

    with keys.scope(), django_assert_num_queries(2):
        assert letter.objects.get(pk=made.pk).text == "x"


@pytest.mark.parametrize("people", [1, 3])
def test_prefetch_is_one_query_and_the_second_time_none(
    letter, people, django_assert_num_queries
):
    made = [letter.objects.create(text=str(number)) for number in range(people)]
    subjects = [row.person_id for row in made]

    with keys.scope():
        with django_assert_num_queries(1):
            keys.prefetch(iter(subjects))
        with django_assert_num_queries(0):
            keys.prefetch(subjects)
        with django_assert_num_queries(1):
            assert {row.text for row in letter.objects.all()} == {r.text for r in made}


def test_prefetch_of_many_goes_in_parts(db, django_assert_num_queries):
    with keys.scope(), django_assert_num_queries(3):
        keys.prefetch(new_id() for _person in range(1001))


def test_the_middleware_gives_each_request_a_scope(
    letter, rf, django_assert_num_queries
):
    made = letter.objects.create(text="x", note="y")

    def view(_request):
        found = letter.objects.get(pk=made.pk)
        return HttpResponse(found.text + found.note)

    with django_assert_num_queries(2):
        assert KeyScope(view)(rf.get("/")).content == b"xy"


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_rolled_back_seals_nothing_afterwards(letter_again):
    person = new_id()

    with keys.scope():
        undo(letter_again, person)
        made = letter_again.objects.create(text="kept", person_id=person)

    assert letter_again.objects.get(pk=made.pk).text == "kept"


def test_a_key_undone_by_a_savepoint_seals_nothing_afterwards(letter):
    person = new_id()

    with keys.scope():
        undo(letter, person)
        made = letter.objects.create(text="kept", person_id=person)

    assert letter.objects.get(pk=made.pk).text == "kept"


def test_a_key_made_in_this_transaction_is_kept_too(letter, django_assert_num_queries):
    with keys.scope():
        made = letter.objects.create(text="new")
        with django_assert_num_queries(1):
            assert letter.objects.get(pk=made.pk).text == "new"


@pytest.mark.django_db(transaction=True)
def test_a_committed_key_stays_known(letter_again, django_assert_num_queries):
    with keys.scope():
        made = letter_again.objects.create(text="new")
        with django_assert_num_queries(1):
            assert letter_again.objects.get(pk=made.pk).text == "new"


def test_a_destroyed_key_opens_and_seals_nothing_ever_again(letter):
    made, other = (
        letter.objects.create(text="gone"),
        letter.objects.create(text="stays"),
    )

    with keys.scope():
        assert letter.objects.get(pk=made.pk).text == "gone"
        keys.destroy(made.person_id, at=AT)
        with pytest.raises(VaultKeyMissing):
            _ = letter.objects.get(pk=made.pk).text
        with pytest.raises(VaultKeyMissing), transaction.atomic():
            letter.objects.create(text="after", person_id=made.person_id)

    key = DataKey.objects.get(pk=made.person_id)
    assert (bytes(key.wrapped), key.kek_id, key.destroyed_at) == (b"", "", AT)
    assert letter.objects.get(pk=other.pk).text == "stays"


def test_destroying_outside_a_scope_and_twice_keeps_the_first_time(letter):
    made = letter.objects.create(text="gone")

    keys.destroy(made.person_id, at=AT)
    keys.destroy(made.person_id, at=AT.replace(year=2027))

    assert DataKey.objects.get(pk=made.person_id).destroyed_at == AT


def test_rotation_wraps_every_key_anew_and_changes_no_text(letter, own_keys):
    made = [letter.objects.create(text=str(number)) for number in range(3)]
    keys.destroy(made[0].person_id, at=AT)
    before = set(letter.objects.values_list("text", flat=True))

    assert keys.rotate_kek() == 2

    newest, _key = files.newest_kek()
    assert newest.startswith("0002-")
    in_use = DataKey.objects.filter(destroyed_at=None)
    assert {key.kek_id for key in in_use} == {newest}
    assert set(letter.objects.values_list("text", flat=True)) == before
    assert letter.objects.get(pk=made[1].pk).text == "1"
    assert keys.verify() == []


def test_after_rotation_the_old_file_is_not_needed(letter, own_keys):
    made = letter.objects.create(text="x")
    keys.rotate_kek()
    next(own_keys.glob("kek-0001-*.key")).unlink()

    assert letter.objects.get(pk=made.pk).text == "x"
    assert keys.rewrap() == 0


def test_wrapping_anew_spares_a_key_destroyed_meanwhile(letter, own_keys, monkeypatch):
    made = letter.objects.create(text="x")
    files.new_kek()
    real = keys._unwrapped

    def destroyed_meanwhile(row):
        key = real(row)
        keys.destroy(row.pk, at=AT)
        return key

    monkeypatch.setattr(keys, "_unwrapped", destroyed_meanwhile)

    assert keys.rewrap() == 0
    assert bytes(DataKey.objects.get(pk=made.person_id).wrapped) == b""


def test_rotation_is_refused_where_the_operator_keeps_the_files(own_keys, settings):
    settings.OPENIPT_KEK_FILES = [str(next(own_keys.glob("kek-*")))]

    with pytest.raises(VaultError, match="OPENIPT_KEK_FILES"):
        keys.rotate_kek()


def test_verify_names_each_fault_once(letter, own_keys):
    whole, broken = letter.objects.create(text="x"), letter.objects.create(text="y")
    DataKey.objects.filter(pk=broken.person_id).update(wrapped=b"\0" * 60)
    next(own_keys.glob("kek-*")).chmod(0o644)

    faults = keys.verify()

    assert len(faults) == 2
    assert "can be read by other accounts" in faults[0]
    assert str(broken.person_id) in faults[1]
    assert str(whole.person_id) not in "".join(faults)


def test_a_wrong_kek_is_told_in_a_sentence(letter, own_keys, settings, tmp_path):
    made = letter.objects.create(text="x")
    settings.OPENIPT_DATA_DIR = tmp_path / "another"
    settings.OPENIPT_DATA_DIR.mkdir()
    files.new_kek()

    with pytest.raises(VaultKeyMissing, match=r"kek-0001-.* is missing .*Put it back"):
        _ = letter.objects.get(pk=made.pk).text
    assert len(keys.verify()) == 1


def test_a_system_secret_opens_for_its_purpose_only(db):
    blob = keys.seal_system("second-factor", b"seed")

    assert keys.open_system("second-factor", blob) == b"seed"
    assert b"seed" not in blob
    with pytest.raises(VaultBroken):
        keys.open_system("another", blob)
    assert DataKey.objects.get().kind == "system"


def test_create_kek_writes_what_is_missing_once(db, settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path

    keys.create_kek()
    keys.create_kek()

    written = sorted(path.name[:4] for path in (tmp_path / "keys").iterdir())
    assert written == ["blin", "kek-"]


def test_create_kek_does_not_hide_that_the_files_are_gone(letter, own_keys):
    letter.objects.create(text="in use")
    for path in own_keys.iterdir():
        path.unlink()

    with pytest.raises(VaultKeyMissing, match="put its key files back"):
        keys.create_kek()
    assert list(own_keys.iterdir()) == []


def test_create_kek_comes_before_the_first_migration(db, settings, tmp_path):
    settings.OPENIPT_DATA_DIR = tmp_path
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault_datakey RENAME TO vault_elsewhere")

    keys.create_kek()

    assert len(files.kek_files()) == 1
