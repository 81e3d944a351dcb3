"""What is typed about erasure."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openipt.core.exchange import load_grounds
from openipt.web.fields import Words

ACCEPT = "accept"


class AskForm(forms.Form):
    """The person asks to have their record erased."""

    why = Words(
        label=_("What you want to say about it"),
        max_length=2000,
        required=False,
        rows=3,
    )
    sure = forms.BooleanField(label=_("Yes, I want my record to be erased"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sure"].error_messages["required"] = gettext(
            "Tick this if you want to ask."
        )


class DecideForm(forms.Form):
    """A second person says yes or no to what they have read."""

    confirm = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    version = forms.IntegerField(min_value=1)


class ProposeForm(forms.Form):
    """One of the service proposes an answer."""

    choice = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    answer = Words(
        label=_("What the person is told"), max_length=2000, required=False, rows=4
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["choice"]
        field.choices = [
            (ACCEPT, gettext("Accept: the record is to be erased")),
            *(
                (
                    ground.key,
                    gettext("Refuse: %(why)s (%(article)s)")
                    % {"why": gettext(ground.label), "article": ground.article},
                )
                for ground in load_grounds().values()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for words to the person where the answer is no."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        refuses = values.get("choice") not in {None, ACCEPT}
        if refuses and not values.get("answer") and "answer" not in self.errors:
            self.add_error(
                "answer",
                gettext("Write to the person why it is refused, and until when."),
            )
        return values

    def ground(self) -> str:
        """Return the ground of a refusal, "" to accept."""
        choice: str = self.cleaned_data["choice"]
        return "" if choice == ACCEPT else choice
