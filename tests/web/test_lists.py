"""Lists: filtered, sorted, paged, all of it in the address."""

import pytest
from django.test import RequestFactory

from accounts.models import Agency, Region
from tests.cast import agency
from tests.web.desk import SORTS, AgencyFilter
from tracker.web import lists, paging

pytestmark = pytest.mark.django_db


def listing(query="", **options):
    request = RequestFactory().get(f"/desk/agencies/?{query}")
    rows = Agency.objects.all()
    options = {"sorts": SORTS, "sort": "name", "filters": AgencyFilter, "size": 2} | options
    return lists.listing(request, rows, **options)


@pytest.fixture
def three(union, league, lead_office):
    return sorted([union, league, lead_office], key=lambda row: row.name)


def test_a_list_begins_in_its_own_order(three):
    found = listing()
    assert (list(found), found.sort, found.filtered) == (three[:2], "name", False)


def test_a_key_with_a_minus_turns_every_column_round(three):
    assert list(listing("sort=-name")) == three[::-1][:2]
    assert lists.columns(SORTS, "-place") == ["-region__path", "name", "pk"]


@pytest.mark.parametrize("key", ["password", "-region__lead_office__name", "--name", "", "name,pk"])
def test_an_order_that_is_not_offered_is_ignored(three, key):
    found = listing(f"sort={key}")
    assert (list(found), found.sort) == (three[:2], "name")


def test_a_filter_leaves_out_the_rest_and_says_so(three, union):
    found = listing("line=union")
    assert (list(found), found.filtered) == ([union], True)


def test_a_filter_value_that_is_not_offered_is_named_under_its_field(three):
    found = listing("line=nonsense")
    assert list(found.filters.form.errors) == ["line"]


@pytest.mark.parametrize(("page", "number"), [("2", 2), ("99", 2), ("-1", 2), ("x", 1), ("", 1)])
def test_a_wrong_page_gives_the_nearest(three, page, number):
    assert listing(f"page={page}").page.number == number


def test_a_list_costs_the_same_for_one_row_and_for_three(
    sign_in, wang, qian, city, desk, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(wang)
    with django_assert_max_num_queries(12) as one:
        client.get("/desk/agencies/?line=union")
    agency("union", city, "市直机关工会", "机关工会", by=qian)
    with django_assert_num_queries(len(one)):
        client.get("/desk/agencies/?line=union")


def test_links_keep_filters_and_order_but_not_the_page(sign_in, wang, desk):
    page = sign_in(wang).get("/desk/agencies/?line=union&sort=name&page=1").text
    assert 'href="?line=union&amp;sort=-name"' in page
    assert '<input type="hidden" name="sort" value="name">' in page


def test_a_window_goes_on_from_the_last_row_seen(city):
    keys = list(Region.objects.order_by("-pk").values_list("pk", flat=True))
    seen, query = [], ""
    while True:
        found = paging.window(RequestFactory().get(f"/?{query}"), Region.objects.all(), 2)
        seen += [row.pk for row in found.rows]
        if found.further is None:
            break
        query = f"before={found.further}"
    assert seen == keys


@pytest.mark.parametrize("before", ["x", "-3", "²", "9" * 30])
def test_a_window_from_nowhere_begins_at_the_newest(city, before):
    found = paging.window(RequestFactory().get("/", {"before": before}), Region.objects.all(), 2)
    newest = Region.objects.order_by("-pk")[:2]
    assert (found.rows, found.begins) == (list(newest), True)


def test_a_window_counts_nothing_and_skips_nothing(city, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        paging.window(RequestFactory().get("/?before=3"), Region.objects.all(), 2)
    statement = asked.captured_queries[0]["sql"]
    assert ("COUNT" in statement, "OFFSET" in statement) == (False, False)


def test_the_page_of_a_window_leads_further_and_back(sign_in, wang, desk):
    first = sign_in(wang).get("/desk/regions/")
    further = first.context["window"].further
    assert f'href="?before={further}"' in first.text
    second = sign_in(wang).get(f"/desk/regions/?before={further}").text
    assert "回到最新" in second
