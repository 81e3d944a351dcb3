"""A form that adds something, sent again: after going back, or from a second window."""

import re


def new_id_in(page):
    return re.search(r'name="submission_id"[^>]* value="([^"]+)"', page)[1]


def goes_through_once_and_with_other_words_as_another(client, address, sent, other):
    """Send a form twice, then with other words under its id, then as its page says.

    `other` are the fields that differ; their last one is text that stands on the page.
    """
    for _ in range(2):
        assert client.post(address, sent).status_code == 302

    came_back = client.post(address, sent | other)

    page = came_back.content.decode()
    assert came_back.status_code == 409
    assert "This form was sent before" in page
    assert list(other.values())[-1] in page
    anew = new_id_in(page)
    assert anew != sent["submission_id"]
    form = sent | other | {"submission_id": anew}
    assert client.post(address, form).status_code == 302
