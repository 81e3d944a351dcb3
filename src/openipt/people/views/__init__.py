"""Pages about people: coming in, one's account, and the console of the service."""

from .account import account, choose_service, end_sessions, language
from .attempts import attempt
from .care import (
    care,
    care_ended,
    care_list,
    care_page,
    end_care,
    hand_over_form,
    open_care,
    pause_care,
    resume_care,
)
from .consent import agree, agreement
from .cover import cancel_absence, end_supervision, record_absence, supervision
from .joining import join
from .members import (
    end_member_sessions,
    invite_member,
    member,
    members,
    new_code,
    persons,
    reinstate,
    revoke_code,
    suspend,
)
from .passkeys import remove_passkey
from .presence import draft, pulse
from .service import notice, notice_version, service_settings

__all__ = [
    "account",
    "agree",
    "agreement",
    "attempt",
    "cancel_absence",
    "care",
    "care_ended",
    "care_list",
    "care_page",
    "choose_service",
    "draft",
    "end_care",
    "end_member_sessions",
    "end_sessions",
    "end_supervision",
    "hand_over_form",
    "invite_member",
    "join",
    "language",
    "member",
    "members",
    "new_code",
    "notice",
    "notice_version",
    "open_care",
    "pause_care",
    "persons",
    "pulse",
    "record_absence",
    "reinstate",
    "remove_passkey",
    "resume_care",
    "revoke_code",
    "service_settings",
    "supervision",
    "suspend",
]
