"""Who writes down what is hard, and how much there is room for."""

from datetime import datetime

from django.utils.translation import gettext as _

from openipt.courses.models import Course, Goal, Issue
from openipt.inventory import access as inventory
from openipt.people import queries as people
from openipt.people.models import Member

from .ending import refusal_of_ended

MOST_ISSUES = 40
"""How many things one course lists."""

MOST_GOALS = 12
"""How many goals are open at a time."""


def is_own(member: Member, course: Course) -> bool:
    """Return whether it is the member's own course of therapy."""
    return course.person.member_id == member.pk


def may_name_people(member: Member, course: Course) -> bool:
    """Return whether the member sees who is among the people of this life."""
    return is_own(member, course) or inventory.has_agreed(course.person)


def refusal_to_write(member: Member, course: Course, at: datetime) -> str:
    """Return why the member cannot change what is hard or rate goals here, or ""."""
    if reason := refusal_of_ended(course):
        return reason
    if is_own(member, course) or people.has_care(
        member, course.person_id, course.pk, at
    ):
        return ""
    return _("Only the person and their care team write here.")


def refusal_to_add_issue(course: Course) -> str:
    """Return why nothing can be added to the list, or ""."""
    there = Issue.objects.filter(course=course, removed_at__isnull=True).count()
    if there < MOST_ISSUES:
        return ""
    return _("%(n)s things are on the list already. Take one off first.") % {
        "n": MOST_ISSUES
    }


def refusal_to_add_goal(course: Course) -> str:
    """Return why there can be no further goal, or ""."""
    there = Goal.objects.filter(
        course=course, ended_at__isnull=True, focus__ended_at__isnull=True
    ).count()
    if there < MOST_GOALS:
        return ""
    return _("%(n)s goals are open already. End one first.") % {"n": MOST_GOALS}


def refusal_of_goal(goal: Goal) -> str:
    """Return why a goal is no longer rated or changed, or ""."""
    if goal.ended_at is not None:
        return _("This goal has ended. Its ratings stay as they are.")
    if goal.focus.ended_at is not None:
        return _("The focus of this goal has ended. Its ratings stay as they are.")
    return ""
