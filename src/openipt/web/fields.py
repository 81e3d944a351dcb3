"""Form fields that lose nothing of what somebody typed."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openipt.core.timeline import Fault


class Words(forms.CharField):
    """Text of one or more paragraphs.

    It carries no `maxlength`: browsers cut what is pasted beyond it, without a word.
    Line ends count as one character, however the browser sends them.
    """

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **named: Any) -> None:
        super().__init__(**named)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class OneLine(forms.CharField):
    """A short text on one line; signs that turn the direction of what follows are taken out."""

    def to_python(self, value: Any) -> str:
        """Return the text with single blanks, without control signs."""
        text: str = super().to_python(value) or ""
        blanks = "".join(" " if sign.isspace() else sign for sign in text)
        kept = (sign for sign in blanks if sign == "\0" or not _is_hidden(sign))
        return " ".join("".join(kept).split())


class Name(OneLine):
    """What somebody is called."""

    def validate(self, value: str) -> None:
        """Refuse a name in which nothing can be read."""
        super().validate(value)
        if value and not any(sign.isalnum() for sign in value):
            raise forms.ValidationError(_("Write it in letters."))


def day_lived(day: date, *, today: date, born_on: date | None) -> date:
    """Return a day on which something can have happened in a life.

    :raises ValidationError: if it is still to come, or before the person was born
    """
    if day > today:
        raise forms.ValidationError(_("That day is still to come."))
    if born_on is not None and day < born_on:
        raise forms.ValidationError(_("That was before the person was born."))
    return day


def why_no_time(fault: Fault, *, today: date) -> str:
    """Return in words why something cannot have been then, and what can be written."""
    sentences = {
        "to_come": _("That is still to come."),
        "before_birth": _("That was before the person was born."),
        "over_before": _("That is before it began."),
        "no_year": _(
            "Four digits are read as a year, in the calendar in which it is %(year)s now. "
            "Write the year in that calendar, or leave the number out."
        ),
    }
    sentence = sentences[fault]
    return sentence % {"year": today.year} if fault == "no_year" else sentence


def about_version(form: forms.Form, version: int) -> None:
    """Let a form that came too late be sent again as it is, now over this version.

    Its page must show what is kept now beside what was typed.
    """
    sent: Any = form.data
    data = sent.copy()
    data["version"] = str(version)
    form.data = data


def _is_hidden(sign: str) -> bool:
    """Tell control signs and those that override direction; joiners of scripts stay."""
    return unicodedata.category(sign) in {"Cc", "Cs"} or unicodedata.bidirectional(
        sign
    ) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
