"""Who reads a page: by name, through care that grants, and not a moment longer."""

from datetime import timedelta

import pytest

from openipt.core.errors import Refused
from openipt.core.ids import new_id
from openipt.people.models import CareRelationship
from openipt.practice import operations, queries
from openipt.practice.models import Share
from tests import people
from tests.journal import care_of, change, moment, write

from .test_journal import LATER, pulse


def read_by(member, person, at=LATER, **named):
    return queries.shared_with(member, person.pk, at, **named)


def words(pages):
    return [[m.what_happened for m in page.page.moments] for page in pages]


def test_a_shared_page_is_read_by_whom_it_was_shared_with_and_nobody_else(cast):
    write(cast.ana, "It was loud.", share=True)

    assert words(read_by(cast.tomas, cast.ana)) == [["It was loud."]]
    for other in (cast.ines, cast.sofia, cast.max, cast.ada, cast.omar):
        assert read_by(other, cast.ana) == []


def test_a_page_taken_back_is_hidden_at_once(cast):
    entry = write(cast.ana, "It was loud.", share=True)
    before = pulse(cast.tomas)

    operations.unshare(
        entry=entry, member_id=cast.tomas.pk, by=cast.ana.member, at=LATER
    )

    assert read_by(cast.tomas, cast.ana) == []
    assert Share.objects.get().ended_at == LATER
    assert pulse(cast.tomas) == before + 1


def test_sharing_twice_is_once(cast):
    entry = write(cast.ana, "It was loud.", share=True)

    operations.share(
        entry=entry, care=care_of(cast.ana)[0], by=cast.ana.member, at=LATER
    )

    assert Share.objects.count() == 1


@pytest.mark.parametrize(
    "change_of_care",
    [
        {"state": "ended", "ends_at": people.NOW},
        {"state": "paused"},
        {"ends_at": people.NOW},
        {"starts_at": LATER + timedelta(days=1)},
    ],
)
def test_a_share_shows_only_as_long_as_its_care_grants(cast, change_of_care):
    entry = write(cast.ana, "It was loud.", share=True)
    CareRelationship.objects.filter(person=cast.ana).update(**change_of_care)
    care = CareRelationship.objects.get(person=cast.ana)

    assert read_by(cast.tomas, cast.ana) == []
    with pytest.raises(Refused):
        operations.share(entry=entry, care=care, by=cast.ana.member, at=LATER)


def test_nobody_shares_with_the_therapist_of_somebody_else(cast):
    entry = write(cast.ana, "It was loud.")

    for care in (*care_of(cast.bea), *care_of(cast.eva)):
        with pytest.raises(Refused):
            operations.share(entry=entry, care=care, by=cast.ana.member, at=LATER)
    for member in (cast.ines, cast.omar):
        with pytest.raises(Refused):
            operations.choose_readers(
                entry=entry, member_ids={member.pk}, by=cast.ana.member, at=LATER
            )

    assert not Share.objects.exists()


def test_readers_are_exactly_those_chosen(cast):
    entry = write(cast.ana, "It was loud.")
    choose = {"entry": entry, "by": cast.ana.member, "at": LATER}

    operations.choose_readers(member_ids={cast.tomas.pk}, **choose)
    assert words(read_by(cast.tomas, cast.ana)) == [["It was loud."]]

    operations.choose_readers(member_ids=set(), **choose)
    assert read_by(cast.tomas, cast.ana) == []


def test_a_moment_kept_back_stays_out_of_a_shared_page(cast):
    write(cast.ana, "Loud.", moment("Secret.", just_me="yes"), share=True)

    (page,) = read_by(cast.tomas, cast.ana)

    assert words([page]) == [["Loud."]]
    assert "Secret" not in page.summary
    assert page.summary == "One hard moment: Loud."


def test_a_page_with_nothing_but_moments_kept_back_is_not_there(cast):
    write(cast.ana, moment("Secret.", just_me="yes"), share=True)

    assert read_by(cast.tomas, cast.ana) == []


def test_a_change_to_what_is_kept_back_tells_nobody(cast):
    entry = write(cast.ana, "Loud.", share=True)
    before = pulse(cast.tomas), read_by(cast.tomas, cast.ana)
    secret = [*entry.content["moments"], moment("Secret.", just_me="yes")]

    change(entry, content={**entry.content, "moments": secret}, at=LATER)

    assert (pulse(cast.tomas), read_by(cast.tomas, cast.ana)) == before


def test_a_change_to_what_is_shared_is_new_to_read(cast):
    entry = write(cast.ana, "Loud.", share=True)
    operations.note_reading(
        share_ids=Share.objects.values_list("pk", flat=True), at=people.NOW
    )
    assert read_by(cast.tomas, cast.ana, since=LATER) == []

    more = [*entry.content["moments"], moment("Louder.")]
    change(entry, content={**entry.content, "moments": more}, at=LATER)

    (page,) = read_by(cast.tomas, cast.ana, since=LATER)
    assert words([page]) == [["Loud.", "Louder."]]
    assert page.first_read_at is None


def test_first_reading_is_kept_and_told_to_the_person(cast):
    entry = write(cast.ana, "Loud.", share=True)
    shares = [page.share_id for page in read_by(cast.tomas, cast.ana)]

    operations.note_reading(share_ids=shares, at=LATER)
    operations.note_reading(share_ids=shares, at=LATER + timedelta(days=1))

    (reader,) = queries.readers_of(cast.ana, [entry], LATER)[entry.pk]
    assert (reader.name, reader.first_read_at) == ("Dr Tomas Lind", LATER)


def test_only_the_writer_shares(cast):
    entry = write(cast.ana, "Loud.", submission_id=new_id())

    with pytest.raises(Refused):
        operations.share(
            entry=entry, care=care_of(cast.ana)[0], by=cast.tomas, at=LATER
        )


def test_a_removed_page_is_shared_with_nobody(cast):
    entry = write(cast.ana, "Loud.")
    operations.remove_entry(entry=entry, by=cast.ana.member, at=LATER)
    entry.refresh_from_db()

    with pytest.raises(Refused, match="removed"):
        operations.share(
            entry=entry, care=care_of(cast.ana)[0], by=cast.ana.member, at=LATER
        )
    with pytest.raises(Refused):
        operations.unshare(
            entry=entry, member_id=cast.tomas.pk, by=cast.tomas, at=LATER
        )


def test_taking_back_what_was_not_given_tells_nobody(cast):
    entry = write(cast.ana, "Loud.")
    before = pulse(cast.tomas)

    operations.unshare(
        entry=entry, member_id=cast.tomas.pk, by=cast.ana.member, at=LATER
    )

    assert pulse(cast.tomas) == before
