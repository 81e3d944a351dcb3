"""Whatever is done to a stored blob, nobody is shown something else than was written."""

import pytest
from django.db import connection, models

from openipt.core.ids import new_id
from openipt.vault import VaultBroken, VaultError, VaultKeyMissing, keys, open_value
from openipt.vault.fields import SealedText
from openipt.vault.models import DataKey


def blob_of(made, name="text"):
    return bytes(type(made).objects.values_list(name, flat=True).get(pk=made.pk))


def put(made, blob, name="text"):
    """Write a column as somebody with the database file would."""
    row = made.pk if connection.features.has_native_uuid_field else made.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE letters_letter SET {name} = %s WHERE id = %s", [blob, row]
        )


def read(made, name="text"):
    return getattr(type(made).objects.get(pk=made.pk), name)


def test_swapped_rows_do_not_open(letter):
    first, second = letter.objects.create(text="A's"), letter.objects.create(text="B's")
    of_first, of_second = blob_of(first), blob_of(second)
    put(first, of_second)
    put(second, of_first)

    for made in (first, second):
        with pytest.raises(VaultError):
            read(made)


def test_swapped_rows_of_one_person_do_not_open(letter):
    first = letter.objects.create(text="monday")
    second = letter.objects.create(text="tuesday", person_id=first.person_id)
    put(first, blob_of(second))

    with pytest.raises(VaultBroken, match="changed, or moved here"):
        read(first)


def test_no_byte_of_a_blob_can_change(letter):
    made = letter.objects.create(text="word")
    blob = blob_of(made)

    for place in range(len(blob)):
        put(made, blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :])
        with pytest.raises(VaultError):
            read(made)
    put(made, blob)
    assert read(made) == "word"


def test_a_blob_cut_short_or_lengthened_does_not_open(letter):
    made = letter.objects.create(text="word")
    blob = blob_of(made)

    for tampered in [blob[:length] for length in range(len(blob))] + [blob + b"\0"]:
        put(made, tampered)
        with pytest.raises(VaultBroken):
            read(made)


@pytest.mark.parametrize("plain", [b"plain text", b"\x01plain text, long enough" * 3])
def test_plain_bytes_in_the_column_are_an_error(letter, plain):
    made = letter.objects.create(text="sealed")
    put(made, plain)

    with pytest.raises(VaultError):
        read(made)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="bytea takes bytes only")
@pytest.mark.parametrize("plain", ["plain text", 7, 1.5])
def test_another_type_in_the_column_is_an_error(letter, plain):
    made = letter.objects.create(text="sealed")
    put(made, plain)

    with pytest.raises(VaultBroken, match="does not hold sealed text"):
        read(made)


def test_a_broken_row_does_not_break_the_others(letter):
    broken, whole = letter.objects.create(text="x"), letter.objects.create(text="y")
    put(broken, b"plain")

    found = {row.pk: row for row in letter.objects.all()}

    assert found[whole.pk].text == "y"


def test_a_blob_does_not_open_in_another_field(letter):
    made = letter.objects.create(text="text", note="note")
    put(made, blob_of(made, "note"))

    with pytest.raises(VaultBroken):
        read(made)


def test_a_blob_does_not_open_in_another_service(letter):
    made = letter.objects.create(text="ours")
    letter.objects.filter(pk=made.pk).update(service_id=new_id())

    with pytest.raises(VaultBroken):
        read(made)


def test_a_blob_does_not_open_for_another_person(letter):
    made, other = letter.objects.create(text="hers"), letter.objects.create(text="his")
    letter.objects.filter(pk=made.pk).update(person_id=other.person_id)

    with pytest.raises(VaultKeyMissing, match="sealed with another key"):
        read(made)


def test_a_blob_does_not_open_in_the_same_field_of_another_model(letter):
    class Postcard(models.Model):  # noqa: DJ008 -- never shown
        sealed_for = "person_id"
        text = SealedText(max_length=9)

        class Meta:
            apps = type(letter._meta.apps)()
            app_label = "letters"

    made = letter.objects.create(text="letter")
    place = (made.pk, made.person_id, made.service_id, blob_of(made))
    assert open_value(letter, "text", *place) == "letter"

    with pytest.raises(VaultBroken):
        open_value(Postcard, "text", *place)


def test_a_data_key_does_not_serve_another_person(letter):
    made, other = letter.objects.create(text="hers"), letter.objects.create(text="his")
    hers = DataKey.objects.get(pk=made.person_id)
    DataKey.objects.filter(pk=other.person_id).update(wrapped=hers.wrapped)

    with pytest.raises(VaultBroken, match="belongs to somebody else"):
        read(other)


def test_a_data_key_does_not_serve_another_service(letter):
    made = letter.objects.create(text="ours")
    DataKey.objects.filter(pk=made.person_id).update(service_id=new_id())

    with pytest.raises(VaultBroken, match="belongs to somebody else"):
        read(made)


@pytest.mark.parametrize("wrapped", [b"", b"short", b"\0" * 60])
def test_a_damaged_data_key_is_an_error(letter, wrapped):
    made = letter.objects.create(text="x")
    DataKey.objects.filter(pk=made.person_id).update(wrapped=wrapped)

    with pytest.raises(VaultBroken):
        read(made)


def test_a_missing_data_key_is_an_error(letter):
    made = letter.objects.create(text="x")
    DataKey.objects.filter(pk=made.person_id).delete()

    with pytest.raises(VaultKeyMissing, match="never made, or was destroyed"):
        read(made)


def test_faults_never_show_the_text(letter):
    made = letter.objects.create(text="secret")
    put(made, b"secret in clear")

    with keys.scope(), pytest.raises(VaultBroken) as fault:
        read(made)
    assert "secret" not in repr(fault.value)
