"""The timeline on its pages: told, changed, marked, taken off; seen by whom."""

from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.timeline import Event, Moment, event_of
from openipt.exchange.queries import as_json, record_of
from openipt.inventory import access, operations, queries
from openipt.inventory.models import LifeEvent, LifeEventVersion
from tests import people
from tests.journeys.steps import answered_before
from tests.sent_again import goes_through_once_and_with_other_words_as_another

OWN = "/my/timeline/"


def form(**changes):
    """Return the form as a browser sends it."""
    return {
        "submission_id": str(new_id()), "version": "0", "title": "Moved to the town",
        "kind": "home", "year": "2019", "part": "spring", "day": "",
        "until_year": "", "until_part": "", "until_day": "", "effect": "-2",
        "words": "All boxes",
    } | changes  # fmt: skip


def text_of(response):
    return response.content.decode()


def of(cast):
    return f"/persons/{cast.ana.pk}/timeline/"


def told(cast, title="Moved to the town", when="2019-spring", **more):
    return operations.add_event(
        person=cast.ana,
        submission_id=new_id(),
        event=Event(
            title=title, kind=more.pop("kind", "home"), when=Moment.of(when), **more
        ),
        by=cast.ana.member,
        at=people.NOW,
    )


def father(cast):
    return operations.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Father", alive=False, died="spring 2019"),
        by=cast.ana.member,
        at=people.NOW,
    )


def onsets():
    return [
        event_of(row.content, is_onset=True).title
        for row in LifeEvent.objects.filter(is_onset=True, removed_at__isnull=True)
    ]


def test_something_is_told_once_and_stands_in_drawing_and_table(cast):
    client = cast.client("ana")

    sent = form(is_onset="on")
    assert client.post(OWN + "add/", sent).status_code == 302
    assert client.post(OWN + "add/", sent).status_code == 302

    page = text_of(client.get(OWN))
    (row,) = LifeEvent.objects.all()
    assert f'href="{OWN}{row.pk}/"' in page
    assert "spring 2019" in page
    assert "sign-house" in page
    assert "−2" in page
    assert "Here it began" in page
    assert page.count("Moved to the town") >= 3
    assert LifeEventVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "!!"}, "Write it in letters."),
        ({"kind": ""}, "This field is required"),
        ({"kind": "party"}, "Select a valid choice"),
        ({"year": ""}, "This field is required"),
        ({"year": "long ago"}, "four digits"),
        ({"year": "19"}, "four digits"),
        ({"year": "9999"}, "four digits"),
        ({"year": "1398"}, "the calendar in which it is 2026 now"),
        ({"until_year": "2562"}, "the calendar in which it is 2026 now"),
        ({"year": "2027", "part": ""}, "That is still to come."),
        ({"year": "2026", "part": "12"}, "That is still to come."),
        ({"year": "2026", "part": "11", "day": "23"}, "That is still to come."),
        ({"year": "1989", "part": ""}, "before the person was born"),
        ({"year": "1990", "part": "4"}, "before the person was born"),
        ({"part": "2", "day": "30"}, "There is no such day."),
        ({"part": "2", "day": "0"}, "There is no such day."),
        ({"part": "2", "day": "third"}, "There is no such day."),
        ({"part": "2", "day": "9999999999"}, "There is no such day."),
        ({"part": "spring", "day": "3"}, "A day needs its month."),
        ({"part": "", "day": "3"}, "A day needs its month."),
        ({"part": "13"}, "Select a valid choice"),
        ({"until_year": "2018"}, "That is before it began."),
        ({"until_year": "2027"}, "That is still to come."),
        ({"until_part": "5"}, "Please write the year too."),
        ({"until_year": "2020", "lasts": "on"}, "It goes on or it is over."),
        ({"effect": "4"}, "Select a valid choice"),
        ({"whom": "019a0000-0000-7000-8000-000000000000"}, "Select a valid choice"),
        ({"words": "All boxes" + "x" * 2001}, "at most 2000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(cast, changes, said):
    response = cast.client("ana").post(OWN + "add/", form(**changes))

    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert "All boxes" in page
    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"part": ""}, "2019"),
        ({"part": "winter"}, "winter 2019/20"),
        ({"part": "3"}, "March 2019"),
        ({"part": "3", "day": "3"}, "3 Mar 2019"),
        ({"year": "2026", "part": "11", "day": "22"}, "22 Nov 2026"),
        ({"year": "1990", "part": "5"}, "May 1990"),
        ({"part": "3", "lasts": "on"}, "since March 2019"),
        ({"part": "3", "until_year": "2019", "until_part": "3"}, "March 2019"),
        ({"part": "", "until_year": "2021"}, "2019 to 2021"),
    ],
)  # fmt: skip
def test_a_time_is_kept_as_precise_as_it_was_said(cast, changes, words):
    client = cast.client("ana")

    assert client.post(OWN + "add/", form(**changes)).status_code == 302

    assert f">{words}<" in text_of(client.get(OWN)).replace(" ·", "<")
    (row,) = LifeEvent.objects.all()
    page = text_of(client.get(f"{OWN}{row.pk}/"))
    assert f'value="{changes.get("year", "2019")}"' in page


