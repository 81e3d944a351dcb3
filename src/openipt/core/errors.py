"""What can go wrong in words a person can read; `web` turns each into a page."""


class Refused(Exception):
    """Known, but not allowed or not now; the message is a sentence for the screen (403)."""


class Missing(Exception):
    """Not there, or not theirs to see: the two look the same from outside (404)."""


class Stale(Exception):
    """Somebody changed it meanwhile; nothing was overwritten and nothing typed is lost (409)."""


class SentBefore(Stale):
    """The form came before with other words; these are kept once it is sent as a new one."""


class Gone(Stale):
    """Ended or taken out meanwhile: nothing is left to change, what was typed is given back."""


class Invalid(Exception):
    """The input breaks a rule; the message says which, where it comes from and what to do (422)."""


class DataProblem(Exception):
    """A data file is wrong; the message names file, key and reason."""
