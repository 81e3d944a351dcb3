"""`openipt init`: the first service and the one-time code of its administrator."""

import json as json_format
from zoneinfo import available_timezones

from openipt.core.errors import Invalid, Refused

from .ready import load_django, migrate


def make_first_service(
    *, name: str, email: str, zone: str, country: str, as_json: bool
) -> int:
    """Make a service and an administrator; print the code that opens the account.

    :raises Invalid: if an answer is unusable
    :raises Refused: if there is a service already
    """
    if zone not in available_timezones():
        raise Invalid(f"{zone!r} is no time zone; write one such as Europe/Berlin.")
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Invalid(f"{country!r} is no country; write two letters such as DE.")
    load_django()
    migrate()
    from openipt.people.operations import found_service
    from openipt.people.queries import any_service
    from openipt.web.clock import now

    if any_service():
        raise Refused(
            "There is a service already. Its administrator invites members in the "
            "console."
        )
    service, code = found_service(
        name=name, zone=zone, country=country.upper(), admin_email=email, at=now()
    )
    if as_json:
        facts = {"service": str(service.pk), "code": code, "address": "/join/"}
        print(json_format.dumps(facts))  # noqa: T201 -- the command's answer
        return 0
    print(f"{service.pk} {name}")  # noqa: T201 -- as above
    print(f"One-time code: {code}")  # noqa: T201 -- as above
    print("Start `openipt serve`, open /join/ and enter it within three days.")  # noqa: T201 -- as above
    return 0
