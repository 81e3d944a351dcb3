"""Makes what was typed safe to keep, and says what is wrong with it field by field."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openipt.core.sentences import Sentence, sentence

from .model import Field, Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong, and where: `moments.0.what_happened` (entries counted from 0)."""

    field: str
    sentence: Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Cleaned:
    """The content with every known field, and its problems; valid if there are none."""

    content: dict[str, object]
    problems: tuple[Problem, ...]

    @property
    def is_valid(self) -> bool:
        """Whether the content may be kept."""
        return not self.problems


def clean(kind: Kind, payload: Mapping[str, object]) -> Cleaned:
    """Return the cleaned content of a page, with its problems.

    Texts lose control characters and outer white space; line ends become one kind. Entries
    of a list in which nothing was typed are dropped. Text that is too long is a problem and
    is kept whole, so that nothing typed is lost. Unknown fields are a problem.
    """
    problems: list[Problem] = []
    content = _clean_fields(kind.fields, payload, "", problems)
    return Cleaned(content=content, problems=tuple(problems))


def _clean_fields(
    fields: Iterable[Field],
    payload: Mapping[str, object],
    place: str,
    problems: list[Problem],
) -> dict[str, object]:
    wanted = {field.key: field for field in fields}
    for key in payload:
        if key not in wanted:
            _say(problems, f"{place}{key}", "This field is not known here.")
    return {
        key: _clean_value(field, payload.get(key), f"{place}{key}", problems)
        for key, field in wanted.items()
    }


def _clean_value(
    field: Field, value: object, place: str, problems: list[Problem]
) -> object:
    if field.type == "list":
        return _clean_list(field, value, place, problems)
    if value is not None and not isinstance(value, str):
        _say(problems, place, "This must be text.")
        return ""
    text = _plain(value or "")
    if not text and field.required:
        _say(problems, place, "Please fill this in.")
    elif field.type == "text" and len(text) > field.most:
        _say(
            problems,
            place,
            "This has {length} characters; the most is {most}.",
            length=len(text),
            most=field.most,
        )
    elif field.type == "choice" and text and text not in field.values:
        _say(problems, place, "Please choose one of the answers.")
    return text


def _clean_list(
    field: Field, value: object, place: str, problems: list[Problem]
) -> list[object]:
    entries = [] if value is None else value
    if not isinstance(entries, list):
        _say(problems, place, "This must be a list.")
        return []
    typed = [entry for entry in entries if not _is_blank(entry)]
    if len(typed) > field.most:
        told = "There are {count} of these; the most is {most}."
        _say(problems, place, told, count=len(typed), most=field.most)
    elif len(typed) < field.least:
        told = "Please give at least {least} of these; there are {count}."
        _say(problems, place, told, count=len(typed), least=field.least)
    return [
        _clean_entry(field, entry, f"{place}.{number}", problems)
        for number, entry in enumerate(typed)
    ]


def _clean_entry(
    field: Field, entry: object, place: str, problems: list[Problem]
) -> object:
    if not isinstance(entry, Mapping):
        _say(problems, place, "This must be a set of fields.")
        return {}
    return _clean_fields(field.fields, entry, f"{place}.", problems)


def _is_blank(entry: object) -> bool:
    """Return whether nothing was typed in an entry: it has only empty texts."""
    if not isinstance(entry, Mapping):
        return False
    return all(
        value is None or (isinstance(value, str) and not _plain(value))
        for value in entry.values()
    )


def _plain(text: str) -> str:
    """Return text in one Unicode form, without control characters and outer white space.

    Line breaks and tabs stay. Marks that steer the direction of writing stay too: people
    who write from right to left need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _say(
    problems: list[Problem], place: str, template: str, **values: str | int
) -> None:
    problems.append(Problem(field=place, sentence=sentence(template, **values)))
