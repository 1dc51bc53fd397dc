"""Who may do what: every address, every method it allows, every role, every place.

`matrix.txt` is the expectation, written for people; `routes.py` says how an address is asked. An
address or a method without a row fails, and so does a row without an address.
"""

import pytest
from django.urls import path
from django.views.decorators.http import require_http_methods

from tests.gates.asking import COLUMNS, address, answer_of, ask, browser, places_of, word_for
from tests.gates.expected import Row, line_of, rows
from tests.gates.routes import ROUTES, Route, addresses
from tracker.ledger.models import OfficialQuerySet
from tracker.releases.models import ReleaseQuerySet
from tracker.submissions.models import SubmissionQuerySet

pytestmark = pytest.mark.django_db
EXPECTED = rows()
BUSINESS = ("reporter", "signer", "line_reviewer", "supervisor", "reviewer", "editor", "issuer")
ADMINISTRATORS = ("system_admin", "security_admin")
# Addresses that a stranger may ask.
OPEN = {"health", "sign-in"}
# Submissions, what came of them, and what was made of that.
FIGURES = ("submission", "narrative", "evidence", "review", "release", "figure", "api-submission",
           "api-figure", "api-release")  # fmt: skip


def methods_of(world, name: str, route: Route) -> set[str]:
    """The methods that the view allows; HEAD goes with GET."""
    first = next(places_of(world, route))
    answer = ask(browser(world, "system_admin"), "PROBE", address(name, route, *first))
    if not answer.has_header("Allow"):
        answer = ask(browser(world, "system_admin"), "PUT", address(name, route, *first))
    assert answer.has_header("Allow"), f"{name} does not say which methods it allows"
    return set(answer["Allow"].split(", "))


def found(world, name: str, method: str) -> list[Row]:
    """The rows of the address as it answers now."""
    route, answers, stranger = ROUTES[name], [], None
    for place, thing in places_of(world, route):
        if method == "OPTIONS" and answers:
            # It says what an address takes, without looking at a record.
            break
        row = {
            column: word_for(answer_of(world, name, route, method, column, place, thing))
            for column in COLUMNS[:-1]
        }
        stranger = stranger or word_for(
            answer_of(world, name, route, method, COLUMNS[-1], place, thing)
        )
        place = "*" if method == "OPTIONS" else place
        answers.append(Row(name, method, place, row | {COLUMNS[-1]: stranger}))
    return answers


def expected(name: str, method: str) -> list[Row]:
    return [row for row in EXPECTED if (row.route, row.method) == (name, method)]


def lines(of: list[Row]) -> list[str]:
    return sorted(map(line_of, of))


def test_every_address_has_its_rows_and_every_row_its_address():
    known = set(addresses())
    assert known == set(ROUTES)
    assert known == {row.route for row in EXPECTED}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_method_has_its_rows(world, name):
    allowed = methods_of(world, name, ROUTES[name])
    assert allowed - {"HEAD"} == {row.method for row in EXPECTED if row.route == name}
    assert "GET" not in allowed or "HEAD" in allowed


@pytest.mark.parametrize(
    ("name", "method"), sorted({(row.route, row.method) for row in EXPECTED}), ids="-".join
)
def test_each_role_gets_the_answer_that_is_written(world, name, method):
    assert lines(found(world, name, method)) == lines(expected(name, method))


@pytest.mark.parametrize("name", sorted({row.route for row in EXPECTED if row.method == "GET"}))
def test_asking_for_the_head_answers_as_the_page_does(world, name):
    route = ROUTES[name]
    place, thing = next(places_of(world, route))
    for column in ("reporter", "reviewer", "system_admin"):
        whole, head = (
            answer_of(world, name, route, method, column, place, thing)
            for method in ("GET", "HEAD")
        )
        assert (word_for(whole), head.content_given) == (word_for(head), b"")


# What holds for the table as a whole, so that a wrong row cannot be written into it either.