def test_without_a_day_of_birth_any_year_of_the_century_before_will_do(cast):
    cast.ana.born_on = None
    cast.ana.save(update_fields=["born_on"])

    sent = form(year="1931", part="")
    assert cast.client("ana").post(OWN + "add/", sent).status_code == 302


def test_one_onset_at_a_time_and_the_old_one_stays_an_event(cast):
    first = told(cast, "No sleep", "2025", is_onset=True)
    second = told(cast, "Tears at work", "2026-03")
    client = cast.client("ana")

    client.post(
        f"{OWN}{second.pk}/",
        form(version="1", title="Tears at work", year="2026", part="3", is_onset="on"),
    )
    assert onsets() == ["Tears at work"]

    client.post(OWN + "add/", form(title="The very first", year="2024", is_onset="on"))
    assert onsets() == ["The very first"]
    first.refresh_from_db()
    assert (first.version, first.is_onset, first.removed_at) == (2, False, None)
    assert LifeEventVersion.objects.filter(life_event=first, is_onset=True).count() == 1
    assert queries.timeline_summary(cast.ana).onset == "spring 2024"
    assert queries.timeline_summary(cast.ana).count == 3


def test_an_onset_taken_off_leaves_room_for_another(cast):
    row = told(cast, is_onset=True)

    operations.remove_event(life_event=row, by=cast.ana.member, at=people.NOW)
    told(cast, "Another", "2020", is_onset=True)

    assert onsets() == ["Another"]


def test_around_the_onset_is_a_year_before_and_three_months_after(cast):
    told(cast, "No sleep", "2025-06", is_onset=True)
    for title, when in (
        ("Too early", "2024-05"), ("A year before", "2024-06"), ("Just before", "2025-05"),
        ("After", "2025-09"), ("Too late", "2025-11"),
    ):  # fmt: skip
        told(cast, title, when)
    told(cast, "Ended near it", "2010", until=Moment.of("2025-03"))

    near = [one.event.title for one in queries.around_onset(cast.ana)]

    assert near == ["Ended near it", "A year before", "Just before", "After"]
    assert "This is our selection" in text_of(cast.client("ana").get(OWN))


def test_an_event_with_somebody_after_their_death_is_asked_about_and_kept(cast):
    dead = father(cast)
    client = cast.client("ana")

    sent = form(year="2021", part="", whom=[str(dead.pk)])
    page = text_of(client.post(OWN + "add/", sent, follow=True))

    assert "You wrote that Father died in 2019" in page
    assert "with Father" in page
    assert LifeEvent.objects.count() == 1


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_an_event_before_or_at_a_death_is_not_asked_about(cast, year):
    sent = form(year=year, whom=[str(father(cast).pk)])

    page = text_of(cast.client("ana").post(OWN + "add/", sent, follow=True))

    assert "with Father" in page
    assert "died in" not in page


