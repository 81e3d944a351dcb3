"""Answering through the door, as a browser does it."""

from openipt.questionnaires.models import Answering

JSON = {"HTTP_ACCEPT": "application/json"}


def begin(client, measure="phq9", way="one"):
    return client.post(f"/measures/{measure}/", {"way": way})


def choose(client, place, code, measure="phq9", **headers):
    return client.post(f"/measures/{measure}/{place}/", {"answer": code}, **headers)


def page_of(codes):
    """Return the form of a whole page; None leaves a question out."""
    return {
        f"item-{place}": code for place, code in enumerate(codes, 1) if code is not None
    }


def fill(client, codes, measure="phq9", **extra):
    """Begin, answer on one page and finish; return the finished answering."""
    begin(client, measure, "page")
    client.post(f"/measures/{measure}/page/", page_of(codes) | extra)
    client.post(f"/measures/{measure}/finish/")
    return Answering.objects.order_by("started_at", "pk").last()


def text_of(response):
    return response.content.decode()


def codes_to(total, count=9, most=3):
    """Return answers that add up to a total, the last question as low as can be."""
    codes = []
    for _ in range(count):
        codes.append(min(most, total))
        total -= codes[-1]
    assert total == 0
    return codes