def test_a_stranger_gets_no_further_than_the_door():
    answers = {row.answers["anonymous"] for row in EXPECTED if row.route not in OPEN}
    assert answers == {"door", "401"}


def test_what_does_not_exist_is_not_found_by_anybody_signed_in():
    nothing = [row for row in EXPECTED if row.place == "none"]
    answers = {row.answers[column] for row in nothing for column in COLUMNS[:-1]}
    assert answers == {"-"}


def test_another_city_is_not_found_by_anybody_in_business():
    abroad = [row for row in EXPECTED if row.place.startswith("abroad")]
    made = {
        "agency-new",
        "release-compile",
        "review-approve-many",
        "past-list",
    }  # the place is in the form
    answers = {
        (row.route, row.answers[column])
        for row in abroad
        for column in BUSINESS
        if row.route not in made
    }
    assert {answer for _, answer in answers} == {"-"}
    assert {row.answers["reviewer"] for row in abroad if row.route in made} <= {
        "409", "422", "goes", "page",
    }  # fmt: skip


def test_another_agency_of_the_city_is_not_found_by_an_agency():
    other = [row for row in EXPECTED if row.place == "other"]
    answers = {row.answers[column] for row in other for column in ("reporter", "signer")}
    assert answers == {"-"}


def test_system_and_security_administrators_read_no_figure():
    about = [row for row in EXPECTED if row.route.startswith(FIGURES) and row.place != "*"]
    answers = {row.answers[column] for row in about for column in ADMINISTRATORS}
    assert answers == {"-"}


def test_an_auditor_reads_and_changes_nothing_but_his_own_account():
    own = {"sign-out", "profile", "profile-contact", "change-password", "token-new", "audit-verify"}
    done = {row.route for row in EXPECTED if row.answers["auditor"] == "done"}
    assert done == own


def test_every_act_is_done_by_somebody():
    """Else the row would prove that the form was wrong, not that the person was."""
    acts = {(row.route, row.method) for row in EXPECTED if row.method not in ("GET", "OPTIONS")}
    done = {
        (row.route, row.method)
        for row in EXPECTED
        if not set(row.answers.values()).isdisjoint({"done", "goes", "page"})
    }
    # Switched off unless the operator names a model; its own tests switch it on.
    assert acts - done == {("release-polish", "POST")}


def test_no_row_stands_twice():
    keys = [(row.route, row.method, row.place) for row in EXPECTED]
    assert sorted(keys) == sorted(set(keys))


# Planted faults: each has to turn the matrix red.


@pytest.mark.parametrize(
    ("rows_of", "name"),
    [
        (SubmissionQuerySet, "submission"),
        (SubmissionQuerySet, "evidence-download"),
        (SubmissionQuerySet, "api-submission-detail"),
        (OfficialQuerySet, "figure-page"),
        (ReleaseQuerySet, "release-file"),
    ],
)
def test_a_view_that_forgets_its_scope_is_seen(world, monkeypatch, rows_of, name):
    monkeypatch.setattr(rows_of, "visible_to", lambda self, user: self)
    assert lines(found(world, name, "GET")) != lines(expected(name, "GET"))


def test_an_address_without_a_row_is_seen(world, settings):
    class Module:
        urlpatterns = [path("hidden/", lambda request: None, name="hidden")]

    settings.ROOT_URLCONF = Module
    assert set(addresses()) - set(ROUTES) == {"hidden"}


def test_a_method_without_a_row_is_seen(world, monkeypatch):
    view = require_http_methods(["GET", "HEAD", "DELETE"])(lambda request, pk: None)
    monkeypatch.setattr("tests.gates.test_matrix.ask", lambda *args: view(args_request(), pk=1))
    assert methods_of(world, "submission", ROUTES["submission"]) == {"GET", "HEAD", "DELETE"}


def args_request():
    class Request:
        method, path = "PROBE", "/"

    return Request()