def test_who_was_taken_out_of_the_circle_keeps_their_part(cast):
    dead = father(cast)
    row = told(cast, whom=(str(dead.pk),))
    operations.remove(relationship=dead, by=cast.ana.member, at=people.NOW)
    client = cast.client("ana")

    assert "with Father" in text_of(client.get(OWN))
    assert "Father" in text_of(client.get(f"{OWN}{row.pk}/"))
    assert "Father" not in text_of(client.get(OWN + "add/"))


def test_a_change_keeps_what_was_said_before(cast):
    row = told(cast)
    client = cast.client("ana")

    client.post(f"{OWN}{row.pk}/", form(version="1", title="Moved away", year="2020"))

    before, after = LifeEventVersion.objects.order_by("version")
    assert before.content["title"] == "Moved to the town"
    assert after.content["title"] == "Moved away"
    page = text_of(client.get(f"{OWN}{row.pk}/"))
    assert "How it was before" in page
    assert "Moved to the town" in page


def test_a_change_over_a_newer_one_shows_both(cast):
    row = told(cast)
    client = cast.client("ana")
    client.post(f"{OWN}{row.pk}/", form(version="1", words="Newer words"))

    late = client.post(f"{OWN}{row.pk}/", form(version="1", words="My words"))

    page = text_of(late)
    assert late.status_code == 409
    assert "Newer words" in page
    assert "My words" in page
    row.refresh_from_db()
    assert row.content["words"] == "Newer words"
    again = client.post(f"{OWN}{row.pk}/", form(version="2", words="My words"))
    assert again.status_code == 302


def test_words_for_an_event_that_was_taken_off_meanwhile_are_not_lost(cast):
    row = told(cast)
    client, sent = cast.client("ana"), form(version="1", words="My words")
    client.post(f"{OWN}{row.pk}/remove/", {})

    late = client.post(f"{OWN}{row.pk}/", sent)

    page = text_of(late)
    assert late.status_code == 409
    assert "This was taken off the timeline meanwhile." in page
    assert "My words" in page
    assert f'action="{OWN}add/"' in page
    assert client.get(f"{OWN}{row.pk}/").status_code == 404
    assert client.post(f"{OWN}add/", sent).status_code == 302
    assert LifeEvent.objects.get(removed_at=None).content["words"] == "My words"


def test_the_same_again_changes_nothing(cast):
    client = cast.client("ana")
    client.post(OWN + "add/", form())
    (row,) = LifeEvent.objects.all()

    assert client.post(f"{OWN}{row.pk}/", form(version="1")).status_code == 302

    assert LifeEventVersion.objects.count() == 1


def test_what_was_taken_off_is_gone_from_the_page_and_kept_in_the_record(cast):
    row = told(cast, words="All boxes", until=Moment.of("2020"), effect=-2)
    client = cast.client("ana")

    assert "Take “Moved to the town” off" in text_of(
        client.get(f"{OWN}{row.pk}/remove/")
    )
    assert client.post(f"{OWN}{row.pk}/remove/", {}).status_code == 302

    assert "Moved to the town" not in text_of(client.get(OWN))
    assert client.get(f"{OWN}{row.pk}/").status_code == 404
    taken = as_json(record_of(cast.ana, people.NOW))["sections"]["timeline"]
    assert [item["title"] for item in taken] == ["Moved to the town"] * 2
    said = [{fact["key"]: fact["value"] for fact in item["facts"]} for item in taken]
    assert said[0]["when"] == "spring 2019 to 2020"
    assert said[0]["effect"] == "worse"
    assert said[0]["words"] == "All boxes"
    assert said[1]["removed"] == "taken off the timeline"


