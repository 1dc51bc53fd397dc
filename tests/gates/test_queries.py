"""A list asks the database as often for three rows as for one: every list there is, and every page.

No list is asked to show fewer rows; the database is: each query for records gives its first one,
or its first three. A page that goes back for each of its rows then asks more often.
"""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models.query import ModelIterable, QuerySet
from django.test.utils import CaptureQueriesContext

from tests.gates.asking import address, ask, browser, places_of
from tests.gates.routes import ROUTES
from tests.gates.test_matrix import EXPECTED

pytestmark = pytest.mark.django_db
# Whoever sees most, first.
READERS = ("reviewer", "system_admin", "security_admin", "auditor", "line_reviewer", "signer", "reporter")  # fmt: skip
# Beside the sign-in: what looks rows up in others (a version in all that it quotes, a workbook in
# the whole catalogue), and so cannot be shown a part of them.
APART = {
    "health", "home", "sign-in", "release-figure", "release-provenance", "workbook-preview",
    "workbook-marked",
}  # fmt: skip
PAGES = sorted({row.route for row in EXPECTED if row.method == "GET"} - APART)
whole = ModelIterable.__iter__


@contextmanager
def at_most(monkeypatch, count: int):
    """Every query for records gives its first `count`; the person who asks stays as they are."""

    def some(self):
        for number, record in enumerate(whole(self)):
            if number >= count and record._meta.app_label in ("tracker", "accounts"):
                return
            yield record

    with monkeypatch.context() as patched:
        patched.setattr(ModelIterable, "__iter__", some)
        yield


def questions(monkeypatch, client, url: str, rows: int) -> int:
    with at_most(monkeypatch, rows), CaptureQueriesContext(connection) as asked:
        assert ask(client, "GET", url).status_code in (200, 409)
    return len(asked)


def reader_of(name: str) -> list[str]:
    """Those of the readers who are given the page, at most two."""
    open_to = [row for row in EXPECTED if row.route == name and row.method == "GET"][0].answers
    given = [column for column in READERS if open_to[column] == "page"]
    return [*given[:1], *[column for column in given[1:] if column == "reporter"]]


@pytest.mark.parametrize("name", PAGES)
def test_three_rows_cost_as_many_questions_as_one(world, monkeypatch, name):
    route = ROUTES[name]
    place, thing = next(places_of(world, route))
    url = address(name, route, place, thing) + route.query(world, thing)
    for column in reader_of(name):
        client = browser(world, column)
        # What is asked for once and kept (a genre, a content type) is out of the way.
        ask(client, "GET", url)
        one, three = (questions(monkeypatch, client, url, rows) for rows in (1, 3))
        assert three == one, f"{column}: {three} questions for three rows, {one} for one"


def test_a_page_that_goes_back_for_each_row_is_seen(world, monkeypatch):
    """Planted: no query joins what its rows refer to."""
    monkeypatch.setattr(QuerySet, "select_related", lambda self, *names: self)
    url = address("agency-list", ROUTES["agency-list"], "*", None)
    one, three = (questions(monkeypatch, browser(world, "reviewer"), url, rows) for rows in (1, 3))
    assert three > one
