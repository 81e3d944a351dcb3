"""`openipt score`: a questionnaire on the command line, without a database."""

import json as json_format

from openipt.core.errors import Invalid
from openipt.core.measures import load_measures, score
from openipt.core.measures.report import report_dict, report_line


def print_score(measure_id: str, items: list[str], *, as_json: bool) -> int:
    """Print `<id> <total> <band>`; `-` stands for what cannot be said.

    :raises Invalid: if the measure is unknown or an item is no code of it
    """
    measures = load_measures()
    if measure_id not in measures:
        known = ", ".join(sorted(measures))
        raise Invalid(f"There is no measure {measure_id!r}. Known: {known}.")
    measure = measures[measure_id]
    if len(items) != len(measure.items):
        raise Invalid(
            f"{measure_id} has {len(measure.items)} scored questions, but "
            f"{len(items)} answers were given; write - where one is unanswered."
        )
    result = score(measure, [_code(place, word) for place, word in enumerate(items, 1)])
    if as_json:
        print(json_format.dumps(report_dict(measure, result)))  # noqa: T201 -- the command's answer
    else:
        print(report_line(measure, result))  # noqa: T201 -- as above
    return 0


def _code(place: int, word: str) -> int | None:
    if word == "-":
        return None
    if not word.isascii() or not word.isdigit():
        raise Invalid(
            f"Item {place} is {word!r}; write the option's code, or - if unanswered."
        )
    return int(word)
