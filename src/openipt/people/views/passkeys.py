"""Taking a passkey away: the library would take the last second factor of the staff too."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from openipt.core.errors import Refused


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # the library has no types here
    """The library's page, which asks the adapter as its page for codes does."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **named: Any
    ) -> HttpResponseBase:
        """Refuse where it is the last second factor of somebody who needs one.

        :raises Refused: with what to do first
        """
        if not get_adapter().can_delete_authenticator(self.get_object()):
            raise Refused(
                _(
                    "This is your only second factor, and the staff need one. Add another "
                    "one first; then you can take this one away."
                )
            )
        answer: HttpResponseBase = super().dispatch(request, *args, **named)
        return answer


remove_passkey = RemovePasskey.as_view()
