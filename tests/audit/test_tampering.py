"""Six ways to touch a trail, at many places: each shows, and where it begins."""

import random
import shutil
from datetime import timedelta

import pytest
from django.db import connection, transaction

from openipt import audit
from openipt.audit import anchors
from openipt.core.ids import new_id
from tests.audit.trail import AT, events, sealed

LENGTH = 60
PLACES = sorted(random.Random(6).sample(range(1, LENGTH + 1), 50))
COLUMNS = [
    "id",
    "service_id",
    "at",
    "actor_id",
    "account_id",
    "role",
    "on_behalf_of",
    "action",
    "resource",
    "object_id",
    "subject_ids",
    "decision",
    "reason_code",
    "fields",
    "count",
    "request_id",
    "ip_prefix",
    "app_version",
]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def an_id():
    made = new_id()
    return made if connection.features.has_native_uuid_field else made.hex


@pytest.fixture
def trail(db, actor):
    """Seal a trail, then open the table to whoever owns the database.

    The guards and constraints are gone, as they are for somebody with the file.
    """
    sealed(LENGTH // 3, batches=3, by=actor)
    sql("ALTER TABLE audit_auditevent RENAME TO audit_before")
    sql("CREATE TABLE audit_auditevent AS SELECT * FROM audit_before")
    assert audit.verify(at=AT).ok


def after(tamper, *where):
    """Return what verify finds after a change that is then taken back."""
    with transaction.atomic():
        tamper(*where)
        verdict = audit.verify(at=AT)
        transaction.set_rollback(True)
    assert not verdict.ok, where
    return verdict


def other_value(column):
    if column in {"subject_ids", "fields"}:
        return '["other"]'
    if column == "at":
        return connection.ops.adapt_datetimefield_value(AT + timedelta(days=1))
    if column.endswith("_id") and column != "request_id":
        return an_id()
    return {"id": an_id(), "on_behalf_of": an_id(), "count": 9}.get(column, "other")


def edit(seq, column):
    cast = (
        "::jsonb"
        if connection.vendor == "postgresql" and "[" in str(other_value(column))
        else ""
    )
    sql(
        f'UPDATE audit_auditevent SET "{column}" = %s{cast} WHERE seq = %s',
        other_value(column),
        seq,
    )


def delete(seq):
    sql("DELETE FROM audit_auditevent WHERE seq = %s", seq)


def delete_and_close_the_gap(seq):
    delete(seq)
    sql("UPDATE audit_auditevent SET seq = seq - 1 WHERE seq > %s", seq)


def insert(seq, new_seq):
    columns = ", ".join(f'"{column}"' for column in [*COLUMNS[1:], "hash"])
    sql(
        f"INSERT INTO audit_auditevent (id, seq, {columns}) "
        f"SELECT %s, %s, {columns} FROM audit_auditevent WHERE seq = %s",
        an_id(),
        new_seq,
        seq,
    )


def insert_between(seq):
    sql("UPDATE audit_auditevent SET seq = seq + 1 WHERE seq > %s", seq)
    insert(seq, seq + 1)


def reorder(first, second):
    sql(
        "UPDATE audit_auditevent SET seq = CASE seq WHEN %s THEN %s ELSE %s END "
        "WHERE seq IN (%s, %s)",
        *(first, second, first),
        *(first, second),
    )


def cut_head(seq):
    sql("DELETE FROM audit_auditevent WHERE seq <= %s", seq)


def cut_head_and_renumber(seq):
    cut_head(seq)
    sql("UPDATE audit_auditevent SET seq = seq - %s", seq)


def cut_tail(seq):
    sql("DELETE FROM audit_auditevent WHERE seq >= %s", seq)


def test_an_edit_shows(trail):
    for number, seq in enumerate(PLACES):
        verdict = after(edit, seq, COLUMNS[number % len(COLUMNS)])
        assert (verdict.first_bad_seq, verdict.reason) == (seq, "changed")


def test_a_hash_of_somebody_without_the_key_shows(trail):
    for seq in PLACES:
        verdict = after(
            lambda seq: sql(
                "UPDATE audit_auditevent SET hash = %s WHERE seq = %s", "a" * 64, seq
            ),
            seq,
        )
        assert verdict.first_bad_seq == seq


def test_a_removal_shows(trail):
    for seq in PLACES:
        verdict = after(delete, seq)
        reason = "cut_off" if seq == LENGTH else "missing"
        assert (verdict.first_bad_seq, verdict.reason) == (seq, reason)


def test_a_removal_whose_gap_was_closed_shows(trail):
    for seq in PLACES:
        assert after(delete_and_close_the_gap, seq).first_bad_seq == seq


def test_an_event_put_in_between_shows(trail):
    for seq in PLACES:
        verdict = after(insert_between, seq)
        assert (verdict.first_bad_seq, verdict.reason) == (seq + 1, "changed")


def test_a_second_event_with_the_same_number_shows(trail):
    for seq in PLACES:
        verdict = after(insert, seq, seq)
        assert (verdict.first_bad_seq, verdict.reason) == (seq, "surplus")


@pytest.mark.parametrize("seq", [0, -5])
def test_an_event_before_the_first_shows(trail, seq):
    verdict = after(insert, 7, seq)

    assert (verdict.checked, verdict.reason) == (0, "surplus")


def test_a_change_of_order_shows(trail):
    chance = random.Random(7)
    for _pair in PLACES:
        first, second = sorted(chance.sample(range(1, LENGTH + 1), 2))
        verdict = after(reorder, first, second)
        assert (verdict.first_bad_seq, verdict.reason) == (first, "changed")


def test_a_cut_at_the_head_shows(trail):
    for seq in PLACES[:-1]:
        verdict = after(cut_head, seq)
        assert (verdict.first_bad_seq, verdict.reason) == (1, "missing")
        assert after(cut_head_and_renumber, seq).first_bad_seq == 1


def test_a_cut_at_the_tail_shows(trail):
    for seq in PLACES:
        verdict = after(cut_tail, seq)
        assert (verdict.first_bad_seq, verdict.reason) == (seq, "cut_off")


def test_a_trail_that_was_emptied_shows(trail):
    verdict = after(cut_tail, 1)

    assert (verdict.first_bad_seq, verdict.reason) == (1, "cut_off")


def test_a_tail_rewritten_by_sealing_it_again_shows(db, actor):
    sealed(5, by=actor)
    sealed(5, by=actor)
    sql("ALTER TABLE audit_auditevent RENAME TO audit_before")
    sql("CREATE TABLE audit_auditevent AS SELECT * FROM audit_before")
    sql("UPDATE audit_auditevent SET seq = NULL, hash = NULL WHERE seq > 7")
    sql("UPDATE audit_auditevent SET action = 'other' WHERE seq IS NULL")

    audit.seal_pending(AT)

    verdict = audit.verify(at=AT)
    assert (verdict.first_bad_seq, verdict.reason) == (10, "changed")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="its columns have types")