def test_nobody_else_looks_before_the_person_agrees(cast):
    row = told(cast)
    tomas = cast.client("tomas")

    page = text_of(tomas.get(of(cast)))
    assert "Not agreed yet" in page
    assert "Moved to the town" not in page
    for address in ("add/", f"{row.pk}/", f"{row.pk}/remove/"):
        assert tomas.get(of(cast) + address).status_code == 403
        assert tomas.post(of(cast) + address, form()).status_code == 403
    assert LifeEvent.objects.count() == 1


def test_with_the_persons_yes_the_team_writes_and_the_supervisor_reads(cast):
    row = told(cast)
    operations.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    tomas, sofia = cast.client("tomas"), cast.client("sofia")

    page = text_of(tomas.get(of(cast)))
    assert "Moved to the town" in page
    assert f'href="{of(cast)}{row.pk}/"' in page
    assert tomas.post(of(cast) + "add/", form(title="A new job")).status_code == 302
    assert tomas.post(f"{of(cast)}{row.pk}/", form(version="1")).status_code == 302
    read = text_of(sofia.get(of(cast)))
    assert "A new job" in read
    assert f"{of(cast)}{row.pk}/" not in read
    for address in ("add/", f"{row.pk}/"):
        assert sofia.get(of(cast) + address).status_code in {403, 404}
    assert "A new job" in text_of(cast.client("ana").get(OWN))


def test_events_of_others_are_as_if_they_were_not_there(cast):
    row = told(cast)

    for name, status in (("bea", 404), ("eva", 404)):
        assert cast.client(name).get(f"{OWN}{row.pk}/").status_code == status
    for name in ("omar", "ines"):
        client = cast.client(name)
        assert client.get(of(cast)).status_code == 404
        assert client.get(of(cast) + "add/").status_code == 404


def test_a_full_timeline_says_so(cast, monkeypatch):
    monkeypatch.setattr(access, "MOST_EVENTS", 1)
    told(cast)

    response = cast.client("ana").post(OWN + "add/", form(title="One more"))

    assert response.status_code == 422
    assert "1 events are on the timeline already" in text_of(response)
    assert 'value="One more"' in text_of(response)


def test_the_therapy_and_the_scores_are_on_the_same_axis(cast):
    answered_before(cast.extra["ana"], [19, 15, 12])
    told(cast)

    page = text_of(cast.client("ana").get(OWN))

    assert "The therapy began" in page
    assert page.count('class="score score-1"') == 3
    assert ">PHQ-9<" in page
    assert page.count('<td class="num end">19</td>') == 1


def test_an_empty_timeline_invites(cast):
    page = text_of(cast.client("ana").get(OWN))

    assert "Begin with what comes to mind first" in page
    assert "Add something" in page


def test_without_an_onset_the_page_asks_for_it(cast):
    told(cast)

    assert "When did it begin?" in text_of(cast.client("ana").get(OWN))


def test_a_read_of_the_team_leaves_a_trace(cast):
    told(cast)
    operations.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)

    cast.client("ana").get(OWN)
    cast.client("tomas").get(of(cast))

    reads = AuditEvent.objects.filter(action="timeline.read")
    assert [read.actor_id for read in reads] == [cast.tomas.pk]


def test_mark_onset_moves_the_mark(cast):
    told(cast, "First", "2024", is_onset=True)
    later = told(cast, "Second", "2025")

    operations.mark_onset(
        life_event=later, by=cast.ana.member, at=people.NOW + timedelta(hours=1)
    )

    assert onsets() == ["Second"]


def test_another_event_from_the_same_form_is_not_thrown_away(cast):
    goes_through_once_and_with_other_words_as_another(
        cast.client("ana"), f"{OWN}add/", form(), {"title": "Lost the job"}
    )

    titles = {
        event_of(row.content, is_onset=row.is_onset).title
        for row in LifeEvent.objects.all()
    }
    assert titles == {"Moved to the town", "Lost the job"}
