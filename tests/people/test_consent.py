"""The notice: read first, agreed to, asked again, taken back."""

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.errors import Refused
from openipt.people import operations, queries
from openipt.people.models import Agreement, ChangeCount, Notice
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather()


def publish(cast, text="New words."):
    newest = queries.newest_notice(cast.ada)
    return operations.publish_notice(
        service=cast.service,
        text=text,
        base_version=newest.version,
        by=cast.ada,
        at=now(),
    )


def test_a_new_version_asks_again(cast):
    client = cast.client("ana")
    assert client.get("/today/").status_code == 200

    publish(cast)

    assert client.get("/today/")["Location"] == "/agree/"
    page = client.get("/agree/").content.decode()
    assert "New words." in page
    assert "You agreed to an earlier version" in page


def test_agreeing_opens_the_pages(cast):
    publish(cast)
    client = cast.client("ana")

    answer = client.post("/agree/", {"version": 2, "agreed": "on"})

    assert answer.status_code == 302
    assert client.get("/today/").status_code == 200
    assert queries.agreement_of(cast.ana.member).notice.version == 2


def test_without_the_tick_nothing_is_agreed(cast):
    publish(cast)
    client = cast.client("ana")

    answer = client.post("/agree/", {"version": 2})

    assert answer.status_code == 422
    assert "Tick this box if you agree" in answer.content.decode()
    assert not queries.has_agreed(cast.ana.member)


def test_agreeing_twice_is_once(cast):
    publish(cast)
    client = cast.client("ana")
    for _n in range(2):
        client.post("/agree/", {"version": 2, "agreed": "on"})

    assert (
        Agreement.objects.filter(member=cast.ana.member, notice__version=2).count() == 1
    )


def test_a_notice_that_changed_while_it_was_read_is_shown_again(cast):
    publish(cast)
    client = cast.client("ana")
    publish(cast, "Newer words.")

    answer = client.post("/agree/", {"version": 2, "agreed": "on"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Newer words." in page
    assert 'value="3"' in page
    assert not queries.has_agreed(cast.ana.member)


@pytest.mark.parametrize("version", ["0", "-1", "x", "", "99999999999999999999"])
def test_a_version_that_cannot_be_is_refused(cast, version):
    publish(cast)

    answer = cast.client("ana").post("/agree/", {"version": version, "agreed": "on"})

    assert answer.status_code in {404, 422}
    assert not queries.has_agreed(cast.ana.member)


def test_a_version_nobody_published_is_missing(cast):
    answer = cast.client("ana").post("/agree/", {"version": 7, "agreed": "on"})

    assert answer.status_code == 404


def test_without_agreement_help_account_and_notice_stay_open(cast):
    publish(cast)
    client = cast.client("ana")

    opened = {
        page: client.get(page).status_code
        for page in ("/help/", "/my/account/", "/agree/", "/today/", "/week/")
    }

    assert opened == {
        "/help/": 200,
        "/my/account/": 200,
        "/agree/": 200,
        "/today/": 302,
        "/week/": 302,
    }


def test_taking_it_back_says_what_it_means_and_closes_the_pages(cast):
    client = cast.client("ana")
    page = client.get("/my/account/agreement/").content.decode()
    assert "nothing new is kept" in page

    answer = client.post("/my/account/agreement/")

    assert answer["Location"] == "/agree/"
    assert queries.agreement_of(cast.ana.member) is None
    assert client.get("/today/")["Location"] == "/agree/"
    assert client.get("/my/account/agreement/")["Location"] == "/agree/"


def test_after_taking_it_back_one_can_agree_again(cast):
    client = cast.client("ana")
    client.post("/my/account/agreement/")
    client.post("/my/account/agreement/")

    client.post("/agree/", {"version": 1, "agreed": "on"})

    assert client.get("/today/").status_code == 200
    rows = Agreement.objects.filter(member=cast.ana.member).order_by("agreed_at")
    assert [row.withdrawn_at is None for row in rows] == [False, True]


def test_staff_are_not_asked_for_an_agreement(cast):
    assert cast.client("tomas").get("/agree/").status_code == 404
    with pytest.raises(Refused):
        operations.agree(
            member=cast.tomas,
            notice=Notice.objects.get(service=cast.service),
            at=now(),
        )


def test_nobody_agrees_to_the_notice_of_another_service(cast):
    with pytest.raises(Refused):
        operations.agree(
            member=cast.ana.member,
            notice=Notice.objects.get(service=cast.other_service),
            at=now(),
        )


def test_taking_back_is_in_the_trail_and_tells_the_therapists_pages(cast):
    operations.open_care(person=cast.ana, member=cast.tomas, by=cast.tomas, at=now())
    before = queries.change_count(cast.tomas)

    operations.withdraw_agreement(member=cast.ana.member, at=now())

    assert queries.change_count(cast.tomas) == before + 1
    event = AuditEvent.objects.get(action="people.agreement.withdrawn")
    assert event.subject_ids == [str(cast.ana.pk)]


def test_markup_in_a_notice_stays_text(cast):
    publish(cast, "<script>alert(1)</script>\n\n# <b>Head</b>\n\n- <i>point</i>")

    page = cast.client("ana").get("/agree/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;Head" in page


def test_a_notice_is_read_as_headings_paragraphs_and_lists():
    blocks = queries.notice_blocks(
        "One.\nStill one.\r\n\r\n# Head\n\n- a\n- b\n\n \n#no"
    )

    assert [(block.kind, block.lines) for block in blocks] == [
        ("paragraph", ("One.", "Still one.")),
        ("heading", ("Head",)),
        ("list", ("a", "b")),
        ("paragraph", ("#no",)),
    ]


def test_the_notice_that_ships_says_all_five_things():
    text = operations.first_notice("Harbour Practice")

    heads = [b.lines[0] for b in queries.notice_blocks(text) if b.kind == "heading"]
    assert heads == [
        "What is kept",
        "Who sees it",
        "Nobody reads this in real time",
        "How to take your data away",
        "How to end",
    ]


def test_counters_start_when_something_first_changes(cast):
    assert ChangeCount.objects.filter(pk=cast.bea.member_id).count() <= 1
    before = queries.change_count(cast.bea.member)

    operations.touch([cast.bea.member_id, None, cast.bea.member_id])

    assert queries.change_count(cast.bea.member) == before + 1