@pytest.mark.parametrize(
    "column", ["at", "subject_ids", "fields", "id", "count", "seq"]
)
def test_a_value_of_another_kind_shows(trail, column):
    def spoil():
        sql(f"UPDATE audit_auditevent SET {column} = 'not that' WHERE seq = 31")

    verdict = after(spoil)

    assert verdict.first_bad_seq == 31


def test_a_cut_of_trail_and_anchors_shows_against_a_copy_kept_elsewhere(
    trail, tmp_path
):
    copy = tmp_path / "copy"
    shutil.copy(anchors.path(), copy)
    lines = anchors.path().read_text().splitlines(keepends=True)
    cut_tail(LENGTH - 19)
    anchors.path().write_text("".join(lines[:-1]))

    assert audit.verify(at=AT).ok
    verdict = audit.verify(at=AT, anchors_at=copy)
    assert (verdict.first_bad_seq, verdict.reason) == (LENGTH - 19, "cut_off")


def test_missing_anchors_show(trail):
    anchors.path().unlink()

    verdict = audit.verify(at=AT)
    assert (verdict.ok, verdict.reason) == (False, "no_anchors")
    assert (verdict.first_bad_seq, verdict.checked) == (None, LENGTH)


def test_what_is_not_sealed_yet_is_no_fault(trail, actor):
    events(2, by=actor)

    verdict = audit.verify(at=AT + timedelta(seconds=30))
    assert (verdict.ok, verdict.unsealed, verdict.oldest_unsealed_age) == (
        True,
        2,
        30.0,
    )
