"""Forms about members: who they are, what they may, who stands in for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openipt.people.models import Member
from openipt.web.fields import Name, Words

from .fields import REASON_AT_MOST, DayInput, OneOf

STAFF_ROLES = (
    ("therapist", _("Therapist: has people in care")),
    ("supervisor", _("Supervisor: reads the courses of those supervised")),
    ("manager", _("Service manager: sees numbers, never a record")),
    ("admin", _("Administrator: runs this console, never sees a record")),
)


class MemberFields(forms.Form):
    """What is asked about a member, new or known."""

    name = Name(label=_("Name"), max_length=120)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=STAFF_ROLES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    deputy = OneOf(
        label=_("Deputy"),
        required=False,
        help_text=_(
            "Who is told when this therapist does not answer an alert. Without a deputy, "
            "nobody in this therapist's care is asked the question about self-harm."
        ),
    )

    def __init__(self, *args: Any, deputies: Iterable[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deputy"].offer(deputies, none=_("Nobody"))  # type: ignore[attr-defined]  # it is a OneOf


class InviteMember(MemberFields):
    """Whom to invite to the staff."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("If you write it here, the code works for this address only."),
    )

    field_order = ("submission_id", "name", "email", "roles", "deputy")


class ChangeMember(MemberFields):
    """Name, roles and deputy of a member, over the version that was shown."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NewCode(forms.Form):
    """A new code for somebody who has not joined yet."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("If you write it here, the code works for this address only."),
    )


class Why(forms.Form):
    """The reason for something that others may ask about later."""

    reason = Words(label=_("Reason"), max_length=REASON_AT_MOST)


class RecordAbsence(forms.Form):
    """Days on which somebody reads nothing, and who reads for them."""

    from_on = forms.DateField(label=_("First day away"), widget=DayInput)
    until_on = forms.DateField(label=_("First day back"), widget=DayInput)
    deputy = OneOf(label=_("Deputy for these days"))

    def __init__(self, *args: Any, deputies: Iterable[Member], **options: Any) -> None:
        # The page has a form with a standing deputy too: a label leads to one field only.
        options.setdefault("auto_id", "absence_%s")
        super().__init__(*args, **options)
        self.fields["deputy"].offer(deputies)  # type: ignore[attr-defined]  # it is a OneOf

    def clean(self) -> dict[str, Any]:
        """Check that the days follow each other."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        from_on, until_on = answers.get("from_on"), answers.get("until_on")
        if from_on and until_on and until_on <= from_on:
            self.add_error("until_on", _("This day comes after the first day away."))
        return answers


class StartSupervision(forms.Form):
    """Who supervises whom, from when, perhaps until when."""

    supervisor = OneOf(label=_("Supervisor"))
    therapist = OneOf(label=_("Therapist"))
    from_on = forms.DateField(label=_("From"), widget=DayInput)
    until_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DayInput,
        help_text=_("The first day without supervision. Leave it empty if it goes on."),
    )

    def __init__(
        self,
        *args: Any,
        supervisors: Iterable[Member],
        therapists: Iterable[Member],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["supervisor"].offer(supervisors)  # type: ignore[attr-defined]  # it is a OneOf
        self.fields["therapist"].offer(therapists)  # type: ignore[attr-defined]  # as above

    def clean_from_on(self) -> date:
        """Return the first day, which is not over yet."""
        from_on: date = self.cleaned_data["from_on"]
        if from_on < self.today:
            raise forms.ValidationError(_("Supervision begins today or later."))
        return from_on

    def clean(self) -> dict[str, Any]:
        """Check that the days follow each other."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        from_on, until_on = answers.get("from_on"), answers.get("until_on")
        if from_on and until_on and until_on <= from_on:
            self.add_error("until_on", _("This day comes after the first one."))
        return answers
