"""Every piece of the pages with something in it, for tests and pictures."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from django import forms
from django.template import engines
from django.test import RequestFactory

from openipt.core.charts import spark, trajectory
from openipt.core.measures import load_measures


class Everything(forms.Form):
    """One field of each shape."""

    happened = forms.CharField(label="What happened?", widget=forms.Textarea)
    answer = forms.ChoiceField(
        label="Little interest or pleasure in doing things",
        widget=forms.RadioSelect,
        choices=[(0, "Not at all"), (1, "Several days"), (2, "Nearly every day")],
    )
    feeling = forms.ChoiceField(
        label="What did you do with the feeling?",
        widget=forms.RadioSelect,
        choices=[("in", "kept it in"), ("said", "said it"), ("burst", "it burst out")],
    )
    strong = forms.ChoiceField(
        label="How strong was it?",
        widget=forms.RadioSelect,
        choices=[(number, number) for number in range(11)],
    )
    whom = forms.MultipleChoiceField(
        label="Who was it with?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("tomas", "Tomas"), ("ifeoma", "Ifeoma")],
    )
    area = forms.ChoiceField(choices=[("grief", "Grief"), ("dispute", "Role dispute")])
    on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(help_text="Between 45 and 60")
    mail = forms.EmailField(label="E-mail")
    share = forms.BooleanField(label="Share with Dr Lindqvist", required=False)


KINDS = {"answer": "scale", "feeling": "across", "strong": "numbers", "whom": "chips"}
BEGUN = date(2026, 10, 8)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A place to go, as the pages get it."""

    label: str
    icon: str
    current: bool = False
    badge: int = 0
    url: str = "#main"


NAV = {
    "person": [
        Item(label="Today", icon="today", current=True),
        Item(label="My week", icon="week"),
        Item(label="Progress", icon="progress", badge=1),
    ],
    "staff": [
        Item(label="Caseload", icon="caseload", current=True),
        Item(label="Alerts", icon="alert", badge=2),
    ],
    "public": [],
}


def drawn(*scores):
    """Return the drawing of PHQ-9 totals, a week apart."""
    measure = load_measures()["phq9"]
    return trajectory(
        [(BEGUN + timedelta(weeks=n), score) for n, score in enumerate(scores)],
        bands=measure.bands,
        maximum=27,
        sessions=[BEGUN + timedelta(days=1)],
        reliable_at=12,
    )


def rows():
    """Return three courses whose names, scores and dates sort differently."""
    return [
        SimpleNamespace(
            name=name,
            week="week 6 of 16",
            focus=focus,
            first=first,
            score=last,
            points=spark([first, last], 27),
            tone="",
            change=change,
            pill="",
            next=coming,
        )
        for name, focus, first, last, change, coming in (
            ("Jonas W.", "Role transition", 15, 4, "recovered", "Tue 09:00"),
            ("Amara N.", "Role dispute", 18, 11, "reliably better", "Thu 17:00"),
            ("Grace O.", "Grief", 17, 20, "no reliable change", "Mon 10:00"),
        )
    ]


def whole(template, area="public", **context):
    """Return a whole page, as for somebody in one of the three areas."""
    request = RequestFactory().get("/here/")
    request.has_member = area != "public"
    surroundings = {
        "area": area,
        "nav": NAV[area],
        "account_links": [],
        "demo": False,
        "toasts": [],
        "csrf_token": "token",
    }
    asked = engines["jinja2"].env.get_template(template)
    return asked.render(surroundings | {"request": request} | context)


def gallery(area="staff", **context):
    """Return the page that shows every piece."""
    typed = {"answer": "1", "feeling": "said", "whom": ["tomas"], "mail": "nobody"}
    pieces = {
        "form": Everything(typed),
        "kinds": KINDS,
        "rows": rows(),
        "drawn": drawn(18, 18, 15, 16, 12, 11),
        "bands": {"mild": "mild", "moderate": "moderate"},
    }
    return whole("web/gallery.html", area, **(pieces | context))


def made(source, **context):
    """Return a few lines of a template, rendered as our pages are."""
    return engines["jinja2"].env.from_string(source).render(**context)
