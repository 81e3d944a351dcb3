"""Forms about people: they check what was typed and give the domain's types."""

from .care import HandOver, OpenCare
from .joining import Agree, Code, Join
from .members import (
    ChangeMember,
    InviteMember,
    NewCode,
    RecordAbsence,
    StartSupervision,
    Why,
)
from .service import NoticeText, ServiceSettings

__all__ = [
    "Agree",
    "ChangeMember",
    "Code",
    "HandOver",
    "InviteMember",
    "Join",
    "NewCode",
    "NoticeText",
    "OpenCare",
    "RecordAbsence",
    "ServiceSettings",
    "StartSupervision",
    "Why",
]
