"""Every page worth looking at, in a service where a lot has happened."""

from datetime import timedelta

from openipt.core.afterwards import Contact, StayingWell
from openipt.core.agenda import MoodMove, Plan, PlanPoint
from openipt.core.ids import new_id
from openipt.core.inventory import Tie, load_choices
from openipt.core.readings import load_readings
from openipt.core.timeline import Event, Moment, load_kinds
from openipt.courses import operations
from openipt.courses import operations as courses
from openipt.courses.models import Focus, Goal, Issue
from openipt.encounters import operations as encounters
from openipt.encounters.models import MoodLink
from openipt.inventory import operations as inventory
from openipt.inventory.models import LifeEvent, Relationship
from openipt.learning import operations as learning
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from openipt.practice import operations as practice
from openipt.practice.models import Entry, Task
from openipt.questionnaires.models import Answering
from openipt.safety import operations as safety
from openipt.safety.models import Alert, HelpLine
from openipt.web.clock import now

from .steps import answered_before, session_of

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
WHEN = (
    "1999", "2026-08", "2026-spring", "2025-11", "2026-09-14", "2014-03", "2021-winter",
    "2026-02", "2012-05-30", "2023",
)  # fmt: skip
TEXT = f"He took my {LONG_WORD} and left. I kept it in, all day long."


def make_busy(cast):
    """Let things happen: scores, a note, tasks, a shared page, an alert, an absence."""
    course = cast.extra["ana"]
    answered_before(course, [19, 17, 18, 14, 11])
    answered_before(course, [14, 12, 9], measure="gad7")
    people_are_told_of(cast)
    hard_things_are_worked_on(cast, course)
    a_session_was_held(cast, course)
    a_page_is_shared(cast)
    something_is_read(cast, course)
    events_are_told(cast)
    a_plan_is_laid(cast, course)
    the_time_after_is_planned(cast, course)
    safety.not_safe(
        person=cast.ana, by=cast.ana.member, at=now() - timedelta(minutes=5)
    )
    people_operations.record_absence(
        member=cast.ines,
        deputy=cast.tomas,
        from_on=now().date(),
        until_on=now().date() + timedelta(days=7),
        by=cast.ada,
        at=now(),
    )
    people_operations.invite_member(
        name="Dr Uli Kant",
        roles=["therapist"],
        deputy=None,
        email="",
        submission_id=None,
        by=cast.ada,
        at=now(),
    )
    return cast


def a_session_was_held(cast, course):
    held = {"by": cast.tomas, "at": now()}
    focus = Focus.objects.get(course=course)
    move = MoodMove(what=TEXT, whom=LONG_WORD, moved=-2)
    for number, sign in ((5, encounters.sign_note), (6, encounters.save_note)):
        encounter = encounters.open_encounter(
            appointment=course.series.appointments.get(number=number),
            course=course,
            **held,
        )
        encounters.add_link(encounter=encounter, move=move, focus=focus, **held)
        encounters.note_technique(
            encounter=encounter, key="role_play", used=True, **held
        )
        own = PlanPoint(key="own-1", minutes=5, words=TEXT, state="carried")
        encounters.keep_plan(
            encounter=encounter, plan=Plan(points=(own,)), version=0, **held
        )
        encounters.save_process_note(encounter=encounter, text=TEXT, version=0, **held)
        sign(encounter=encounter, text=TEXT, version=0, **held)
    encounters.agree_tasks(encounter=encounter, texts=[TEXT], due_on=None, **held)


def people_are_told_of(cast, number=14):
    """Put people with long names into a life, in every standing and ring."""
    inventory.agree(person=cast.ana, by=cast.tomas, at=now())
    standings = list(load_choices().standings)
    for place in range(number):
        tie = Tie(
            label=LONG_WORD[: 8 + place],
            standing=standings[place % len(standings)],
            closeness=place * 97 % 101,
            angle=place * 137 % 360,
            change=TEXT,
        )
        inventory.add(
            person=cast.ana, submission_id=new_id(), tie=tie, by=cast.tomas, at=now()
        )


def something_is_read(cast, course):
    """Suggest one reading in long words, and let another one be read."""
    readings = load_readings()
    learning.suggest(
        course=course,
        reading=readings["talking"],
        words=TEXT,
        by=cast.tomas,
        at=now(),
    )
    learning.mark_read(
        person=cast.ana,
        reading=readings["medicine"],
        by=cast.ana.member,
        at=now(),
    )


def events_are_told(cast, number=9):
    """Put events with long names on a timeline, of every kind; the sixth is the onset."""
    inventory.agree(person=cast.ana, by=cast.tomas, at=now())
    kinds, people = list(load_kinds()), list(Relationship.objects.all()[:2])
    for place in range(number):
        when = Moment.of(WHEN[place % len(WHEN)])
        lasts = place % 4 == 1
        event = Event(
            title=f"{LONG_WORD[: 12 + place]} {place}",
            kind=kinds[place % len(kinds)],
            when=when,
            until=when if place % 4 == 2 else None,
            lasts=lasts,
            effect=(None, -3, 2, 0, -1)[place % 5],
            whom=tuple(str(one.pk) for one in people[: place % 3]),
            words=TEXT,
            is_onset=place == 2,
        )
        inventory.add_event(
            person=cast.ana,
            submission_id=new_id(),
            event=event,
            by=cast.tomas,
            at=now(),
        )


