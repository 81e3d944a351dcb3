"""Numbers as people write them, in the reader's language."""

from babel.numbers import format_decimal

from .dates import reader_locale


def decimal(value: float) -> str:
    """Return a number with at most two decimals, such as "3.25"."""
    return format_decimal(value, format="0.##", locale=reader_locale())


def signed(value: int) -> str:
    """Return "+3", "−3" or "0": by how much something rose or fell."""
    return f"{value:+d}".replace("-", "−") if value else "0"
