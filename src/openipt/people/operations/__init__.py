"""What can be done with people: each function is one act, whole or not at all."""

from .care import (
    CareTerms,
    PersonDetails,
    create_person,
    end_care,
    hand_over_care,
    let_care_run_out,
    open_care,
    pause_care,
    resume_care,
)
from .consent import agree, withdraw_agreement
from .cover import (
    cancel_absence,
    end_supervision,
    record_absence,
    set_supervision,
)
from .drafts import drop_draft, purge_drafts, save_draft
from .joining import invite_person, join_with, redeem, revoke_invitation
from .mail import mark_sent, send_pointer
from .members import (
    MemberDetails,
    NewMember,
    change_member,
    end_sessions,
    invite_again,
    invite_member,
    reinstate,
    set_deputy,
    set_roles,
    suspend,
)
from .notice_text import first_notice
from .pulse import touch
from .recovery import begin_recovery, end_recovery
from .service import ServiceSettings, change_service, found_service, publish_notice

__all__ = [
    "CareTerms",
    "MemberDetails",
    "NewMember",
    "PersonDetails",
    "ServiceSettings",
    "agree",
    "begin_recovery",
    "cancel_absence",
    "change_member",
    "change_service",
    "create_person",
    "drop_draft",
    "end_care",
    "end_recovery",
    "end_sessions",
    "end_supervision",
    "first_notice",
    "found_service",
    "hand_over_care",
    "invite_again",
    "invite_member",
    "invite_person",
    "join_with",
    "let_care_run_out",
    "mark_sent",
    "open_care",
    "pause_care",
    "publish_notice",
    "purge_drafts",
    "record_absence",
    "redeem",
    "reinstate",
    "resume_care",
    "revoke_invitation",
    "save_draft",
    "send_pointer",
    "set_deputy",
    "set_roles",
    "set_supervision",
    "suspend",
    "touch",
    "withdraw_agreement",
]
