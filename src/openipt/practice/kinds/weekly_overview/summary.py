"""The one line that stands for a week in lists."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openipt.core.practice import load_kinds, summary

from .page import KEY


def summary_of(content: Mapping[str, Any]) -> str:
    """Return one line about the week, up to about 100 characters."""
    line = summary(load_kinds()[KEY], content, get_language() or "en")
    return line or _("A week without a hard moment")
