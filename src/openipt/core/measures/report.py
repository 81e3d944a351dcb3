"""A score as one line of text or as plain values, for the command line and for exchange."""

from .model import Measure
from .scoring import Score


def report_line(measure: Measure, score: Score) -> str:
    """Return `<id> <total> <band>`; `-` stands for what too many missing items took."""
    total = "-" if score.total is None else score.total
    return f"{measure.id} {total} {score.band or '-'}"


def report_dict(measure: Measure, score: Score) -> dict[str, str | int | bool | None]:
    """Return measure, version, total, band, prorated, missing and risk by name."""
    return {
        "measure": measure.id,
        "version": measure.version,
        "total": score.total,
        "band": score.band,
        "prorated": score.prorated,
        "missing": score.missing,
        "risk": score.risk,
    }
