"""Countries by name, for forms that ask whose help numbers to show."""

from collections.abc import Iterable

from .dates import reader_locale


def country_name(code: str) -> str:
    """Return the country's name in the reader's language, or its code if it has none."""
    names: dict[str, str] = dict(reader_locale().territories)
    return names.get(code, code)


def country_choices(first: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return countries as (code, name): those named first, then the rest by name.

    A code that no country has (as in a demonstration) stands under its own letters.
    """
    names = {
        code: name
        for code, name in dict(reader_locale().territories).items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }
    top = list(dict.fromkeys(first))
    rest = sorted(
        (code for code in names if code not in top),
        key=lambda code: names[code].casefold(),
    )
    return [(code, names.get(code, code)) for code in (*top, *rest)]


_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"})
