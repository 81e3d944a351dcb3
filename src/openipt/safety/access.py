"""Each question about alerts and help numbers, answered with the reason or "" for yes."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openipt.core.helplines import fault_of_number, fault_of_words, retired_number
from openipt.core.risk import OPEN_ALERT_STATES, WAITING_ALERT_STATES
from openipt.people import access as people_access
from openipt.people import queries as people
from openipt.people.models import Member

from .models import Alert

FULL_ROLES = frozenset({"therapist", "deputy", "supervisor"})
"""Who was told as one of these may read the words of an answer while the alert is open."""


def is_waiting(alert: Alert) -> bool:
    """Return whether nobody has taken the alert yet."""
    return alert.state in WAITING_ALERT_STATES


def is_open(alert: Alert) -> bool:
    """Return whether the alert is not closed."""
    return alert.state in OPEN_ALERT_STATES


def is_of_team(member: Member, alert: Alert, at: datetime) -> bool:
    """Return whether the member has care of the person now, or supervises one who has."""
    return people.may_read(member, alert.person_id, None, at)


def reads_alert(member: Member, alert: Alert, at: datetime) -> str:
    """Return how much of an alert a member may see: "full", "summary" or "" for nothing.

    The care team and its supervisors read it always. Who was told reads it while it is
    open, and afterwards if they did something about it. A manager who was told sees whom
    it is about, how grave it is and who has it, never the wording; no more does whoever
    was told in a clinical role that was taken away since.
    """
    if alert.service_id != member.service_id:
        return ""
    if is_of_team(member, alert, at):
        return "full"
    told = alert.recipients.filter(member=member).first()
    if told is None:
        return ""
    if not is_open(alert) and not alert.events.filter(by=member).exists():
        return ""
    is_clinical = told.role in FULL_ROLES and people_access.CLINICAL & member.role_set
    return "full" if is_clinical else "summary"


def refusal_to_act(member: Member, alert: Alert, at: datetime) -> str:
    """Return why this member cannot take, work on or close the alert."""
    if reads_alert(member, alert, at) != "full":
        return _("Only somebody who may read this alert can take it.")
    return ""


def refusal_to_reopen(member: Member, alert: Alert, at: datetime) -> str:
    """Return why this member cannot open a closed alert again."""
    if reason := refusal_to_act(member, alert, at):
        return reason
    newer = Alert.objects.filter(person_id=alert.person_id, closed_at__isnull=True)
    if newer.exists():
        return _("There is a newer alert of this person. Please go on in that one.")
    return ""


def refusal_to_keep_help_numbers(member: Member) -> str:
    """Return why this member cannot change the service's help numbers."""
    if "admin" not in member.role_set:
        return _("Only an administrator of this service looks after its help numbers.")
    return ""


def fault_of_help_number(number: str, *, country: str, is_demo: bool) -> str:
    """Return in a sentence what is wrong with a number as somebody typed it, or ""."""
    if is_demo:
        if fault_of_words(number):
            return _("In a demonstration, numbers are written in words, not digits.")
        return ""
    if fault := fault_of_number(number):
        return {
            "digits": _(
                "Write the number with digits, spaces and hyphens, such as 0800 111 222."
            ),
            "length": _("A number has from 2 to 15 digits."),
        }[fault]
    if old := retired_number(number, country):
        return _(
            "%(number)s is an old number that was replaced by %(instead)s. Please ask "
            "the operator."
        ) % {"number": number, "instead": old.instead}
    return ""


def refusal_to_ask_risk(therapist: Member, person_id: UUID, at: datetime) -> str:
    """Return why questions that can raise an alert are not asked now; read by staff.

    Someone must be named who reads the answer, and someone else who reads it when the
    first cannot.
    """
    if therapist.state != Member.State.ACTIVE:
        return _("The therapist's account is not active, so nobody would read it.")
    if not people.has_care(therapist, person_id, None, at):
        return _("The therapist is not in charge of this person at the moment.")
    on = at.astimezone(ZoneInfo(therapist.service.zone)).date()
    if people.deputy_now(therapist, on) is None:
        return _(
            "The therapist has no deputy who is here today. An administrator can name "
            "one; until then questions about suicidal thoughts are not asked."
        )
    return ""
