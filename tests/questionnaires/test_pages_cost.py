"""Pages of the person ask the database a fixed number of times."""

import pytest
from django.db import connection

from tests.questionnaires.answers import begin, choose, codes_to, fill, page_of


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/measures/", 11),
        ("/measures/phq9/", 10),
        ("/measures/phq9/2/", 7),
        ("/measures/phq9/9/", 10),
        ("/measures/phq9/page/", 10),
        ("/measures/phq9/finish/", 6),
    ],
)
@pytest.mark.parametrize("answered", [1, 3])
def test_a_page_asks_as_often_for_three_answers_as_for_one(
    ana, django_assert_num_queries, address, queries, answered
):
    fill(ana, codes_to(7, count=7), "gad7")
    begin(ana)
    for place in range(1, answered + 1):
        choose(ana, place, 1)
    ana.get("/measures/")

    with django_assert_num_queries(queries):
        assert ana.get(address).status_code == 200


def test_a_result_asks_at_most_twelve_times(ana, django_assert_max_num_queries):
    finished = fill(ana, codes_to(7, count=7), "gad7")

    with django_assert_max_num_queries(12):
        ana.get(f"/measures/result/{finished.pk}/")


def test_sending_a_whole_page_costs_a_fixed_number(ana, django_assert_num_queries):
    begin(ana, way="page")
    # PostgreSQL takes the rows of the change counters in one order first.
    cost = {"sqlite": 20, "postgresql": 21}[connection.vendor]

    with django_assert_num_queries(cost):
        ana.post("/measures/phq9/page/", page_of([0] * 9))
