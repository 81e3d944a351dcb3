"""A mail server that is not there."""

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Refuses every mail, as a server does that is down."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError
