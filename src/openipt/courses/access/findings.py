"""What rules found, in words that refuse or ask."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.protocols.rules import (
    Finding,
)
from openipt.web.sentences import said


def refusal_of(findings: Iterable[Finding]) -> str:
    """Return what cannot be, and where that comes from, or ""."""
    return in_words(found for found in findings if found.severity == "error")


def reason_wanted(findings: Iterable[Finding]) -> str:
    """Return what a reason is asked for, or "" where nothing is out of the ordinary."""
    return in_words(found for found in findings if found.severity == "warning")


def in_words(findings: Iterable[Finding]) -> str:
    """Return findings as sentences, each with its source."""
    return " ".join(
        _("%(sentence)s (Source: %(source)s)")
        % {"sentence": said(found.sentence), "source": found.source}
        for found in findings
    )
