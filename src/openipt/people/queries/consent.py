"""The notice of a service, and who agreed to which version of it."""

import re
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from openipt.core.errors import Missing
from openipt.people.models import Agreement, Member, Notice
from openipt.sql.prepared import Prepared


def has_agreed(member: Member) -> bool:
    """Return True if the person agreed to the newest notice, or the service has none."""
    newest = _AGREED.rows(member=member.pk, service=member.service_id)
    return not newest or bool(newest[0][0])


def _agreed(member: UUID, service: UUID) -> QuerySet[Notice, Any]:
    mine = Agreement.objects.filter(
        notice=OuterRef("pk"), member=member, withdrawn_at__isnull=True
    )
    notices = Notice.objects.filter(service_id=service).order_by("-version")
    return notices.values_list(Exists(mine))[:1]


_AGREED = Prepared(_agreed, member=UUID, service=UUID)


def newest_notice(member: Member) -> Notice | None:
    """Return the notice that counts in this member's service, or None."""
    return (
        Notice.objects.filter(service_id=member.service_id).order_by("-version").first()
    )


def notices_of(member: Member) -> list[Notice]:
    """Return every version of the notice of this member's service, the newest first."""
    return list(
        Notice.objects.filter(service_id=member.service_id)
        .select_related("published_by")
        .order_by("-version")
    )


def notice_for(member: Member, version: int) -> Notice:
    """Return one version of the notice of this member's service.

    :raises Missing: if there is none
    """
    found = Notice.objects.filter(service_id=member.service_id, version=version).first()
    if found is None:
        raise Missing
    return found


def agreement_of(member: Member) -> Agreement | None:
    """Return the agreement that stands, with its notice, or None.

    It may be to an older version than the newest: then the person is asked again.
    """
    return (
        Agreement.objects.filter(member=member, withdrawn_at__isnull=True)
        .select_related("notice")
        .order_by("-agreed_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a notice: a heading, a paragraph or the points of a list."""

    kind: Literal["heading", "paragraph", "list"]
    lines: tuple[str, ...]


def notice_blocks(text: str) -> list[Block]:
    """Return a notice as blocks to be shown; whatever the text says stays text.

    Paragraphs are parted by an empty line. "# " starts a heading, "- " a point of a list.
    """
    return [
        _block(tuple(line.strip() for line in paragraph.splitlines() if line.strip()))
        for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        if paragraph.strip()
    ]


def _block(lines: tuple[str, ...]) -> Block:
    if len(lines) == 1 and lines[0].startswith("# "):
        return Block("heading", (lines[0].removeprefix("# "),))
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(line.removeprefix("- ") for line in lines))
    return Block("paragraph", lines)
