"""The kinds of pages a journal has: what each asks, how it reads, its line in lists.

A kind is a folder with `form`, `page` and `summary`, a template of the same name under
`practice/kinds/`, and a row here. What is kept and how it is cleaned stands in the core.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from openipt.core.errors import Missing

from . import weekly_overview

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalKind:
    """What the journal needs to know of a kind.

    `shown` leaves out what the person keeps for themselves within a page; None means
    that nothing is left to show. `page` makes what the template reads.
    """

    key: str
    minutes: int
    template: str
    summary: Callable[[Content], str]
    shown: Callable[[Content], dict[str, Any] | None]
    page: Callable[[Content], Any]


KINDS: Mapping[str, JournalKind] = MappingProxyType(
    {
        "weekly_overview": JournalKind(
            key="weekly_overview",
            minutes=5,
            template="practice/kinds/weekly_overview.html",
            summary=weekly_overview.summary_of,
            shown=weekly_overview.shown_part,
            page=weekly_overview.page_of,
        ),
    }
)


def kind_of(key: str) -> JournalKind:
    """Return a kind by its key.

    :raises Missing: if there is none
    """
    try:
        return KINDS[key]
    except KeyError as absent:
        raise Missing from absent
