"""What the person fills in beside the pages of the journal themselves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from openipt.web.fields import Words

from .queries import Reader

_MOST_WORDS = 2000


class ChooseReaders(forms.Form):
    """Who may read a page, by name; nobody is a choice too."""

    readers = forms.MultipleChoiceField(
        label=_("Share with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "You can share with those who are in charge of your therapy now."
            )
        },
    )

    def __init__(self, *args: Any, readers: Sequence[Reader], **named: Any) -> None:
        chosen = [str(reader.member_id) for reader in readers if reader.may_read]
        named.setdefault("initial", {"readers": chosen})
        super().__init__(*args, **named)
        field: Any = self.fields["readers"]
        field.choices = [(str(reader.member_id), reader.name) for reader in readers]

    def member_ids(self) -> set[UUID]:
        return {UUID(chosen) for chosen in self.cleaned_data["readers"]}


class ReportTask(forms.Form):
    """What came of something that was agreed to be tried."""

    state = forms.ChoiceField(
        label=_("How did it go?"),
        choices=(
            ("done", _("I did it")),
            ("not_done", _("I did not do it")),
            ("agreed", _("Not yet")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you did it.")},
    )
    what_happened = Words(
        label=_("What happened?"),
        help_text=_("Or what stood in the way. Both help in the session."),
        max_length=_MOST_WORDS,
        required=False,
        rows=4,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class QuietWeek(forms.Form):
    """A week in which nothing was hard."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)


class OfVersion(forms.Form):
    """A button about one version of something; 0 stands for none that was ever kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def number(self) -> int:
        return self.cleaned_data["version"] if self.is_valid() else 0
