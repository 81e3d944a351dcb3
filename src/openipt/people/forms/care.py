"""Forms about who is in charge of whom. They name people, never what is in a record."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openipt.people.models import Member, Person
from openipt.web.fields import Words

from .fields import REASON_AT_MOST, OneOf
from .members import Why


class OpenCare(forms.Form):
    """Put a therapist in charge of a person."""

    person = OneOf(label=_("Person"))
    therapist = OneOf(label=_("Therapist"))
    reason = Words(label=_("Reason"), max_length=REASON_AT_MOST, required=False)

    def __init__(
        self,
        *args: Any,
        persons: Iterable[Person],
        therapists: Iterable[Member],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["person"].offer(persons)  # type: ignore[attr-defined]  # it is a OneOf
        self.fields["therapist"].offer(therapists)  # type: ignore[attr-defined]  # as above


class HandOver(Why):
    """To whom the care goes, and why."""

    to = OneOf(label=_("To"))
    cancel_clashing = forms.BooleanField(
        label=_("Cancel the sessions that overlap; new times have to be agreed"),
        required=False,
    )

    field_order = ("to", "reason", "cancel_clashing")

    def __init__(
        self, *args: Any, therapists: Iterable[Member], **options: Any
    ) -> None:
        # The page asks for a reason to pause or end it too: a label leads to one field only.
        options.setdefault("auto_id", "hand_over_%s")
        super().__init__(*args, **options)
        self.fields["to"].offer(therapists)  # type: ignore[attr-defined]  # it is a OneOf
