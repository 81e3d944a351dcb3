"""Fills the small world: lives in it, one of everything for Ana, Bea and Eva."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from openipt.calendar import operations as calendar
from openipt.calendar.models import Appointment
from openipt.core.afterwards import Contact, StayingWell
from openipt.core.agenda import MoodMove, Plan, PlanPoint
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.protocols import load_variants
from openipt.core.readings import load_readings
from openipt.core.scales import load_scales
from openipt.core.timeline import Event, Moment
from openipt.courses import operations as courses
from openipt.courses import queries as courses_queries
from openipt.courses.models import Contract, Ending, PhaseEntry, RecoveryRole
from openipt.encounters import operations as encounters
from openipt.encounters.models import Note
from openipt.exchange import operations as exchange
from openipt.inventory import operations as inventory
from openipt.learning import operations as learning
from openipt.people import operations as people_operations
from openipt.people import queries as people_queries
from openipt.people.models import Member, Notice, Person
from openipt.practice import operations as practice
from openipt.questionnaires import operations as questionnaires
from openipt.safety import operations as safety
from openipt.safety.models import Alert, HelpLine
from tests import people

from . import passkeys
from .world import World

NOW = people.NOW
LONG_AGO = NOW - timedelta(days=40)


def build() -> World:
    """Return the world as it stands on the Sunday of the cast."""
    cast = people.gather_with_courses()
    world = World(cast=cast, actors=actors_of(cast))
    second = second_course(world)
    begin_with_kim(world)
    for whose, therapist, course in (
        ("ana", "tomas", cast.extra["ana"]),
        ("beaone", "tomas", cast.extra["bea"]),
        ("beatwo", "ines", second),
        ("eva", "omar", cast.extra["eva"]),
    ):
        world.labels[course.pk] = whose
        live(world, whose, course, cast.member(therapist))
        look_back_on(course, cast.member(therapist))
        suggest_reading(world, whose, course, cast.member(therapist))
        lay_a_plan(world, whose, course, cast.member(therapist))
        look_ahead_from(course, cast.member(therapist))
    lay_a_plan(world, "kim", cast.extra["kim_course"], cast.tomas)
    for whose, shared in (("ana", True), ("bea", False), ("eva", True)):
        plan_to_stay_well(getattr(cast, whose), shared=shared)
    fill_what_may_stay_empty(cast)
    for whose, reader in (("ana", "tomas"), ("bea", "ines"), ("eva", "omar")):
        answer(world, whose)
        write(world, whose, cast.member(reader))
    for whose, helper in (
        ("ana", "tomas"), ("bea", "ines"), ("eva", "omar"), ("kim", "tomas"),
    ):  # fmt: skip
        tell_of_people(world, whose, cast.member(helper))
    ask_for_erasure(world)
    alerts(world)
    around(world)
    people_operations.begin_recovery(copied_at=LONG_AGO, lost_events=3, lost_until=NOW)
    what_addresses_take(world)
    what_forms_say(world)
    name_everybody(world)
    return world


def actors_of(cast: people.Cast) -> dict[str, Member | None]:
    """Return everybody who tries every door."""
    former, suspended, unsafe = (
        people.make_member(cast.service, f"Dr {name}", f"{name}@test.example", role)
        for name, role in (
            ("former", "therapist"),
            ("suspended", "therapist"),
            ("unsafe", "therapist"),
        )
    )
    for member in (former, suspended, unsafe):
        care = people_operations.open_care(
            person=cast.ana,
            member=member,
            role="therapist",
            course_id=cast.extra["ana"].pk,
            by=cast.ada,
            at=LONG_AGO,
        )
        if member is former:
            people_operations.end_care(
                care=care, reason="Moved away", by=cast.ada, at=NOW - timedelta(days=10)
            )
    people_operations.suspend(
        member=suspended, reason="Left the keys", by=cast.ada, at=NOW
    )
    suspended.refresh_from_db()
    named = {name: cast.member(name) for name in people.MEMBERS}
    return {
        "anonymous": None,
        **named,
        "former": former,
        "suspended": suspended,
        "no_second_factor": unsafe,
        "not_agreed": newcomer(cast),
    }


def newcomer(cast: people.Cast) -> Member:
    """Return a person who has an account and has not said yes to the notice."""
    noah = people.make_person(
        cast.service, "Noah Reed", "noah@test.example", by=cast.tomas
    )
    people_operations.withdraw_agreement(member=noah.member, at=NOW)
    cast.extra["noah"] = noah
    return noah.member


def second_course(world: World):
    """Let Bea begin another course with Ines."""
    cast = world.cast
    people_operations.open_care(
        person=cast.bea, member=cast.ines, by=cast.ada, at=LONG_AGO
    )
    return courses.start_course(
        person=cast.bea,
        condition="depression",
        variant_id="ipt_individual_uk",
        sessions=16,
        minutes=50,
        first_on=NOW.date() - timedelta(days=10),
        wall_time=time(14, 0),
        missing_rule="We move it.",
        reason="Two matters.",
        by=cast.ines,
        at=NOW - timedelta(days=15),
    )


def begin_with_kim(world: World) -> None:
    """Let somebody begin with Tomas who has no account yet."""
    cast = world.cast
    course = courses.start_course(
        person=courses.NewPerson(
            name="Kim Sand", called="Kim", born_on=None, phone="", country="DE"
        ),
        condition="depression",
        variant_id="ipt_individual_columbia",
        sessions=16,
        minutes=50,
        first_on=NOW.date() + timedelta(days=2),
        wall_time=time(8, 0),
        missing_rule="",
        reason="",
        by=cast.tomas,
        at=NOW - timedelta(days=1),
    )
    cast.extra["kim"] = course.person
    cast.extra["kim_course"] = course
    world.labels[course.pk] = world.labels[course.person_id] = "kim"
    world.put("kim", course=course.pk)


def live(world: World, whose: str, course, therapist: Member) -> None:
    """Hold two sessions of a course: one signed and added to, one with a draft."""
    past = list(
        Appointment.objects.filter(series=course.series, starts_at__lt=NOW).order_by(
            "number"
        )
    )[:2]
    focus = worked_on(world, whose, course, therapist, past[0].starts_at)
    worked_on_before(world, whose, course, by=therapist, at=past[0].starts_at)
    for appointment, key in zip(past, ("signed", "draft"), strict=True):
        by, at = therapist, appointment.starts_at + timedelta(minutes=55)
        encounter = encounters.open_encounter(
            appointment=appointment, course=course, by=by, at=at
        )
        note = encounters.save_note(
            encounter=encounter, text="First words", version=0, by=by, at=at
        )
        encounters.save_note(
            encounter=encounter, text="Better words", version=note.version, by=by, at=at
        )
        link = work_in(encounter, focus, by=by, at=at)
        if key == "signed":
            encounters.sign_note(
                encounter=encounter, text="Better words", version=2, by=by, at=at
            )
            encounters.add_addendum(encounter=encounter, text="Also", by=by, at=at)
            calendar.record_attendance(
                appointment=appointment,
                state="attended",
                version=appointment.version,
                by=by,
                at=at,
            )
        tasks = encounters.agree_tasks(
            encounter=encounter,
            texts=["Call a friend", "Walk"],
            due_on=NOW.date(),
            by=by,
            at=at,
        )
        practice.report_task(
            task=tasks[0],
            state="done",
            what_happened="It rang",
            version=1,
            by=course.person.member,
            at=at + timedelta(days=1),
        )
        world.put(
            f"{whose}/{key}",
            appointment=appointment.pk,
            task=tasks[1].pk,
            link=link.pk,
        )
        world.put(f"{whose}/{key}-done", task=tasks[0].pk)
    coming = Appointment.objects.filter(series=course.series, starts_at__gt=NOW)
    world.put(
        whose,
        course=course.pk,
        focus=focus.pk,
        appointment=coming.order_by("number")[0].pk,
    )


def worked_on(world: World, whose: str, course, therapist: Member, at: datetime):
    """List two hard things and one taken off, make one the focus, agree on a goal."""
    by = {"by": therapist, "at": at}
    known = inventory.add(
        person=course.person,
        submission_id=new_id(),
        tie=Tie(label="Ruth"),
        by=course.person.member,
        at=at,
    )
    issues = {}
    for key in ("", "/second", "/removed"):
        said = courses.IssueSaid(
            title="The move", severity=6, about="Boxes",
            relationship=None if key == "/second" else known,
            who="Landlord", area="role_transition",
            answers=("role_transition.change",),
        )  # fmt: skip
        issue = courses.add_issue(
            course=course, submission_id=new_id(), said=said, **by
        )
        said = replace(said, severity=7)
        issues[key] = courses.change_issue(issue=issue, said=said, version=1, **by)
        if key == "/removed":
            courses.remove_issue(issue=issue, **by)
        world.put(f"{whose}{key}", issue=issue.pk)
    noted = courses.Noted(
        details={
            "old_role": "Here", "new_role": "There", "losses": "View", "gains": "Sun",
        },
        relationship=known,
        issue=issues[""],
    )  # fmt: skip
    focus = courses.set_focus(
        course=course, area="role_transition", about="New flat", noted=noted, **by
    )
    focus.reason = "So it was said"
    focus.save(update_fields=["reason"])
    levels = {str(level): "A step" for level in range(-2, 3)}
    said = courses.GoalSaid(title="Unpack", levels=levels)
    goal = courses.add_goal(focus=focus, submission_id=new_id(), said=said, **by)
    goal = courses.change_goal(
        goal=goal, said=replace(said, title="Unpack it"), version=1, **by
    )
    goal.course, goal.focus = course, focus
    rated = courses.Rated(level=-1, words="Half of it")
    courses.rate_goal(goal=goal, submission_id=new_id(), rated=rated, **by)
    world.put(whose, goal=goal.pk)
    if whose == "ana":
        world.words |= {
            "ana_focus": str(focus.pk),
            "ana_first": f"{issues[''].pk}:0",
            "ana_second": f"{issues['/second'].pk}:0",
        }
    return focus


def worked_on_before(world: World, whose: str, course, *, by: Member, at: datetime):
    """End a focus by hand, after the one that stays was agreed on."""
    ended = courses.set_focus(course=course, area="deficits", about="Few", by=by, at=at)
    courses.end_focus(
        focus=ended,
        why="not_right",
        words="It was about the move",
        by=by,
        at=at + timedelta(minutes=1),
    )
    world.put(f"{whose}/ended", focus=ended.pk)


def work_in(encounter, focus, *, by: Member, at: datetime):
    """Do one of everything in a session; each was said otherwise before."""
    change = {"encounter": encounter, "by": by, "at": at}
    encounters.note_technique(key="clarification", used=True, **change)
    encounters.note_focus(focus=focus, worked=True, **change)
    for version, words in enumerate(("Her letter", "The letter")):
        point = PlanPoint(key="own-1", minutes=5, words=words)
        encounters.keep_plan(plan=Plan(points=(point,)), version=version, **change)
        encounters.save_process_note(text=words, version=version, **change)
    moves = [MoodMove(what=w, whom="Jo", moved=-2) for w in ("A call", "The call")]
    link = encounters.add_link(move=moves[0], focus=focus, **change)
    return encounters.change_link(
        link=link, move=moves[1], focus=focus, version=1, by=by, at=at
    )


def look_back_on(course, therapist: Member) -> None:
    """Raise the ending, write words that only their author reads, and try to reach them."""
    at, member = NOW - timedelta(hours=5), course.person.member
    courses.raise_ending(course=course, by=therapist, at=at)
    for version, better in enumerate(("I sleep", "I sleep better")):
        courses.keep_words(
            course=course,
            words={
                "better": better,
                "helped": "Walks",
                "unfinished": "The move",
                "signs": "Silence",
            },
            shared=False,
            version=version,
            by=member,
            at=at,
        )
    courses.record_outreach(
        course=course,
        submission_id=new_id(),
        way="phone",
        reached=False,
        note="No answer",
        on_date=NOW.date(),
        by=therapist,
        at=at,
    )
    for reader in (member, therapist):
        paper = courses.ask_for_paper(course=course, language="en", by=reader, at=at)
        courses.keep_paper(
            paper_id=paper.pk,
            asked_at=paper.asked_at,
            content="JVBERi0=",
            words_version=0,
            at=at,
        )


def suggest_reading(world: World, whose: str, course, therapist: Member) -> None:
    """Suggest two readings, one of which the person has read."""
    person, at = course.person, NOW - timedelta(hours=3)
    for key, reading in (("", "endings"), ("/read", "what_ipt_is")):
        told = load_readings()[reading]
        given = learning.suggest(
            course=course, reading=told, words="Read it", by=therapist, at=at
        )
        if key:
            learning.mark_read(person=person, reading=told, by=person.member, at=at)
        world.put(f"{whose}{key}", course=course.pk, suggestion=given.pk)


def lay_a_plan(world: World, whose: str, course, therapist: Member) -> None:
    """Say the diagnosis, let something rest, and show one of two formulations."""
    by = {"by": therapist, "at": NOW - timedelta(hours=4)}
    courses.say_diagnosis(
        course=course,
        version=0,
        named="A depression",
        explained="It can be treated",
        own_words="The grey",
        present="Ruth",
        said_on=NOW.date() - timedelta(days=1),
        **by,
    )
    courses.give_recovery_role(
        course=course,
        version=0,
        is_last_phase=False,
        rests="The big wash",
        keeps="A walk",
        told="Ruth",
        review_on=NOW.date() + timedelta(days=20),
        reason="",
        **by,
    )
    role = RecoveryRole.objects.get(course=course)
    role.reason = "They wished it so"
    role.save(update_fields=["reason"])
    # As if the beginning had taken long: not everybody here is that far.
    PhaseEntry.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        phase=courses_queries.variant_of(course).phases[0].key,
        reason="They were away",
        **by,
    )
    courses.record_remission(
        course=course,
        measure="phq9",
        total=6,
        on_date=NOW.date(),
        words="The sleep is what is left",
        **by,
    )
    for version, key in enumerate(("", "/draft-text")):
        text = courses.write_formulation(
            course=course, text=f"So it hangs together {key}", version=version, **by
        )
        if not key:
            courses.show_formulation(formulation=text, **by)
            text.refresh_from_db()
            text.course = course
            courses.agree_formulation(formulation=text, **by)
            if course.person.member is not None:
                courses.answer_formulation(
                    formulation=text,
                    agrees=False,
                    words="It began before",
                    by=course.person.member,
                    at=NOW - timedelta(hours=3),
                )
        world.put(f"{whose}{key}", formulation=text.pk, course=course.pk)


def look_ahead_from(course, therapist: Member) -> None:
    """Decide about maintenance, say how it went, and give a letter in its second version."""
    at = NOW - timedelta(hours=4)
    courses.decide_maintenance(
        course=course,
        submission_id=new_id(),
        discussed=True,
        maintenance=True,
        reason="It came back",
        needed_medicine=True,
        with_medicine=False,
        reason_without="Side effects",
        days_between=28,
        stop_rule="Two quiet years",
        reason_open="We see in spring",
        by=therapist,
        at=at,
    )
    courses.say_how_it_went(
        course=course,
        submission_id=new_id(),
        went="partly",
        next_steps=["maintenance"],
        words="Once a month",
        by=therapist,
        at=at,
    )
    for version, text in enumerate(("Dear colleague", "Dear doctor")):
        courses.write_letter(
            course=course, text=text, version=version, by=therapist, at=at
        )
    given = courses.give_letter(
        course=course, version=2, language="en", by=therapist, at=at
    )
    courses.keep_letter(letter_version_id=given.pk, content="JVBERi0=", at=at)


def plan_to_stay_well(person, *, shared: bool) -> None:
    """Write a plan for staying well, and change it."""
    for version, sign in enumerate(("Silence", "Sleep")):
        courses.write_plan(
            person=person,
            plan=StayingWell(
                signs=(sign,),
                seen=("Quiet",),
                helps="Walks",
                contacts=(Contact(name="Sister", how="Phone"),),
                risks="Winter",
                steps=("Call",),
                review_on=date(2027, 2, 1),
            ),
            version=version,
            shared=shared,
            by=person.member,
            at=NOW - timedelta(hours=4),
        )


def fill_what_may_stay_empty(cast: people.Cast) -> None:
    """Write what forms do not insist on, so that every field has its word."""
    for person in (cast.ana, cast.bea, cast.eva):
        person.phone = "0151 000"
        person.save(update_fields=["phone"])
    for contract in Contract.objects.all():
        contract.missing_rule = contract.missing_rule or "We move it"
        contract.reason = "She wished it so"
        contract.prescriber = "Dr Beispiel"
        contract.save(update_fields=["missing_rule", "reason", "prescriber"])
    for ending in Ending.objects.all():
        ending.afterwards, ending.early_words = "A call in spring", "She said so"
        ending.despite = "They will see"
        ending.save(update_fields=["afterwards", "early_words", "despite"])
    for note in Note.objects.filter(signed_at__isnull=False):
        note.without_link = "She came late"
        note.save(update_fields=["without_link"])


def answer(world: World, whose: str) -> None:
    """Answer one questionnaire to the end and begin another one."""
    person = getattr(world.cast, whose)
    member, at = person.member, NOW - timedelta(days=1)
    # Ana says something grave, so that an alert is raised.
    codes = [1] * 8 + [3 if whose in {"ana", "eva"} else 0]
    done = questionnaires.start_answering(
        person=person, measure="phq9", by=member, at=at
    )
    questionnaires.choose_all(
        answering=done,
        codes={str(n): code for n, code in enumerate(codes, 1)},
        by=member,
        at=at,
    )
    questionnaires.finish(answering=done, by=member, at=at)
    begun = questionnaires.start_answering(
        person=person, measure="gad7", by=member, at=at
    )
    questionnaires.choose(answering=begun, item="1", code=2, by=member, at=at)
    world.put(whose, answering=done.pk)
    world.put(f"{whose}/begun", answering=begun.pk)


def write(world: World, whose: str, reader: Member) -> None:
    """Write a private week, one that is shared with this reader, and one removed."""
    person = getattr(world.cast, whose)
    care = people_queries.care_for(person, NOW).filter(member=reader)[0]
    for key, readers in (("", []), ("/shared", [care]), ("/removed", [care])):
        moment, at = str(new_id()), NOW - timedelta(days=2)
        entry = practice.write_entry(
            person=person,
            submission_id=new_id(),
            kind="weekly_overview",
            happened_on=at.date(),
            content=week(moment, "It was long"),
            share_with=readers,
            by=person.member,
            at=at,
        )
        practice.change_entry(
            entry=entry,
            version=1,
            content=week(moment, "It was very long"),
            happened_on=at.date(),
            by=person.member,
            at=at,
        )
        if key == "/removed":
            practice.remove_entry(entry=entry, by=person.member, at=at)
        world.put(f"{whose}{key}", entry=entry.pk, moment=moment)


def tell_of_people(world: World, whose: str, helper: Member) -> None:
    """Put two people into a life, one of them taken out again, with everybody agreed."""
    cast, at = world.cast, NOW - timedelta(hours=2)
    person = getattr(cast, whose, None) or cast.extra[whose]
    inventory.agree(person=person, by=helper, at=at)
    for key in ("", "/removed"):
        tie = Tie(
            label="Ruth", since="2011", died="2019", good="Laughs", hard="Far away",
            mine="Time", theirs="Time", change="Call",
        )  # fmt: skip
        added = inventory.add(
            person=person, submission_id=new_id(), tie=tie, by=helper, at=at
        )
        if key:
            inventory.remove(relationship=added, by=helper, at=at)
        event = inventory.add_event(
            person=person, submission_id=new_id(), event=moved_house("", is_onset=not key),
            by=helper, at=at,
        )  # fmt: skip
        event = inventory.change_event(
            life_event=event, event=moved_house(str(added.pk), is_onset=not key),
            version=1, by=helper, at=at,
        )  # fmt: skip
        if key:
            inventory.remove_event(life_event=event, by=helper, at=at)
        world.put(
            f"{whose}{key}", person=person.pk, relationship=added.pk, event=event.pk
        )
    answer_on_scales(world, whose, person, helper)


def answer_on_scales(world: World, whose: str, person: Person, helper: Member) -> None:
    """Enter answers about support twice, the second time by mistake."""
    for key in ("", "/removed"):
        entry = inventory.enter_scale(
            person=person,
            scale=load_scales()["mspss"],
            about=None,
            answers=[4] * 12,
            on_date=NOW.date(),
            submission_id=new_id(),
            by=helper,
            at=NOW - timedelta(hours=1),
        )
        if key:
            inventory.set_scale_aside(entry=entry, by=helper, at=NOW)
        world.put(f"{whose}{key}", person=person.pk, answered=entry.pk, scale="ecr_rs")


def moved_house(with_whom: str, *, is_onset: bool) -> Event:
    return Event(
        title="Moved", kind="home", when=Moment.of("2019-spring"),
        until=Moment.of("2020"), effect=-2, whom=(with_whom,) if with_whom else (), words="All boxes",
        is_onset=is_onset,
    )  # fmt: skip


def week(moment: str, all_in_all: str) -> dict[str, object]:
    return {
        "how_was_week": all_in_all,
        "moments": [
            {
                "id": moment,
                "what_happened": "A quarrel",
                "with_whom": "Somebody",
                "feeling": "Anger",
                "did": "kept_in",
                "handled": "Went out",
                "try_next": "Say it",
                "just_me": "",
            }
        ],
    }


def ask_for_erasure(world: World) -> None:
    """Ana and Eva ask to have their record erased; somebody proposes to refuse."""
    cast = world.cast
    for whose, admin in (("ana", cast.ada), ("eva", cast.mia)):
        person = getattr(cast, whose)
        asked = exchange.ask_for_erasure(
            person=person, why="No trace", by=person.member, at=NOW
        )
        exchange.propose(
            request=asked, ground="legal_duty", answer="Ten years", by=admin, at=NOW
        )
        world.put(whose, erasure=asked.pk)


def alerts(world: World) -> None:
    """Ana's alert waits and was told to the deputy; Bea's is closed; Eva's is taken."""
    cast = world.cast
    for whose in ("ana", "eva"):
        alert = Alert.objects.get(person=getattr(cast, whose))
        safety.escalate(alert_id=alert.pk, at=alert.raised_at + timedelta(minutes=20))
        world.put(whose, alert=alert.pk)
    told(world)
    at = NOW - timedelta(hours=30)
    closed = safety.not_safe(person=cast.bea, by=cast.bea.member, at=at)
    world.put("bea", alert=closed.pk)
    work_through(closed, cast.tomas, at)


