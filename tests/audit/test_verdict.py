"""What a check reports: numbers for a program, sentences for a person, an exit code."""

from datetime import timedelta

import pytest
from django.db import connection

from openipt import audit
from openipt.audit import anchors, chain_key, guards, verdict
from openipt.audit.models import AuditEvent
from tests.audit.trail import AT, events, sealed


def test_an_empty_trail_is_whole(db, folder):
    chain_key._write_new(chain_key.path())

    found = audit.verify(at=AT)

    assert (found.ok, found.checked, found.last_anchor) == (True, 0, 0)
    assert found.oldest_unsealed_age is None


def test_what_no_anchor_covers_is_counted(db):
    sealed(3)
    lines = anchors.path().read_text()
    sealed(2)
    anchors.path().write_text(lines)

    found = audit.verify(at=AT)

    assert (found.ok, found.last_anchor, found.after_last_anchor) == (True, 3, 2)


def test_a_trail_longer_than_one_chunk_is_read_in_chunks(db, monkeypatch):
    monkeypatch.setattr(verdict, "_ROWS_AT_ONCE", 3)
    sealed(10)

    assert audit.verify(at=AT).checked == 10


def test_without_the_key_nothing_can_be_said(db, settings, tmp_path):
    sealed(1)
    settings.OPENIPT_DATA_DIR = tmp_path / "elsewhere"

    code, lines, facts = audit.verify_report(at=AT)

    assert (code, facts["reason"], facts["checked"]) == (1, "no_key", 0)
    assert "key of the audit trail is missing" in lines[0]


def test_a_whole_trail_is_reported_with_what_cannot_be_vouched_for(db):
    sealed(3)

    code, lines, facts = audit.verify_report(at=AT)

    assert code == 0
    assert lines[0] == "The audit trail is whole: 3 events checked."
    assert "after the last anchor, number 3, cannot be vouched for" in lines[1]
    assert len(lines) == 2
    assert facts["ok"] is facts["guarded"] is True


def test_waiting_events_are_reported_with_the_age_of_the_oldest(db):
    sealed(1)
    events(1)

    _code, lines, facts = audit.verify_report(at=AT + timedelta(seconds=75))

    assert lines[1] == "1 event is not sealed yet; it has waited 75 seconds."
    assert facts["oldest_unsealed_age"] == 75


def test_guards_that_are_down_are_a_finding(db):
    sealed(1)
    guards.remove(connection)

    code, lines, facts = audit.verify_report(at=AT)

    assert (code, facts["ok"], facts["guarded"]) == (1, True, False)
    assert "guards against changing the trail are down" in lines[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"action": "other"}, "number 2 was changed or moved"),
        ({"seq": 9}, "number 2 is missing"),
    ],
)
def test_a_fault_is_told_in_a_sentence_with_its_number(db, change, sentence):
    sealed(3)
    guards.remove(connection)
    AuditEvent.objects.filter(seq=2).update(**change)

    code, lines, _facts = audit.verify_report(at=AT)

    assert code == 1
    assert sentence in lines[0]
    assert not any("vouched" in line for line in lines)


@pytest.mark.parametrize(
    "reason",
    ["missing", "changed", "surplus", "unreadable", "cut_off", "no_anchors", "no_key"],
)
def test_every_reason_has_a_sentence(reason):
    found = audit.Verdict(
        ok=False,
        checked=6,
        first_bad_seq=None if reason.startswith("no_") else 7,
        reason=reason,
        unsealed=0,
        oldest_unsealed_age=None,
        last_anchor=6,
        after_last_anchor=0,
    )

    sentence = verdict._finding(found)

    assert sentence.startswith("The ")
    assert ("7" in sentence) is (found.first_bad_seq is not None)
