"""The words of the page of before and after, for the screen and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from openipt.core.afterwards import StayingWell
from openipt.courses.models import Course
from openipt.courses.queries import Reached
from openipt.inventory.queries import Between
from openipt.safety.queries import Line
from openipt.web import dates

from .circle_then import drawn
from .progress import Way
from .summary import Done, Measured, Summary


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What else is kept on paper, as far as its reader may read it."""

    goals: tuple[Reached, ...] = ()
    circle: Between | None = None
    plan: StayingWell = field(default_factory=StayingWell)


def words_of(
    summary: Summary, help_lines: Sequence[Line], kept: Kept | None = None
) -> dict[str, Any]:
    """Return everything that stands on the page, in the language that is active."""
    kept = kept or Kept()
    ending, names = summary.ending, headings()
    return {
        "lang": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
        "title": _("Before and after"),
        "called": summary.called,
        "footer": _("%(name)s · before and after") % {"name": summary.called},
        "lead": lead_of(summary),
        "about_title": _("What it was about"),
        "foci": [
            {"name": _(line.area.name), "about": line.focus.about or ""}
            for line in summary.foci
        ],
        "scores_title": _("Before and after in numbers"),
        "no_scores": _("No questions were answered in this course."),
        "measures": [_measure(one) for one in summary.measured],
        "goals_title": _("What I wanted to reach"),
        "goals": [
            {
                "title": one.title,
                "before": _(one.first.label),
                "after": _(one.last.label),
                "moved": one.first.level != one.last.level,
            }
            for one in kept.goals
        ],
        "goal_words": [_("Goal"), _("At first"), _("In the end")],
        "circle_title": _("The people in my life, then and now"),
        "circle": drawn(kept.circle) if kept.circle else None,
        "plan_title": _("My plan for staying well"),
        "plan": plan_words(kept.plan),
        "done_title": _("What I did"),
        "done": done_of(summary.done),
        "words_title": _("In my own words"),
        "words": [
            {"name": names[name], "text": _paragraphs(text)}
            for name, text in summary.words
        ],
        "afterwards_title": _("What we agreed for the time after"),
        "afterwards": _paragraphs(ending.afterwards or "") if ending else [],
        "help_title": _("Numbers to call"),
        "help": [
            {"name": line.name, "number": line.number, "hours": line.hours}
            for line in help_lines
        ],
    }


def plan_words(plan: StayingWell) -> list[dict[str, Any]]:
    """Return the parts of a plan for staying well that say something, in their order."""
    people = [
        f"{one.name}: {one.how}" if one.how else one.name for one in plan.contacts
    ]
    review = ""
    if plan.review_on:
        review = _("I look at this plan again on %(day)s.") % {
            "day": dates.day(plan.review_on, year=True)
        }
    parts = [
        (_("My early signs, the one that comes first on top"), plan.signs, True),
        (_("What others notice"), plan.seen, False),
        (_("What I do, one after the other"), plan.steps, True),
        (_("What helps me"), _paragraphs(plan.helps), None),
        (_("Whom I call"), people, False),
        (_("Times that may become hard"), _paragraphs(plan.risks), None),
        ("", [review] if review else [], None),
    ]
    shapes = {True: "numbered", False: "listed", None: "text"}
    return [
        {"name": name, "lines": list(lines), "shape": shapes[ordered]}
        for name, lines, ordered in parts
        if lines
    ]


def lead_of(summary: Summary) -> str:
    """Return in one line whose course it was, which way of working, from when to when."""
    return _("%(name)s · %(variant)s · %(first)s to %(last)s") % {
        "name": summary.called,
        "variant": _(summary.variant.name),
        "first": dates.short_day(summary.contract.first_on),
        "last": dates.short_day(summary.until),
    }


def done_of(done: Done) -> list[str]:
    """Return in sentences what the person did; what nobody did is left out."""
    lines = [
        (
            done.kept,
            ngettext("%(n)d session kept", "%(n)d sessions kept", done.kept),
        ),
        (
            done.weeks,
            ngettext(
                "%(n)d week looked back on",
                "%(n)d weeks looked back on",
                done.weeks,
            ),
        ),
        (
            done.tried,
            ngettext(
                "%(n)d thing tried out between sessions",
                "%(n)d things tried out between sessions",
                done.tried,
            ),
        ),
        (
            done.answered,
            ngettext(
                "%(n)d questionnaire answered",
                "%(n)d questionnaires answered",
                done.answered,
            ),
        ),
    ]
    return [sentence % {"n": count} for count, sentence in lines if count]


def headings() -> dict[str, str]:
    """Return what each of the person's texts is called, on paper and on the screen."""
    return {
        "better": _("What is better now"),
        "helped": _("What helped, and what I did for it"),
        "unfinished": _("What is not finished, or may become hard"),
        "signs": _("How I would notice that it comes back, and what I do then"),
    }


def name_of(course: Course) -> str:
    """Return the name of the file, without a name of anybody in it."""
    return f"before-and-after-{dates.local(course.started_at):%Y-%m}.pdf"


def _measure(one: Measured) -> dict[str, Any]:
    way = one.way
    told: dict[str, Any] = {
        "name": f"{way.words.about} ({way.measure.short_name})",
        "sentence": told_of(way),
        "source": f"{way.words.title}. {way.measure.citation} {way.measure.licence.text}",
        "alt": "",
    }
    first, last = way.first, way.last
    if one.drawing is None or first is None or last is None:
        return told
    return told | {
        "before": str(first.total),
        "after": str(last.total),
        "before_word": dates.short_day(first.at),
        "after_word": dates.short_day(last.at),
        "before_share": 100 * float(one.drawing.before) / one.drawing.width,
        "after_share": 100 * float(one.drawing.after) / one.drawing.width,
        "alt": _("Two bars: %(first)s points before, %(last)s points after.")
        % {"first": first.total, "last": last.total},
    }


def told_of(way: Way) -> str:
    """Return in a sentence how a measure went from its first score to its last."""
    first, last, change = way.first, way.last, way.change
    if first is None:
        return ""
    if last is None or change is None:
        return _("Answered once: %(total)s of %(most)s, %(band)s.") % {
            "total": first.total,
            "most": way.measure.highest,
            "band": first.band_label.lower(),
        }
    sentence = _("From %(first)s to %(last)s: %(before)s points, then %(after)s.") % {
        "first": first.band_label.lower(),
        "last": last.band_label.lower(),
        "before": first.total,
        "after": last.total,
    }
    if change.kind == "none":
        return sentence
    verdicts = {
        "better": _(
            "That is a clear change for the better (%(limit)s points or more)."
        ),
        "worse": _("That is a clear change for the worse (%(limit)s points or more)."),
    }
    return f"{sentence} {verdicts[change.kind] % {'limit': change.threshold}}"


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
