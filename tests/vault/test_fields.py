"""What a model with sealed fields can do, and what it refuses."""

import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openipt.core.ids import new_id
from openipt.vault import VaultError, keys, open_value
from openipt.vault.fields import Sealed, SealedJSON, SealedText
from tests.vault.letters import Letter

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | WRITTEN,
    lambda inner: st.lists(inner) | st.dictionaries(WRITTEN, inner),
    max_leaves=20,
)
in_one_transaction = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def columns(pk):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, note, facts FROM letters_letter WHERE id = %s",
            [pk if connection.features.has_native_uuid_field else pk.hex],
        )
        return [value if value is None else bytes(value) for value in cursor.fetchone()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He left without a word.",
        "Ärger, שלום, مرحبا, 日本",
        "👩‍👩‍👧‍👦 \u202eback\u202c \u200bzero\u200b",
        "a\x00b\r\n\tc",
        "é" * 500_000,
    ],
    ids=["empty", "plain", "scripts", "emoji and marks", "controls", "a megabyte"],
)
def test_text_comes_back_as_it_was_written(letter, text):
    made = letter.objects.create(text=text)

    assert letter.objects.get(pk=made.pk).text == text


@in_one_transaction
@given(text=WRITTEN)
def test_any_text_comes_back(letter, text):
    made = letter.objects.create(text=text)

    assert letter.objects.get(pk=made.pk).text == text


@in_one_transaction
@given(facts=ANYTHING)
def test_any_json_comes_back(letter, facts):
    made = letter.objects.create(text="", facts=facts)

    assert letter.objects.get(pk=made.pk).facts == facts


def test_columns_hold_nothing_readable(letter):
    made = letter.objects.create(text="quiet river", note="stone", facts={"k": "moss"})

    stored = b"".join(columns(made.pk))

    assert not any(word in stored for word in (b"quiet", b"river", b"stone", b"moss"))


def test_the_same_text_is_sealed_differently_each_time(letter):
    made = letter.objects.create(text="again")
    before = columns(made.pk)[0]

    made.save()

    assert columns(made.pk)[0] != before
    assert letter.objects.get(pk=made.pk).text == "again"


def test_nothing_is_stored_as_null(letter):
    made = letter.objects.create(text="x", note=None, facts=None)

    assert columns(made.pk)[1:] == [None, None]
    found = letter.objects.get(pk=made.pk)
    assert (found.note, found.facts) == (None, None)


def test_text_left_out_is_the_empty_text_and_facts_are_none():
    assert Letter().text == ""
    assert Letter().note is None
    assert Letter().facts is None


def test_a_text_that_must_be_there_cannot_be_null(letter):
    with pytest.raises(IntegrityError):
        letter.objects.create(text=None)


def test_save_of_named_fields_leaves_the_others_alone(letter):
    made = letter.objects.create(text="first", note="kept")
    before = columns(made.pk)

    made.text, made.note = "second", "not saved"
    made.save(update_fields=["text"])

    assert columns(made.pk)[1] == before[1]
    found = letter.objects.get(pk=made.pk)
    assert (found.text, found.note) == ("second", "kept")


def test_save_without_reading_keeps_the_blob(letter):
    made = letter.objects.create(text="unread")
    before = columns(made.pk)

    letter.objects.get(pk=made.pk).save()

    assert columns(made.pk) == before


def test_many_at_once_are_sealed_for_each_of_their_people(letter):
    letter.objects.bulk_create(letter(text=word) for word in ("one", "two"))

    assert sorted(found.text for found in letter.objects.all()) == ["one", "two"]


def test_reading_again_drops_what_was_not_saved(letter):
    made = letter.objects.create(text="saved")
    made.text = "typed over"

    made.refresh_from_db()

    assert made.text == "saved"


def test_a_deferred_text_is_fetched_when_it_is_read(letter):
    made = letter.objects.create(text="later")
    found = letter.objects.defer("text").get(pk=made.pk)
    assert found.get_deferred_fields() == {"text"}

    assert found.text == "later"


def test_a_deferred_text_is_not_saved(letter):
    made = letter.objects.create(text="untouched")
    found = letter.objects.defer("text").get(pk=made.pk)
    before = columns(made.pk)

    found.place = "garden"
    found.save()

    assert columns(made.pk) == before


def test_text_is_opened_once_for_an_instance(letter, django_assert_num_queries):
    made = letter.objects.create(text="once")
    found = letter.objects.get(pk=made.pk)

    with django_assert_num_queries(1):
        assert (found.text, found.text) == ("once", "once")


def test_the_limit_counts_characters_and_never_shows_them(letter):
    letter.objects.create(text="", note="ü" * 10)

    with pytest.raises(ValueError, match="10 characters at most, not 11") as fault:
        letter.objects.create(text="", note="secretword!")
    assert "secret" not in repr(fault.value)


def test_half_a_character_is_refused_without_showing_the_rest(letter):
    with pytest.raises(ValueError, match="half a character") as fault:
        letter.objects.create(text="secret \ud800")

    assert "secret" not in repr(fault.value)
    assert fault.value.__suppress_context__


@pytest.mark.parametrize("value", [b"bytes", 7, ["list"]])
def test_text_takes_text_only(letter, value):
    with pytest.raises(TypeError, match="holds text"):
        letter.objects.create(text=value)


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), uuid.UUID(int=1), "\ud800"])
def test_facts_take_json_only(letter, value):
    with pytest.raises(ValueError, match="what JSON can say"):
        letter.objects.create(text="", facts=value)


