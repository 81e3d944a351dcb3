"""What is around a request: its id, its network, never the whole address."""

import pytest
from django.http import HttpResponse

from openipt.audit import context
from openipt.audit.middleware import AuditContext


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        (" 192.0.2.77 ", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_only_the_network_of_an_address_is_kept(address, prefix):
    assert context.prefix_of(address) == prefix


def seen_by_view(request):
    seen = []

    def view(_request):
        seen.append(context.current())
        return HttpResponse()

    AuditContext(view)(request)
    return seen[0]


def test_a_request_has_its_id_and_network(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.77")
    request.request_id = "0123456789abcdef"

    seen = seen_by_view(request)

    assert (seen.request_id, seen.ip_prefix) == ("0123456789abcdef", "192.0.2.0/24")
    assert (seen.role, seen.on_behalf_of) == ("", None)
    assert context.current() == context.Surroundings()


def test_a_request_without_id_gets_one(rf):
    first, second = seen_by_view(rf.get("/")), seen_by_view(rf.get("/"))

    assert len(first.request_id) == 16
    assert first.request_id != second.request_id


@pytest.mark.parametrize(
    ("proxies", "header", "prefix"),
    [
        (0, "198.51.100.9", "192.0.2.0/24"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.0/24"),
        (2, "203.0.113.5, 198.51.100.9", "203.0.113.0/24"),
        (2, "198.51.100.9", "192.0.2.0/24"),
        (1, "forged words", ""),
    ],
)
def test_a_forwarded_address_counts_as_far_as_we_have_proxies(
    rf, settings, proxies, header, prefix
):
    settings.OPENIPT_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.77", HTTP_X_FORWARDED_FOR=header)

    assert seen_by_view(request).ip_prefix == prefix


def test_the_role_of_a_request_is_taken_over(rf):
    request = rf.get("/")
    request.role = "manager"

    assert seen_by_view(request).role == "manager"
