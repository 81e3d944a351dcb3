"""What a course can be for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from openipt.core.data_files import tables_in

_CONDITIONS = "openipt.core.protocols.data_conditions"


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A condition by its name.

    `caution` is what trials found against IPT for it, with its `source` in the library;
    empty where there is no such finding.
    """

    key: str
    name: str
    caution: str = ""
    source: str = ""


@cache
def load_conditions() -> Mapping[str, Condition]:
    """Return the conditions by key, in the order of the file.

    Raises `DataProblem` if the file is wrong.
    """
    found: dict[str, Condition] = {}
    for table in tables_in(_CONDITIONS):
        for row in table.tables("conditions"):
            condition = Condition(
                key=row.text("key"),
                name=row.text("name"),
                caution=row.text_or_empty("caution"),
                source=row.text("source") if "caution" in row else "",
            )
            row.done()
            if condition.key in found:
                raise row.problem("key", f"{condition.key!r} is there twice")
            found[condition.key] = condition
        table.done()
    return MappingProxyType(found)