def told(world: World) -> None:
    """Let Omar take Eva's alert and not reach her; Mia, his deputy, was told."""
    omar, alert = world.cast.omar, Alert.objects.get(person=world.cast.eva)
    for second, act in enumerate((safety.acknowledge, safety.record_contact)):
        words = {"reached": False, "note": "No answer"} if second else {}
        act(alert=alert, by=omar, at=NOW - timedelta(hours=1, seconds=-second), **words)


def work_through(alert: Alert, by: Member, at: datetime) -> None:
    """Take an alert, reach nobody, then somebody, and close it with words."""
    safety.acknowledge(alert=alert, by=by, at=at)
    for minutes, reached in ((1, False), (2, True)):
        safety.record_contact(
            alert=alert,
            reached=reached,
            note="On the phone",
            by=by,
            at=at + timedelta(minutes=minutes),
        )
    safety.assess(alert=alert, note="Spoke", by=by, at=at + timedelta(minutes=3))
    safety.close(alert=alert, outcome="Safe", by=by, at=at + timedelta(minutes=4))


def around(world: World) -> None:
    """Absences, supervision, invitations, drafts and numbers in both services."""
    cast = world.cast
    head = people.make_member(
        cast.other_service, "Dr Uta Kurz", "uta@test.example", "supervisor"
    )
    cast.extra["uta"] = head
    for whose, admin, therapist, deputy, supervisor in (
        ("ana", cast.ada, cast.tomas, cast.ines, cast.sofia),
        ("eva", cast.mia, cast.omar, cast.mia, head),
    ):
        absence = people_operations.record_absence(
            member=therapist,
            deputy=deputy,
            from_on=date(2026, 12, 20),
            until_on=date(2027, 1, 4),
            by=admin,
            at=NOW,
        )
        ends = {} if whose == "ana" else {"starts_at": NOW}
        supervision = (
            supervisor.supervises.get(therapist=therapist)
            if not ends
            else people_operations.set_supervision(
                supervisor=supervisor, therapist=therapist, by=admin, at=NOW
            )
        )
        line = HelpLine.objects.filter(service=admin.service, kind="crisis")[0]
        world.put(whose, absence=absence.pk, supervision=supervision.pk, line=line.pk)
        invited(world, whose, admin)
        for member in (therapist, admin):
            people_operations.save_draft(
                member=member, key="start-course", fields={"name": "Half"}, at=NOW
            )
    for whose in ("ana", "bea", "eva"):
        member = getattr(cast, whose).member
        people_operations.save_draft(
            member=member, key="week:new", fields={"what_happened": "Half"}, at=NOW
        )


