"""What a telephone number looks like as people write it."""

import re

LONGEST = 30
"""Characters of a number as written; 15 digits and what stands between them."""

_MOST_DIGITS = 15  # ITU-T E.164, section 6: the longest international number
_FEWEST_DIGITS = 2
# One digit or one group in brackets at a time: no two ways to read the same number.
_WRITTEN = re.compile(r"\+?(?:[0-9]|\([0-9]+\))(?:[ -]?(?:[0-9]|\([0-9]+\)))*")
_WORDS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")


def digits_of(number: str) -> str:
    """Return only the digits, so that two ways of writing a number can be compared."""
    return "".join(sign for sign in number if sign in "0123456789")


def fault_of_number(number: str) -> str:
    """Return what keeps this from being a number one can dial, or the empty text.

    Digits with single spaces or hyphens between, perhaps a plus in front, perhaps an area
    code in brackets; 2 to 15 digits.
    """
    if len(number) > LONGEST or not _WRITTEN.fullmatch(number):
        return "digits"
    if not _FEWEST_DIGITS <= len(digits_of(number)) <= _MOST_DIGITS:
        return "length"
    return ""


def fault_of_words(number: str) -> str:
    """Return what keeps this from being a made-up number in words, or the empty text.

    Demonstrations write their numbers in words, so that nobody can dial one by mistake.
    """
    return "" if len(number) <= LONGEST * 2 and _WORDS.fullmatch(number) else "words"
