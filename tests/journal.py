"""Ana's journal: pages through real operations, and what a form of hers sends."""

import re
from html import unescape

from openipt.core.ids import new_id
from openipt.people import queries as people_queries
from openipt.practice import operations
from tests import people

HARD = "Tomas cancelled our weekend an hour before we left."


def moment(what=HARD, **fields):
    return {
        "id": str(new_id()),
        "what_happened": what,
        "with_whom": "Tomas",
        "did": "kept_in",
        "try_next": "Say it in the evening.",
        **fields,
    }


def care_of(person, at=people.NOW):
    return list(people_queries.care_for(person, at))


def write(person, *moments, share=False, at=people.NOW, week="", **fields):
    """A page of this person with these moments (texts or dicts)."""
    kept = [m if isinstance(m, dict) else moment(m) for m in moments]
    return operations.write_entry(
        **{
            "person": person,
            "submission_id": new_id(),
            "kind": "weekly_overview",
            "happened_on": at.date(),
            "content": {"how_was_week": week, "moments": kept},
            "share_with": care_of(person) if share else [],
            "by": person.member,
            "at": at,
            **fields,
        }
    )


def change(entry, at=people.NOW, **fields):
    return operations.change_entry(
        **{
            "entry": entry,
            "version": entry.version,
            "content": entry.content,
            "happened_on": entry.happened_on,
            "by": entry.person.member,
            "at": at,
            **fields,
        }
    )


def sent(what=HARD, **fields):
    """What the form of a hard moment sends."""
    return {
        "submission_id": str(new_id()),
        "version": "",
        "what_happened": what,
        "with_whom": "Tomas",
        "did": "said_it",
        "step": "on",
        **fields,
    }


def text_of(response):
    return unescape(response.content.decode())


def without_tokens(response):
    """The bytes of a page without the form tokens, which differ every time."""
    return re.sub(
        rb'(name="csrfmiddlewaretoken" value=|name="csrf-token" content=)"[^"]*"',
        b"",
        response.content,
    )