def invited(world: World, whose: str, admin: Member) -> None:
    """Invite somebody to the staff who has not come yet."""
    _member, code = people_operations.invite_member(
        name="Dr Waits",
        roles=["therapist"],
        deputy=None,
        email="",
        submission_id=None,
        by=admin,
        at=NOW,
    )
    found = Member.objects.get(service=admin.service, state=Member.State.INVITED)
    world.put(f"{whose}/invited", member=found.pk)
    world.words[f"{whose}_code"] = code


def what_addresses_take(world: World) -> None:
    """Name the objects that addresses take besides those that were made above."""
    cast = world.cast
    for whose, therapist in (("ana", "tomas"), ("bea", "tomas"), ("eva", "omar")):
        person = getattr(cast, whose)
        member = cast.member(therapist)
        care = person.care.exclude(state="ended").filter(member=member)[0]
        world.put(whose, care=care.pk, member=person.member_id)
        world.put(f"{whose}/{therapist}", member=member.pk)
    for name in ("ines", "suspended"):
        world.put(f"ana/{name}", member=world.actors[name].pk)
    ended = cast.ana.care.filter(state="ended")[0]
    world.put("ana/ended", care=ended.pk)
    for whose, owner in (("ana", cast.tomas), ("eva", cast.omar)):
        world.put(whose, pk=passkeys.register(owner, f"{whose} key ring"))
    world.put("any", version=1, measure="gad7", place=1, day="2026-11-16")
    world.put("any", uidb36="0", key="set-password")
    world.put("any/phq9", measure="phq9")
    world.put("any", reading="what_ipt_is")
    world.put("random", reading="nothing")
    world.put("any", panel="week")
    for panel in ("last-note", "focus", "circle", "timeline", "formulation"):
        world.put(f"any/{panel}", panel=panel)
    world.put("random", panel="nothing")
    world.put("random", version=999, measure="nothing", place=99, day="2026-13-01")
    world.put("random", pk=999, uidb36="zz", key="nothing-at-all")
    assert Notice.objects.filter(version=1).count() == 2


