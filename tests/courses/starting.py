"""The form that starts a course, as a browser sends it."""

import re

from openipt.core.ids import new_id

START = "/courses/start/"


def filled(**changes):
    """Return a form that is right; a change to None leaves the field out."""
    form = {
        "submission_id": str(new_id()),
        "draft_key": "start-course",
        "who": "new",
        "person": "",
        "name": "Clara Moss",
        "called": "Clara",
        "born_on": "1988-03-09",
        "phone": "000 555 01",
        "country": "DE",
        "condition": "depression",
        "variant_id": "ipt_individual_columbia",
        "sessions": "16",
        "minutes": "50",
        "first_on": "2026-12-01",
        "wall_time": "17:00",
        "missing_rule": "It still counts.",
        "reason": "",
    } | changes
    return {name: value for name, value in form.items() if value is not None}


def agree(client, address, form):
    """Send a new contract, and again with the same words once its warnings were seen."""
    asked = client.post(address, form)
    if asked.status_code != 422:
        return asked
    seen = re.search(r'name="seen"(?: value="([^"]*)")?', text_of(asked))[1] or ""
    return client.post(address, form | {"seen": seen}) if seen else asked


def text_of(response):
    return response.content.decode()