def hard_things_are_worked_on(cast, course):
    """List hard things in long words, make a dispute the focus, rate a goal."""
    told = {"by": cast.tomas, "at": now()}
    for severity in (2, 9, 10):
        said = courses.IssueSaid(
            title=TEXT, about=TEXT, who=LONG_WORD, severity=severity,
            area="role_dispute", answers=("role_dispute.conflict",), near_onset=True,
        )  # fmt: skip
        issue = courses.add_issue(
            course=course, submission_id=new_id(), said=said, **told
        )
    details = {"counterpart": LONG_WORD, "stage": "impasse", "mine": TEXT}
    noted = courses.Noted(details=details, issue=issue)
    focus = courses.set_focus(
        course=course, area="role_dispute", about=TEXT, noted=noted, **told
    )
    focus = courses.move_stage(focus=focus, stage="renegotiation", version=1, **told)
    said = courses.GoalSaid(title=TEXT, levels={"0": TEXT, "-2": LONG_WORD})
    goal = courses.add_goal(focus=focus, submission_id=new_id(), said=said, **told)
    for days, level in ((14, -2), (7, 0), (0, 1)):
        courses.rate_goal(
            goal=goal,
            submission_id=new_id(),
            rated=courses.Rated(level=level, words=TEXT),
            by=cast.tomas,
            at=now() - timedelta(days=days),
        )


def a_plan_is_laid(cast, course):
    """Say the diagnosis, let something rest, and show a formulation to be answered."""
    by = {"by": cast.tomas, "at": now()}
    courses.say_diagnosis(
        course=course, version=0, named=LONG_WORD, own_words=TEXT, present=LONG_WORD,
        treatable=True, no_fault=True, said_on=now().date(), **by,
    )  # fmt: skip
    courses.give_recovery_role(
        course=course, version=0, is_last_phase=False, rests=TEXT, keeps=TEXT,
        told=LONG_WORD, review_on=now().date() + timedelta(days=20), **by,
    )  # fmt: skip
    text = courses.write_formulation(course=course, text=TEXT, version=0, **by)
    courses.show_formulation(formulation=text, **by)


def the_time_after_is_planned(cast, course):
    """A plan for staying well, a decision, how it went, and a letter that was given."""
    plan = StayingWell(
        signs=(TEXT, LONG_WORD, TEXT),
        seen=(TEXT,),
        helps=TEXT,
        contacts=(Contact(name=LONG_WORD, how=LONG_WORD),),
        risks=TEXT,
        steps=(TEXT, TEXT, LONG_WORD),
    )
    operations.write_plan(
        person=cast.ana, plan=plan, version=0, shared=True, by=cast.ana.member, at=now()
    )
    held = {"course": course, "by": cast.tomas, "at": now()}
    operations.decide_maintenance(
        **held,
        submission_id=new_id(),
        discussed=True,
        maintenance=True,
        reason=TEXT,
        needed_medicine=True,
        with_medicine=False,
        reason_without=TEXT,
        stop_rule=TEXT,
        reason_open=TEXT,
    )
    operations.say_how_it_went(
        **held,
        submission_id=new_id(),
        went="not",
        next_steps=["combined", "own_doctor"],
        words=TEXT,
    )
    operations.write_letter(**held, text=TEXT * 9, version=0)
    operations.give_letter(**held, version=1, language="en")


def a_page_is_shared(cast):
    practice.write_entry(
        person=cast.ana,
        submission_id=new_id(),
        kind="weekly_overview",
        happened_on=now().date(),
        content={
            "moments": [
                {
                    "id": str(new_id()),
                    "what_happened": TEXT,
                    "with_whom": LONG_WORD,
                    "did": "kept_in",
                    "try_next": TEXT,
                }
            ],
            "how_was_week": TEXT,
        },
        share_with=CareRelationship.objects.filter(person=cast.ana),
        by=cast.ana.member,
        at=now(),
    )


