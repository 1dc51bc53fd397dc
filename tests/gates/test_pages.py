"""Every page of every role in a real browser: quiet, on a desk and on a phone, for ear and keyboard."""

import pytest

from tests.browser.conftest import (  # noqa: F401 - fixtures
    DESK,
    PHONE,
    accessible,
    chromium,
    complaints,
    shot,
    visit,
)
from tests.gates.asking import address, places_of
from tests.gates.routes import ROUTES
from tests.gates.test_matrix import EXPECTED
from tests.gates.world import ROLES, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What is given out as a file or as data, and the parts that a page fetches.
FILES = {
    "evidence-download", "release-file", "dispatch-table", "release-figure", "workbook-export", "workbook-template",
    "workbook-marked", "history-marked", "example-word", "submission-matrix-file",
    "submission-workbook-template", "submission-workbook-marked", "past-lacking", "review-statistics-file",
    "release-compare-file", "release-approval-file", "release-scan", "release-edit-figure", "evidence-thumbnail",
    "word-book-template", "word-book-export", "word-book-marked",
    "roster-book-template", "roster-book-export", "roster-book-marked",
}  # fmt: skip


@pytest.fixture
def world(transactional_db):
    return build()


def pages(world, role: str) -> list[str]:
    """The addresses of the pages that the role is given, each at the first place it sees."""
    seen = {}
    for row in EXPECTED:
        shown = row.route == "api-docs" or not row.route.startswith("api-")
        given = row.method == "GET" and row.answers[role] == "page"
        if given and shown and row.route not in FILES:
            seen.setdefault(row.route, row.place)
    things = {name: dict(places_of(world, ROUTES[name])) for name in seen}
    return [
        address(name, ROUTES[name], at, things[name][at])
        + ROUTES[name].query(world, things[name][at])
        for name, at in seen.items()
    ]


def test_no_page_complains_to_anybody(world, visit, complaints):  # noqa: F811
    """No error in the console, no violation of the policy, no foreign address, no status from 400."""
    found = {}
    for role, username in ROLES.items():
        page = visit(world.city.people[username], "/notices/")
        for url in pages(world, role):
            page.goto(url)
            if complaints:
                found[role, url] = list(complaints)
                complaints.clear()
        page.context.close()
    assert found == {}


def first_readers(world) -> dict[str, str]:
    """Address -> the role that sees most, for each page once."""
    found = {}
    for role in ("reviewer", "reporter", "system_admin", "security_admin", "auditor", "signer"):
        for url in pages(world, role):
            found.setdefault(url, role)
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_scrolls_sideways(world, visit, size):  # noqa: F811
    wide, open_pages = {}, {}
    for url, role in first_readers(world).items():
        if role not in open_pages:
            open_pages[role] = visit(world.person(role), "/notices/", size=size)
        page = open_pages[role]
        page.goto(url)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
            wide[url] = width
    assert wide == {}


def test_every_page_reads_aloud(world, visit, accessible):  # noqa: F811
    """axe finds nothing; the offline document of the interface is not ours to word."""
    found, open_pages = {}, {}
    for url, role in first_readers(world).items():
        if url == "/api/v1/docs/":
            continue
        if role not in open_pages:
            open_pages[role] = visit(world.person(role), "/notices/")
        open_pages[role].goto(url)
        try:
            accessible(open_pages[role])
        except AssertionError as fault:
            found[url] = str(fault)[:400]
    assert found == {}
