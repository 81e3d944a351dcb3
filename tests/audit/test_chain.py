"""Sealing: in order, once, with an anchor after each time."""

import pytest
from django.db import transaction

from openipt import audit
from openipt.audit import anchors, chain, chain_key
from openipt.audit.models import AuditEvent
from tests.audit.trail import AT, events, sealed


def test_events_are_numbered_in_the_order_of_their_ids(db, actor):
    events(5, by=actor)

    assert audit.seal_pending(AT) == 5

    numbers = AuditEvent.objects.order_by("id").values_list("seq", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]
    assert not chain.something_waits()


def test_a_second_sealing_goes_on_where_the_first_ended(db):
    sealed(2, batches=2)

    assert audit.seal_pending(AT) == 0
    assert sorted(AuditEvent.objects.values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert audit.verify(at=AT).ok


def test_many_are_sealed_in_batches(db, monkeypatch):
    monkeypatch.setattr(chain, "_ROWS_AT_ONCE", 4)
    events(10)

    assert audit.seal_pending(AT) == 10

    assert [line.split()[0] for line in anchors.path().read_text().splitlines()] == [
        "4",
        "8",
        "10",
    ]
    assert audit.verify(at=AT).checked == 10


def test_each_sealing_leaves_one_anchor(db):
    sealed(3, batches=2)

    heads = dict(AuditEvent.objects.values_list("seq", "hash"))
    assert anchors.path().read_text() == (
        f"3 {heads[3]} 2026-11-22T09:00:00+00:00\n6 {heads[6]} 2026-11-22T09:00:00+00:00\n"
    )
    assert anchors.path().stat().st_mode & 0o077 == 0


def test_nothing_to_seal_writes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert audit.seal_pending(AT) == 0
    assert not anchors.path().exists()


def test_the_hash_depends_on_key_place_and_every_column(db):
    sealed(1)
    event = AuditEvent.objects.values(*chain.COVERED).get()
    right = chain.link(chain_key.read(), chain.GENESIS, 1, event)
    assert right == AuditEvent.objects.get().hash

    others = {chain.link(b"\0" * 32, chain.GENESIS, 1, event)}
    others.add(chain.link(chain_key.read(), "1" * 64, 1, event))
    others.add(chain.link(chain_key.read(), chain.GENESIS, 2, event))
    for name in chain.COVERED:
        others.add(chain.link(chain_key.read(), chain.GENESIS, 1, event | {name: "x"}))

    assert right not in others
    assert len(others) == 3 + len(chain.COVERED)


def test_every_column_but_number_and_hash_is_covered():
    columns = {field.attname for field in AuditEvent._meta.concrete_fields}

    assert columns - set(chain.COVERED) == {"seq", "hash"}


@pytest.mark.django_db(transaction=True)
def test_sealing_does_not_hang_on_another_transaction():
    events(1)

    with pytest.raises(RuntimeError), transaction.atomic():
        audit.seal_pending(AT)


def test_the_key_is_a_file_for_its_owner(db, folder):
    sealed(1)

    assert chain_key.path() == folder / "keys" / "audit.key"
    assert chain_key.path().stat().st_mode & 0o777 == 0o600
    assert len(chain_key.path().read_bytes()) == 32


def test_a_lost_key_is_not_replaced(db, settings, tmp_path):
    sealed(1)
    settings.OPENIPT_DATA_DIR = tmp_path / "elsewhere"
    events(1)

    with pytest.raises(chain_key.ChainKeyMissing, match="Put it back"):
        audit.seal_pending(AT)
    assert not chain_key.path().exists()


def test_a_damaged_key_is_noticed(db):
    chain_key.path().parent.mkdir()
    chain_key.path().write_bytes(b"short")
    events(1)

    with pytest.raises(chain_key.ChainKeyMissing, match="missing or damaged"):
        audit.seal_pending(AT)


def test_sealers_beside_each_other_make_one_chain(installation):
    sealers = [installation.start("tests.audit.trail", "20") for _sealer in range(3)]
    for sealer in sealers:
        printed, _ = sealer.communicate(timeout=120)
        assert sealer.returncode == 0, printed

    printed = installation.run("openipt", "audit", "verify", "--json")

    assert '"ok": true' in printed
    assert '"checked": 300' in printed
    assert '"after_last_anchor": 0' in printed


def test_a_sealer_that_comes_second_finds_nothing_and_writes_nothing(db, monkeypatch):
    sealed(1)
    before = anchors.path().read_text()
    waits = iter([True, False])
    monkeypatch.setattr(chain, "something_waits", lambda: next(waits))

    assert audit.seal_pending(AT) == 0
    assert anchors.path().read_text() == before