def what_forms_say(world: World) -> None:
    """Give the forms of the table their words."""
    cast = world.cast
    variant = load_variants()["ipt_individual_columbia"]
    world.words |= {
        "tomas": str(cast.tomas.pk),
        "ines": str(cast.ines.pk),
        "sofia": str(cast.sofia.pk),
        "ana_person": str(cast.ana.pk),
        "noah_person": str(cast.extra["noah"].pk),
        "code": world.words["ana_code"],
        "phase_task": next(
            task.key for task in variant.phases[0].shown_tasks if not task.every_session
        ),
        "relationship": str(world.objects["relationship"]["ana"]),
        "new": str(uuid4()),
    }


def name_everybody(world: World) -> None:
    """Give persons and members the word that canaries carry for them."""
    cast = world.cast
    for whose in ("ana", "bea", "eva"):
        world.labels[getattr(cast, whose).pk] = whose
    for actor, member in world.actors.items():
        if member is not None:
            world.labels[member.pk] = actor.replace("_", "")
    noah = cast.extra["noah"]
    world.labels[noah.pk] = world.labels[noah.member_id] = "noah"
    for member in Member.objects.exclude(pk__in=world.labels):
        here = member.service_id == cast.service.pk
        world.labels[member.pk] = "harbour" if here else "hill"
