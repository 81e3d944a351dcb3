"""A letter to take along: drafted from what is known, and typeset."""

from typing import Any

from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from openipt.courses import queries as courses
from openipt.courses.models import LetterVersion
from openipt.web import dates

from .paper import told_of
from .summary import Summary


def first_words(
    summary: Summary, went: courses.Went | None, decided: courses.Maintenance
) -> str:
    """Return a letter from facts alone; the therapist changes it before anybody reads it."""
    course, contract = summary.course, summary.contract
    areas = ", ".join(_(line.area.name).lower() for line in summary.foci)
    parts = [
        _("To whom it may concern"),
        _(
            "%(name)s was in treatment with me from %(first)s to %(last)s: %(variant)s. "
            "%(n)s sessions were agreed."
        )
        % {
            "name": course.person.name,
            "first": dates.short_day(contract.first_on),
            "last": dates.short_day(summary.until),
            "variant": _(summary.variant.name),
            "n": contract.sessions,
        }
        + " "
        + ngettext("%(n)d was kept.", "%(n)d were kept.", summary.done.kept)
        % {"n": summary.done.kept},
    ]
    if areas:
        parts.append(_("What we worked on: %(areas)s.") % {"areas": areas})
    parts += [f"{one.way.words.title}: {told_of(one.way)}" for one in summary.measured]
    if went is not None:
        parts.append(_("How it went: %(words)s.") % {"words": _went(went)})
    if went is not None and went.steps:
        steps = "\n".join(f"- {_(step.label)}" for step in went.steps)
        parts.append(_("What we agreed comes next:") + "\n" + steps)
    if decided.decision is not None and decided.decision.maintenance:
        parts.append(_("Maintenance sessions are planned."))
    parts.append(_("With kind regards,") + f"\n{course.therapist.name}")
    return "\n\n".join(parts)


def letter_words(letter: LetterVersion) -> dict[str, Any]:
    """Return everything that stands on the letter, in the language that is active."""
    course = letter.letter.course
    given = letter.given_at or letter.at
    return {
        "lang": (get_language() or "en").split("-")[0],
        "rtl": get_language_bidi(),
        "title": _("Letter about a course of therapy"),
        "called": course.person.name,
        "from": [letter.service.name, *letter.service.contact.split("\n")],
        "day": dates.day(dates.local(given), year=True),
        "subject": course.person.name,
        "paragraphs": [part.split("\n") for part in letter.text.split("\n\n") if part],
        "footer": _("Given to %(name)s, who decides who reads it")
        % {"name": course.person.name},
    }


def letter_name(letter: LetterVersion) -> str:
    """Return the name of the file, without a name of anybody in it."""
    return f"letter-{dates.local(letter.given_at or letter.at):%Y-%m-%d}.pdf"


def _went(went: courses.Went) -> str:
    return str(courses.WENT_WORDS[went.row.went]).lower()
