"""Writing, changing and removing pages: once, whole, and nothing lost."""

from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.ids import new_id
from openipt.people.models import ChangeCount
from openipt.practice import operations, queries
from openipt.practice.models import Entry, EntryVersion, Share
from tests import people
from tests.journal import change, moment, write

LATER = people.NOW + timedelta(hours=1)


def pulse(member):
    return ChangeCount.objects.filter(pk=member.pk).values_list("n", flat=True).first()


def test_a_page_is_private_when_it_is_written(cast):
    before = pulse(cast.tomas)

    entry = write(cast.ana, "It was loud.")

    assert entry.content["moments"][0]["what_happened"] == "It was loud."
    assert not Share.objects.exists()
    assert queries.shared_with(cast.tomas, cast.ana.pk, people.NOW) == []
    assert pulse(cast.tomas) == before
    assert AuditEvent.objects.filter(action="practice.entry.written").count() == 1


def test_the_same_page_sent_twice_is_kept_once(cast):
    page = {"submission_id": new_id()}
    one = moment("It was loud.")

    first = write(cast.ana, one, **page)
    second = write(cast.ana, one, **page)

    assert first == second
    assert Entry.objects.count() == 1


def test_the_same_submission_with_other_words_is_told_and_keeps_the_first(cast):
    page = {"submission_id": new_id()}
    write(cast.ana, "It was loud.", **page)

    with pytest.raises(Stale, match="was sent before"):
        write(cast.ana, "It was quiet.", **page)

    assert Entry.objects.get().content["moments"][0]["what_happened"] == "It was loud."


def test_two_persons_may_happen_on_one_submission_id(cast):
    page = {"submission_id": new_id()}

    write(cast.ana, "Mine.", **page)
    write(cast.bea, "Hers.", **page)

    assert Entry.objects.count() == 2


@pytest.mark.parametrize("who", ["bea", "tomas", "eva"])
def test_nobody_else_writes_in_a_journal(cast, who):
    entry = write(cast.ana, "Mine.")
    other = cast.member(who)

    with pytest.raises(Refused):
        write(cast.ana, "Not mine.", by=other)
    with pytest.raises(Refused):
        change(entry, content={"moments": []}, by=other)
    with pytest.raises(Refused):
        operations.remove_entry(entry=entry, by=other, at=LATER)

    assert Entry.objects.get().version == 1


def test_content_that_is_not_of_its_kind_is_refused(cast):
    with pytest.raises(Invalid):
        write(cast.ana, {"id": "1", "what_happened": "x", "mood": "7"})
    with pytest.raises(Invalid, match="10"):
        write(cast.ana, *(f"moment {n}" for n in range(11)))

    assert not Entry.objects.exists()


def test_a_change_keeps_what_was_said_before(cast):
    entry = write(cast.ana, "It was loud.")

    change(entry, content={"moments": [moment("It was quiet.")]}, at=LATER)

    entry.refresh_from_db()
    assert entry.version == 2
    assert entry.updated_at == LATER
    (before,) = queries.versions_of(entry)
    assert before.content["moments"][0]["what_happened"] == "It was loud."
    assert before.at == people.NOW


def test_a_change_of_nothing_leaves_no_trace(cast):
    entry = write(cast.ana, "It was loud.")

    change(entry, at=LATER)

    assert entry.version == 1
    assert not EntryVersion.objects.exists()


def test_a_change_of_an_old_version_is_stale_and_overwrites_nothing(cast):
    entry = write(cast.ana, "It was loud.")
    change(entry, content={"moments": [moment("From the phone.")]})

    with pytest.raises(Stale):
        change(entry, version=1, content={"moments": [moment("From the desk.")]})

    kept = Entry.objects.get().content["moments"]
    assert [m["what_happened"] for m in kept] == ["From the phone."]
    assert EntryVersion.objects.count() == 1


def test_a_removed_page_is_gone_for_everybody(cast):
    entry = write(cast.ana, "It was loud.", share=True)
    before = pulse(cast.tomas)

    operations.remove_entry(entry=entry, by=cast.ana.member, at=LATER)
    operations.remove_entry(entry=entry, by=cast.ana.member, at=LATER)

    assert queries.entries_of(cast.ana) == []
    assert queries.shared_with(cast.tomas, cast.ana.pk, LATER) == []
    assert pulse(cast.tomas) == before + 1
    assert AuditEvent.objects.filter(action="practice.entry.removed").count() == 1


def test_a_removed_page_cannot_be_changed(cast):
    entry = write(cast.ana, "It was loud.")
    operations.remove_entry(entry=entry, by=cast.ana.member, at=LATER)

    with pytest.raises(Stale):
        change(entry, content={"moments": []})


def test_names_that_were_written_are_offered_the_latest_first(cast):
    write(cast.ana, moment(with_whom="Mum"), at=people.NOW - timedelta(days=7))
    write(cast.ana, moment(with_whom="Tomas"), moment(with_whom=""))

    assert queries.names_written(cast.ana) == ["Tomas", "Mum"]
