"""What is asked, and what came of the answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt import audit
from openipt.courses import queries as courses
from openipt.people import queries as people
from openipt.questionnaires import queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def measures(request: Request) -> HttpResponse:
    """What is asked before the next session, and the earlier answers."""
    at = now()
    person = people.own_person(request.member)
    context = {
        "asked": queries.asking_of(person, at),
        "earlier": queries.newest_results(person),
    }
    return render(request, "questionnaires/measures.html", context)


@open_to("person", methods=("GET", "HEAD"))
def result(request: Request, answering: UUID) -> HttpResponse:
    """What the answers mean in plain words, and what changed since the first time."""
    meaning = queries.own_meaning(request.member, answering)
    due = queries.due_for(meaning.answering.person, now())
    left = [one for one in due if one.state != "done"]
    context = {"meaning": meaning, "next_due": left[0] if left else None}
    return render(request, "questionnaires/result.html", context)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def answers(request: Request, course: UUID, answering: UUID) -> HttpResponse:
    """Every answer of one questionnaire, for those who care for the person."""
    at = now()
    found = courses.course_for(request.member, course, at)
    meaning = queries.meaning_in(found, answering)
    audit.record_read(
        action="questionnaires.answering.read",
        resource="answering",
        object_id=answering,
        subjects=[found.person_id],
        by=request.member,
        at=at,
    )
    record = courses.record_of(
        request.member, found, at=at, today=timezone.localdate(at)
    )
    context = {"record": record, "meaning": meaning}
    return render(request, "questionnaires/answers.html", context)
