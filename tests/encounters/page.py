"""The session page, as a browser sees and sends it."""

import re
from html import unescape

from openipt.calendar.models import Appointment


def appointment(person, number):
    return Appointment.objects.get(person=person, number=number)


def address(planned, act=""):
    return f"/sessions/{planned.pk}/{act}"


def text_of(response):
    return unescape(response.content.decode())


def typed(client, planned):
    """Return what the form of the page would send if nobody typed anything."""
    page = client.get(address(planned)).content.decode()
    form = {}
    for name in ("note_version", "attendance_version"):
        found = re.search(rf'<input type="hidden" name="{name}" value="(\d+)"', page)
        if found:
            form[name] = found.group(1)
    for name in ("text", "new_tasks", "addendum"):
        found = re.search(
            rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL
        )
        if found:
            form[name] = unescape(found.group(1))
    found = re.search(r'name="due_on" value="([^"]*)"', page)
    if found:
        form["due_on"] = found.group(1)
    return form
