"""`openipt audit verify`: is the trail whole?"""

import json as json_format

from .ready import load_django


def print_verdict(*, as_json: bool) -> int:
    """Print what the check found; return 1 if the trail is not whole."""
    load_django()
    from openipt.audit import verify_report
    from openipt.web.clock import now

    code, lines, facts = verify_report(at=now())
    if as_json:
        print(json_format.dumps(facts))  # noqa: T201 -- the command's answer
    else:
        print("\n".join(lines))  # noqa: T201 -- as above
    return code