def of_a_person():
    entry, task = Entry.objects.get(), Task.objects.get()
    moment = entry.content["moments"][0]["id"]
    result = Answering.objects.filter(measure="phq9").latest("completed_at")
    issue = Issue.objects.first()
    return [
        "/today/",
        "/week/",
        "/week/new/",
        f"/week/{entry.pk}/",
        f"/week/{entry.pk}/whole/",
        f"/week/{entry.pk}/moment/{moment}/",
        f"/week/{entry.pk}/history/",
        f"/tasks/{task.pk}/",
        "/measures/",
        "/measures/gad7/",
        f"/measures/result/{result.pk}/",
        "/my/therapy/",
        "/my/people/",
        "/my/people/add/",
        "/learn/",
        "/learn/closeness/",
        "/learn/mood_and_people/",
        "/learn/talking/",
        "/my/timeline/",
        "/my/timeline/add/",
        f"/my/timeline/{LifeEvent.objects.first().pk}/",
        "/my/therapy/issues/",
        f"/my/therapy/issues/{task.course_id}/add/",
        f"/my/therapy/issues/{task.course_id}/{issue.pk}/",
        f"/my/therapy/issues/{task.course_id}/{issue.pk}/remove/",
        "/my/therapy/goals/",
        "/my/therapy/plan/",
        "/progress/",
        f"/my/ending/{task.course_id}/",
        "/my/plan-for-staying-well/",
        f"/my/letter/{task.course_id}/",
        "/help/",
        "/help/now/",
        "/my/account/",
        "/my/account/agreement/",
        "/my/data/",
        "/nowhere/",
    ]


def of_a_therapist(course):
    result = Answering.objects.filter(measure="phq9").latest("completed_at")
    return [
        "/caseload/",
        "/calendar/",
        "/courses/start/",
        f"/courses/{course.pk}/",
        f"/courses/{course.pk}/issues/",
        f"/courses/{course.pk}/issues/{Issue.objects.first().pk}/",
        f"/courses/{course.pk}/focus/",
        f"/courses/{course.pk}/focus/{course.foci.get().pk}/",
        f"/courses/{course.pk}/focus/{course.foci.get().pk}/end/",
        f"/courses/{course.pk}/goals/",
        f"/courses/{course.pk}/goals/add/",
        f"/courses/{course.pk}/goals/{Goal.objects.get().pk}/",
        f"/courses/{course.pk}/diagnosis/",
        f"/courses/{course.pk}/recovery-role/",
        f"/courses/{course.pk}/formulation/",
        f"/courses/{course.pk}/contract/",
        f"/courses/{course.pk}/contract/new/",
        f"/courses/{course.pk}/phase/",
        f"/courses/{course.pk}/progress/",
        f"/persons/{course.person_id}/people/",
        f"/persons/{course.person_id}/people/{Relationship.objects.first().pk}/",
        f"/persons/{course.person_id}/scales/",
        f"/persons/{course.person_id}/scales/ecr_rs/",
        f"/courses/{course.pk}/readings/",
        "/readings/",
        "/readings/medicine/",
        f"/persons/{course.person_id}/timeline/",
        f"/persons/{course.person_id}/timeline/{LifeEvent.objects.first().pk}/",
        f"/courses/{course.pk}/ending/",
        f"/courses/{course.pk}/ending/staying-well/",
        f"/courses/{course.pk}/ending/maintenance/",
        f"/courses/{course.pk}/ending/went/",
        f"/courses/{course.pk}/ending/letter/",
        f"/courses/{course.pk}/shared/",
        f"/courses/{course.pk}/answers/{result.pk}/",
        session_of(course, 5),
        session_of(course, 6),
        session_of(course, 7),
        session_of(course, 6) + "process-note/",
        session_of(course, 6)
        + f"links/{MoodLink.objects.get(encounter__number=6).pk}/",
        *(
            session_of(course, 6) + f"beside/{panel}/"
            for panel in ("week", "last-note", "focus", "circle")
        ),
        f"/alerts/{Alert.objects.get().pk}/",
    ]


def of_the_console(cast):
    care = CareRelationship.objects.filter(person=cast.ana).latest("starts_at")
    line = HelpLine.objects.filter(service=cast.service).first()
    return [
        "/console/",
        "/console/members/",
        "/console/members/invite/",
        f"/console/members/{cast.tomas.pk}/",
        "/console/supervision/",
        "/console/care/",
        "/console/care/open/",
        f"/console/care/{care.pk}/",
        "/console/service/",
        "/console/notice/",
        "/console/safekeeping/",
        "/console/help-numbers/",
        f"/console/help-numbers/{line.pk}/",
    ]


def all_of(cast):
    """Return who opens what; nobody in particular is ""."""
    return {
        "": ["/accounts/login/", "/join/", "/accounts/password/reset/", "/help/"],
        "ana": of_a_person(),
        "tomas": of_a_therapist(cast.extra["ana"]),
        "sofia": ["/supervision/"],
        "max": ["/service/"],
        "ada": of_the_console(cast),
    }


def look_around(visitor, cast, *, who=None, name="", **browser):
    """Open every page and return what is wrong with each."""
    wrong = []
    for member, places in all_of(cast).items():
        if who is not None and member not in who:
            continue
        login = cast.client(member) if member else None
        somebody = visitor(login=login, **browser)
        for number, place in enumerate(places):
            somebody.page.goto(somebody.base + place)
            wrong += somebody.wrong(f"{name}-{member}-{number}" if name else "")
    return wrong
