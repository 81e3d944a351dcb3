"""Every page worth looking at, in a service where a lot has happened."""

from datetime import timedelta

from openipt.core.agenda import MoodMove, Plan, PlanPoint
from openipt.core.ids import new_id
from openipt.core.inventory import Tie, load_choices
from openipt.courses.models import Focus
from openipt.courses.operations import set_focus
from openipt.encounters import operations as encounters
from openipt.encounters.models import MoodLink
from openipt.inventory import operations as inventory
from openipt.inventory.models import Relationship
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
TEXT = f"He took my {LONG_WORD} and left. I kept it in, all day long."


def make_busy(cast):
    """Let things happen: scores, a note, tasks, a shared page, an alert, an absence."""
    course = cast.extra["ana"]
    answered_before(course, [19, 17, 18, 14, 11])
    answered_before(course, [14, 12, 9], measure="gad7")
    set_focus(
        course=course, area="role_transition", about=TEXT, by=cast.tomas, at=now()
    )
    a_session_was_held(cast, course)
    a_page_is_shared(cast)
    people_are_told_of(cast)
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
        "/my/people/",
        "/my/people/add/",
        "/progress/",
        f"/my/ending/{task.course_id}/",
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
        f"/courses/{course.pk}/focus/",
        f"/courses/{course.pk}/progress/",
        f"/persons/{course.person_id}/people/",
        f"/persons/{course.person_id}/people/{Relationship.objects.first().pk}/",
        f"/courses/{course.pk}/ending/",
        f"/courses/{course.pk}/shared/",
        f"/courses/{course.pk}/answers/{result.pk}/",
        session_of(course, 5),
        session_of(course, 6),
        session_of(course, 7),
        session_of(course, 6) + "process-note/",
        session_of(course, 6) + f"links/{MoodLink.objects.first().pk}/",
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
