"""What somebody was typing: kept as it is typed, gone once it is saved."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused
from openipt.people import access
from openipt.people.models import Draft, Member
from openipt.people.queries.presence import DRAFTS_KEPT_FOR
from openipt.sql.prepared import Prepared

BYTES_AT_MOST = 100_000
DRAFTS_AT_MOST = 100
KEY_AT_MOST = 120

_KEY = re.compile(r"[a-z][a-z0-9-]{0,59}(:[0-9A-Za-z-]{1,40}){0,3}")


@transaction.atomic
def save_draft(
    *, member: Member, key: str, fields: Mapping[str, Any], at: datetime
) -> None:
    """Keep the fields of a form for its author; a later draft replaces an earlier one.

    A member keeps 100 drafts at most, the newest.

    :raises Refused: if it is a person who has taken the agreement back
    :raises Invalid: if the key names no form, or the fields are not text, or more than
        100 kB
    """
    if not _KEY.fullmatch(key) or len(key) > KEY_AT_MOST:
        raise Invalid(_("This draft does not belong to any form."))
    content = _checked(fields)
    if refused := access.refusal_to_keep(member):
        raise Refused(refused)
    Draft.objects.update_or_create(
        member=member,
        key=key,
        defaults={"content": content, "updated_at": at},
        create_defaults={
            "service_id": member.service_id,
            "subject_id": member.id,
            "content": content,
            "updated_at": at,
        },
    )
    mine = Draft.objects.filter(member=member).order_by("-updated_at", "-pk")
    surplus = list(mine.values_list("pk", flat=True)[DRAFTS_AT_MOST:])
    if surplus:
        Draft.objects.filter(pk__in=surplus).delete()


def drop_draft(*, member: Member, key: str) -> None:
    """Forget a draft, mostly because the form was saved; without one this does nothing.

    It looks first: most forms are sent without one, and to remove nothing would keep
    everybody else from writing meanwhile.
    """
    if _OF.rows(member=member.pk, key=key):
        with transaction.atomic():
            Draft.objects.filter(member=member, key=key).delete()


def _named(member: UUID, key: str) -> QuerySet[Draft, Any]:
    return Draft.objects.filter(member_id=member, key=key).values_list("pk")


_OF = Prepared(_named, member=UUID, key=str)


def purge_drafts(*, at: datetime) -> int:
    """Remove drafts that nobody touched for 30 days; return how many."""
    removed, _by_model = Draft.objects.filter(
        updated_at__lt=at - DRAFTS_KEPT_FOR
    ).delete()
    return removed


def _checked(fields: Mapping[str, Any]) -> dict[str, str | list[str]]:
    kept: dict[str, str | list[str]] = {}
    for name, value in fields.items():
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in texts):
            raise Invalid(_("A draft holds what was typed, nothing else."))
        kept[str(name)] = value
    try:
        size = len(json.dumps(kept, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        raise Invalid(_("A draft holds what was typed, nothing else.")) from None
    if size > BYTES_AT_MOST:
        raise Invalid(_("This text is too long to be kept as a draft."))
    return kept
