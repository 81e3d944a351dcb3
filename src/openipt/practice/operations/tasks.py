"""What is agreed to be tried between two sessions, and what came of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.courses.models import Course
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.people.models import Member
from openipt.practice import access
from openipt.practice.models import Task

REPORTS = (Task.State.AGREED, Task.State.DONE, Task.State.NOT_DONE)


@transaction.atomic
def agree_task(  # noqa: PLR0913 -- a task is of a course and of a session, with a day
    *,
    course: Course,
    text: str,
    due_on: date | None,
    encounter_id: UUID | None,
    by: Member,
    at: datetime,
    task_id: UUID | None = None,
) -> Task:
    """Keep what both agreed to try. With `task_id`, the same one sent again is once.

    :raises Refused: if the member does not lead this course now
    :raises Invalid: if nothing was written
    """
    task = Task(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        text=text.strip(),
        agreed_at=at,
        agreed_by=by,
        agreed_in=encounter_id,
        due_on=due_on,
    )
    if reason := access.refusal_to_agree_task(by, task, at):
        raise Refused(reason)
    if not task.text:
        raise Invalid(_("Write down what you agreed to try."))
    if task_id is not None:
        before = Task.objects.filter(pk=task_id, course=course).first()
        if before is not None:
            return before
        task.pk = task_id
    task.save(force_insert=True)
    _record("practice.task.agreed", task, by=by, at=at)
    _tell_person(task)
    return task


@transaction.atomic
def report_task(
    *,
    task: Task,
    state: str,
    what_happened: str,
    version: int,
    by: Member,
    at: datetime,
) -> Task:
    """Keep what the person says came of it; they can say it anew until it is talked about.

    :raises Refused: if it is not the member's own task, or it was talked about already
    :raises Invalid: if the state is none that the person can give
    :raises Stale: if it was changed since this version was opened
    """
    if reason := access.refusal_to_report(by, task):
        raise Refused(reason)
    if state not in REPORTS:
        raise Invalid(_("Choose whether you did it."))
    if (task.state, task.what_happened or "") == (state, what_happened):
        return task
    _claim(task, version)
    task.state, task.what_happened = state, what_happened or None
    task.state_at = None if state == Task.State.AGREED else at
    task.save(update_fields=["state", "state_at", "what_happened"])
    _record("practice.task.reported", task, by=by, at=at)
    _tell_team(task, at)
    return task


@transaction.atomic
def review_task(*, task: Task, by: Member, at: datetime) -> None:
    """Note that it was talked about in a session: it leaves the agenda, and stays.

    :raises Refused: if the member does not lead this course now
    """
    if reason := access.refusal_to_agree_task(by, task, at):
        raise Refused(reason)
    if Task.objects.filter(pk=task.pk, reviewed_at__isnull=True).update(reviewed_at=at):
        task.reviewed_at = at
        _record("practice.task.reviewed", task, by=by, at=at)
        _tell_person(task)


@transaction.atomic
def drop_task(*, task: Task, version: int, by: Member, at: datetime) -> None:
    """Take a task off the list that both no longer want.

    :raises Refused: if the member does not lead this course now
    :raises Stale: if it was changed since this version was opened
    """
    if reason := access.refusal_to_agree_task(by, task, at):
        raise Refused(reason)
    if task.state == Task.State.DROPPED:
        return
    _claim(task, version)
    task.state, task.state_at = Task.State.DROPPED, at
    task.save(update_fields=["state", "state_at"])
    _record("practice.task.dropped", task, by=by, at=at)
    _tell_person(task)


def _claim(task: Task, version: int) -> None:
    claimed = Task.objects.filter(pk=task.pk, version=version)
    if not claimed.update(version=version + 1):
        raise Stale(_("This was changed somewhere else in the meantime."))
    task.version = version + 1


def _tell_person(task: Task) -> None:
    member_id = task.person.member_id
    people.touch([member_id] if member_id else [])


def _tell_team(task: Task, at: datetime) -> None:
    team = people_queries.care_for(task.person, at).filter(course_id=task.course_id)
    people.touch(team.values_list("member_id", flat=True))


def _record(action: str, task: Task, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="task",
        object_id=task.pk,
        subjects=[task.person_id],
        service_id=task.service_id,
        by=by,
        at=at,
    )
