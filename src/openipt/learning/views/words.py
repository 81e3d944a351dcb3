"""What pages of readings call things, and where a person goes from one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from openipt.core.readings import Page


def group_names() -> dict[str, str]:
    """Return what each group of readings is called."""
    return {
        "begin": _("To begin with"),
        "people": _("You and others"),
        "areas": _("What you may be working on"),
        "together": _("Treatment, and working together"),
        "end": _("The end, and after"),
    }


def own_pages() -> dict[Page, str]:
    """Return the address of each page that a reading may lead a person to."""
    return {
        "people": reverse("inventory:own"),
        "week": reverse("practice:weeks"),
        "tasks": reverse("practice:tasks"),
        "progress": reverse("home:progress"),
        "questions": reverse("questionnaires:measures"),
        "readings": reverse("learning:own"),
        "help": reverse("safety:help"),
    }
