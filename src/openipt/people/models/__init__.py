"""Who is here: services, accounts, members, persons and what opens a record."""

from .care import CareChange, CareRelationship, Person
from .joining import Agreement, Invitation, Notice
from .members import (
    Absence,
    Account,
    Accounts,
    Member,
    MemberChange,
    Service,
    Supervision,
)
from .presence import ChangeCount, Draft, MailPointer

__all__ = [
    "Absence",
    "Account",
    "Accounts",
    "Agreement",
    "CareChange",
    "CareRelationship",
    "ChangeCount",
    "Draft",
    "Invitation",
    "MailPointer",
    "Member",
    "MemberChange",
    "Notice",
    "Person",
    "Service",
    "Supervision",
]
