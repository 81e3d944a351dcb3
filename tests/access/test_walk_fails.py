"""The walk is worth something: it fails when what it proves is broken."""

from dataclasses import replace

import pytest
from django.urls import clear_url_caches, resolve, reverse
from django.urls import path as django_path

from openipt.config import urls
from openipt.core.errors import Missing
from openipt.courses import queries
from openipt.people import queries as people_queries
from openipt.people.models import Member
from openipt.web.door import policy_of
from openipt.web.routing import UndeclaredView, path
from tests import people

from .looking import faults_of_headers, faults_of_page
from .sending import ADDRESSES
from .test_table import disagreements
from .walk import walk
from .walking import Answer, Browser

pytestmark = pytest.mark.django_db


def view_of(name, **arguments):
    """Return the view behind an address, whose policy a test may change."""
    return resolve(reverse(name, kwargs=arguments)).func


def bare(request):
    raise Missing


def test_a_view_without_a_policy_does_not_load():
    with pytest.raises(UndeclaredView, match="say who may open it"):
        path("anywhere/", bare, "anywhere")


def test_a_view_that_came_in_by_another_way_is_reported(monkeypatch):
    more = [django_path("anywhere/", bare, name="anywhere")]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *more])
    clear_url_caches()
    found = list(disagreements())
    clear_url_caches()

    assert found == ["anywhere is missing in the table"]


def test_a_view_without_a_policy_opens_to_nobody(standing, monkeypatch):
    view = view_of("home:caseload")
    monkeypatch.delattr(view, "policy")

    found = list(walk(standing, "tomas", ["home:caseload"]))

    assert "home:caseload declares nothing" in disagreements()
    assert any("404" in fault and "not open" in fault for fault in found)


def test_a_policy_that_lets_in_more_is_reported(standing, monkeypatch):
    view = view_of("home:caseload")
    wider = replace(policy_of(view), roles=frozenset({"therapist", "manager"}))
    monkeypatch.setattr(view, "policy", wider)

    found = list(walk(standing, "max", ["home:caseload"]))

    assert any("home:caseload" in fault for fault in disagreements())
    assert "max GET home:caseload of any: 200  and not missing" in found


def test_a_policy_that_lets_in_less_is_reported(standing, monkeypatch):
    view = view_of("home:today")
    narrower = replace(policy_of(view), roles=frozenset({"therapist"}))
    monkeypatch.setattr(view, "policy", narrower)

    found = list(walk(standing, "ana", ["home:today"]))

    assert "ana GET home:today of any: 404  and not open" in found


def test_a_page_that_writes_while_it_is_read_is_reported(standing, monkeypatch):
    def count(member):
        Member.objects.filter(pk=member.pk).update(version=2)
        return 0

    monkeypatch.setattr(people_queries, "change_count", count)

    found = list(walk(standing, "max", ["people:pulse"]))

    assert "max GET people:pulse of any: wrote ['people_member']" in found


def test_a_page_that_tells_what_is_there_is_reported(standing, monkeypatch):
    def tell(member, course_id, at):
        raise Missing if course_id in known else LookupError

    known = {row.pk for row in queries.own_courses(standing.actors["omar"], people.NOW)}
    monkeypatch.setattr(queries, "course_for", tell)

    found = list(walk(standing, "tomas", ["courses:course"]))

    assert any("another page than for what is not there" in fault for fault in found)


def test_headers_that_are_missing_or_weaker_are_reported(standing, settings):
    browser = Browser(standing, "tomas")
    good = browser.ask(ADDRESSES["home:caseload"])
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": policy | {"script-src": ["'self'", "'unsafe-inline'"]}
    }
    weaker = browser.ask(ADDRESSES["home:caseload"])

    assert faults_of_headers(good) == []
    assert faults_of_headers(weaker) == ["another Content-Security-Policy"]
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        less = {**good.headers, name: ""}
        assert faults_of_headers(replace(good, headers=less))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        "<p style='color:red'>",
        "<p onclick='go()'>",
        "<a href='javascript:go()'>",
        "<a href=' JavaScript:go()'>",
        "<img src='//elsewhere.example/x.png'>",
        "<img src='data:image/png;base64,AA'>",
        "<iframe src='/help/'></iframe>",
        "<style>p {}</style>",
        "<base href='/'>",
        "<p hx-on:click='go()'>",
    ],
)
def test_what_stands_inline_in_a_page_is_reported(standing, markup):
    good = Browser(standing, "tomas").ask(ADDRESSES["home:caseload"])

    assert faults_of_page(good) == []
    assert faults_of_page(replace(good, text=good.text + markup))


def test_a_block_of_data_in_a_page_is_not_reported():
    answer = Answer(
        path="/",
        status=200,
        text='<script type="application/json">{}</script>',
        headers={"Content-Type": "text/html"},
        cookies={},
        written=frozenset(),
    )

    assert faults_of_page(answer) == []