@pytest.mark.parametrize(
    "value", ["plain", b"plain", F("note"), Value("plain"), Value(b"plain")]
)
def test_update_refuses_a_sealed_field(letter, value):
    made = letter.objects.create(text="kept")

    with pytest.raises(VaultError, match="save instances"), transaction.atomic():
        letter.objects.update(text=value)
    assert letter.objects.get(pk=made.pk).text == "kept"


def test_update_may_empty_a_sealed_field(letter):
    made = letter.objects.create(text="", note="gone")

    letter.objects.filter(pk=made.pk).update(note=None)

    assert letter.objects.get(pk=made.pk).note is None


def test_bulk_update_refuses_a_sealed_field(letter):
    made = letter.objects.create(text="kept")
    made.text = "plain"

    with pytest.raises(VaultError, match="save instances"):
        letter.objects.bulk_update([made], ["text"])


@pytest.mark.parametrize(
    "lookup", ["text", "text__contains", "text__in", "facts__key", "text__length__gt"]
)
def test_nothing_can_be_looked_up(letter, lookup):
    with pytest.raises(FieldError, match="is sealed"):
        letter.objects.filter(**{lookup: "x"}).exists()


def test_whether_there_is_text_can_be_asked(letter):
    letter.objects.create(text="", note="there")
    letter.objects.create(text="")

    assert letter.objects.filter(note__isnull=True).count() == 1


def test_value_lists_give_blobs_that_open_value_opens(letter):
    made = letter.objects.create(text="in a list", facts={"a": [1]})
    row = letter.objects.values_list("text", "facts", "note").get()
    assert [type(value) for value in row] == [Sealed, Sealed, type(None)]

    opened = [
        open_value(letter, name, made.pk, made.person_id, made.service_id, blob)
        for name, blob in zip(("text", "facts", "note"), row, strict=True)
    ]

    assert opened == ["in a list", {"a": [1]}, None]


def test_open_value_refuses_a_field_that_is_not_sealed(letter):
    with pytest.raises(TypeError, match="not sealed"):
        open_value(letter, "place", new_id(), new_id(), None, b"home")


def test_a_value_list_of_many_people_costs_one_query_for_keys(
    letter, django_assert_num_queries
):
    letter.objects.bulk_create(letter(text=str(number)) for number in range(7))

    with keys.scope(), django_assert_num_queries(2):
        rows = list(letter.objects.values_list("pk", "person_id", "service_id", "text"))
        keys.prefetch(person for _pk, person, _service, _blob in rows)
        opened = {open_value(letter, "text", *row) for row in rows}

    assert opened == {str(number) for number in range(7)}


def test_a_row_without_its_person_cannot_be_sealed(letter):
    with pytest.raises(VaultError, match="before its row has an owner"):
        letter.objects.create(text="whose?", person_id=None)


def test_a_row_without_its_id_cannot_be_sealed(letter):
    unsaved = letter(text="which?", id=None)

    with pytest.raises(VaultError, match="before its row has an owner"):
        letter._meta.get_field("text").pre_save(unsaved, add=True)


def test_a_copied_row_is_not_saved_with_a_blob_that_cannot_open(letter):
    made = letter.objects.create(text="original")
    copy = letter.objects.get(pk=made.pk)
    copy.pk = new_id()

    with pytest.raises(VaultError):
        copy.save(force_insert=True)


def test_validation_reads_the_plain_value(letter):
    made = letter.objects.create(text="as it is", facts={"a": 1})

    made.full_clean()

    assert (made.text, made.facts) == ("as it is", {"a": 1})


def test_sealed_rows_cannot_be_dumped_or_loaded_in_clear(letter):
    from django.core import serializers
    from django.core.serializers.base import DeserializedObject

    made = letter.objects.create(text="private")

    with pytest.raises(VaultError, match="cannot be dumped"):
        serializers.serialize("json", [made])
    with pytest.raises(VaultError, match="save instances"):
        DeserializedObject(letter(text="from a file")).save()


def test_the_class_attribute_is_the_descriptor():
    assert Letter.text.field is Letter._meta.get_field("text")


def test_a_migration_can_write_the_field_down():
    _name, path, args, kwargs = SealedText(max_length=9, null=True).deconstruct()

    assert (path, args) == ("openipt.vault.fields.SealedText", [])
    assert kwargs == {"max_length": 9, "null": True}


@pytest.mark.parametrize("rule", [None, "nobody_id"])
def test_a_model_must_say_whose_text_it_seals(rule):
    class Unowned(models.Model):  # noqa: DJ008 -- never shown
        sealed_for = rule
        text = SealedText(max_length=9, default="none yet")

        class Meta:
            apps = type(Letter._meta.apps)()
            app_label = "letters"

    assert [fault.id for fault in Unowned.check()] == ["vault.E001"]


def test_a_model_that_says_it_is_well():
    assert not [fault for fault in Letter.check() if fault.id != "models.W042"]


def test_a_text_without_limit_takes_any_length(letter):
    field = SealedText()
    field.set_attributes_from_name("open")
    field.model = Letter

    assert field.to_plain("x" * 3_000_000)
    assert SealedJSON().get_internal_type() == "BinaryField"
