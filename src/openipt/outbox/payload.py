"""What a job may carry: ids and codes. The record stays where it is sealed."""

import re
from typing import Any
from uuid import UUID

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,63}")


def of_ids(value: Any) -> Any:
    """Return the value as JSON if it is made of ids, codes, whole numbers and lists.

    :raises ValueError: for anything that could be text of a person: spaces, addresses,
        more than 64 characters
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and _CODE.fullmatch(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [of_ids(item) for item in value]
    raise ValueError("A job carries ids and codes only; read the rest when it runs.")
