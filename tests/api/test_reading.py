"""What programs may read, and how it is written."""

import json

import pytest
from django.urls import reverse

from tests import factories
from tests.releases.walking import step
from tracker.catalogue.indicators import edit_indicator
from tracker.catalogue.models import Cycle, Target
from tracker.ledger.models import Entry
from tracker.ledger.standing import void
from tracker.releases.files import ENDINGS
from tracker.releases.issuing import issue
from tracker.releases.models import Release
from tracker.submissions.models import Submission

LISTS = (
    "line", "programme", "indicator", "target", "cycle", "round", "submission", "figure", "release",
)  # fmt: skip


def listing(name: str) -> str:
    return reverse(f"api-{name}-list")


def rows(answer) -> list[dict]:
    assert answer.status_code == 200
    return answer.json()["results"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_something_for_the_lead_office(everything, program, wang, name):
    assert rows(program(wang).get(listing(name))) != []


@pytest.mark.parametrize(
    "name",
    ["programme", "indicator", "target", "cycle", "round", "submission", "figure", "release"],
)
def test_another_line_reads_nothing_of_it(everything, program, sun, name):
    assert rows(program(sun).get(listing(name))) == []


@pytest.mark.parametrize("who", ["qian", "zhou"])
@pytest.mark.parametrize("name", ["submission", "figure", "release"])
def test_administrators_read_no_business_figure(everything, program, who, name, request):
    client = program(request.getfixturevalue(who))
    assert rows(client.get(listing(name))) == []


def test_single_records_of_others_are_not_found(everything, program, sun, submission, draft):
    client = program(sun)
    for name, pk in (
        ("submission", submission.pk),
        ("figure", Entry.objects.first().pk),
        ("release", draft.pk),
        ("indicator", Entry.objects.first().indicator_id),
        ("round", submission.round_id),
    ):
        assert client.get(reverse(f"api-{name}-detail", args=[pk])).status_code == 404


def test_an_indicator_comes_with_definition_and_unit(everything, program, li, money, trained):
    found = rows(program(li).get(listing("indicator"), {"name": "农民工"}))
    assert [
        (one["code"], one["unit"], one["entry_unit"], one["definition"], one["definition_number"])
        for one in found
    ] == [(trained.code, "名", "名", "参加培训并结业的人数", 1)]


def test_an_indicator_tells_the_clause_that_says_its_figure(everything, program, li, wang, trained):
    edit_indicator(trained, by=wang, clause="培训{数}农民工", subject="whole")
    [found] = rows(program(li).get(listing("indicator"), {"name": "农民工"}))
    assert (found["clause"], found["subject"]) == ("培训{数}农民工", "whole")


def test_a_target_is_a_decimal_string_with_its_unit(everything, program, li, trained):
    [target] = rows(program(li).get(listing("target"), {"indicator": trained.code, "year": 2020}))
    assert (target["value"], target["unit"], target["region"]) == ("3000", "名", "3701")


def test_a_figure_carries_value_unit_and_people(everything, program, li, money):
    [found] = rows(program(li).get(listing("figure"), {"indicator": money.code}))
    said = {
        "value": "13020000", "unit": "元", "entered": "1302", "entered_unit": "万元",
        "span": "2020", "region": "3701", "agency_name": "济南市总工会", "reporter": "李",
        "approver": "王", "revision": 1,
    }  # fmt: skip
    assert {name: found[name] for name in said} == said


def test_a_value_keeps_every_digit(ground, li, program, training):
    exact = factories.indicator(li, "占比", unit_name="%", programme_=training, measure="ratio")
    ground.say(exact, "2020", "9999999999999.1234")
    [found] = rows(program(li).get(listing("figure")))
    assert found["value"] == "9999999999999.1234"


def test_only_what_stands_is_given_out(everything, ground, program, wang, li, money):
    better = ground.say(money, "2020", 13030000)
    client = program(li)
    [found] = rows(client.get(listing("figure"), {"indicator": money.code}))
    assert (found["value"], found["revision"]) == ("13030000", 2)
    void(better, by=wang, reason="重复报送")
    assert rows(client.get(listing("figure"), {"indicator": money.code})) == []


def test_the_ledger_goes_on_by_the_last_row_without_counting(
    ground, li, program, trained, django_assert_max_num_queries
):
    for year in range(2010, 2015):
        ground.say(trained, str(year), year)
    client = program(li)
    with django_assert_max_num_queries(6) as asked:
        first = client.get(listing("figure"), {"size": 3}).json()
    sqls = [query["sql"] for query in asked.captured_queries if "ledger_entry" in query["sql"]]
    assert not any("COUNT(*)" in sql or "OFFSET" in sql for sql in sqls)
    assert [one["span"] for one in first["results"]] == ["2014", "2013", "2012"]
    rest = client.get(first["next"]).json()
    assert ([one["span"] for one in rest["results"]], rest["next"]) == (["2011", "2010"], None)


def test_a_submission_comes_whole(everything, program, li, submission, money):
    [short] = rows(program(li).get(listing("submission")))
    assert (short["agency_name"], short["span"], short["status"]) == (
        "济南市总工会",
        "2026-06",
        "draft",
    )
    assert "figures" not in short
    whole = program(li).get(reverse("api-submission-detail", args=[submission.pk])).json()
    [figure] = whole["figures"]
    assert (figure["indicator"], figure["value"], figure["unit"], figure["entered_unit"]) == (
        money.code,
        "13020000",
        "元",
        "万元",
    )
    assert (whole["narratives"], whole["signatures"]) == ([], [])


def test_a_draft_is_the_lead_offices_and_an_issued_release_is_for_all(
    draft, program, wang, sun, zheng
):
    assert [one["id"] for one in rows(program(wang).get(listing("release")))] == [draft.pk]
    assert rows(program(sun).get(listing("release"))) == []
    draft = step(draft, "reading", wang)
    issue(draft, by=zheng, version=draft.version)
    [found] = rows(program(sun).get(listing("release")))
    assert (found["id"], found["status"], found["span"]) == (draft.pk, "issued", "2020")


def test_a_release_comes_with_its_tree_and_the_addresses_of_its_files(draft, program, wang):
    client = program(wang)
    whole = client.get(reverse("api-release-detail", args=[draft.pk])).json()
    latest = whole["latest"]
    assert (whole["versions"], latest["number"]) == ([1], 1)
    assert latest["tree"] == draft.versions.get().tree
    assert set(latest["files"]) == set(ENDINGS)
    again = client.get(reverse("api-release-version", args=[draft.pk, 1])).json()
    assert again == latest
    file = client.get(latest["files"]["json"])
    assert json.loads(file.content) != {}
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert file["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_nobody_writes_or_may_see_is_not_found(draft, program, wang, sun):
    for client, number, ending, status in (
        (program(wang), 1, "exe", 404),
        (program(wang), 9, "docx", 404),
        (program(sun), 1, "docx", 404),
    ):
        address = reverse("api-release-file", args=[draft.pk, number, ending])
        assert client.get(address).status_code == status


def test_a_frozen_file_that_was_changed_is_a_conflict(draft, program, zheng, wang):
    draft = step(draft, "reading", wang)
    issue(draft, by=zheng, version=draft.version)
    frozen = draft.versions.order_by("number").last().files.get(ending="md")
    with open(frozen.file.path, "a", encoding="utf-8") as file:
        file.write("改")
    address = reverse("api-release-file", args=[draft.pk, frozen.version.number, "md"])
    answer = program(wang).get(address)
    assert (answer.status_code, "与印发时不一致" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("figure", {"line": "league"}),
        ("figure", {"span": "2019"}),
        ("figure", {"nature": "final"}),
        ("figure", {"region": "370102"}),
        ("submission", {"status": "approved"}),
        ("submission", {"span": "2026-07"}),
        ("indicator", {"measure": "stock"}),
        ("indicator", {"line": "league"}),
        ("target", {"year": 2019}),
        ("programme", {"line": "league"}),
        ("round", {"state": "closed"}),
        ("cycle", {"frequency": "year"}),
        ("release", {"status": "issued"}),
    ],
)
def test_filters_leave_out_the_rest(everything, program, wang, name, query):
    client = program(wang)
    assert rows(client.get(listing(name))) != []
    assert rows(client.get(listing(name), query)) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("figure", "indicator"),
        ("figure", "agency"),
        ("submission", "round"),
        ("target", "indicator"),
    ],
)
def test_a_filter_tells_nobody_that_an_unseen_record_exists(
    everything, program, sun, submission, money, name, key
):
    """The same answer for what another line has and for what nobody has."""
    there = {"indicator": money.code, "agency": submission.agency_id, "round": submission.round_id}
    client = program(sun)
    hidden = client.get(listing(name), {key: there[key]})
    missing = client.get(listing(name), {key: 987654})
    assert (hidden.status_code, hidden.json()) == (400, missing.json())


def more_of_everything(ground, li, union, city, draft) -> None:
    """One more row on every list."""
    number = Cycle.objects.count() + 10
    programme = factories.programme("union", f"行动{number}")
    made = factories.indicator(li, f"指标{number}", programme_=programme)
    Target.objects.create(indicator=made, region=city, year=2020, value=number)
    cycle = factories.cycle(union, name=f"周期{number}")
    opened = factories.open_round(cycle, factories.month(2026, number % 12 + 1))
    own = Submission.objects.create(round=opened, agency=union)
    own.figures.create(indicator=made, region=city, kind="value", value=1, entered="1")
    ground.say(made, "2020", number)
    Release.objects.create(
        genre=draft.genre, region=city, span=draft.span, title=f"第{number}期", compiled_by=li
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_more_rows(
    everything, ground, li, union, city, draft, program, wang, name,
    django_assert_num_queries, django_assert_max_num_queries,
):  # fmt: skip
    client = program(wang)
    client.get(listing(name))
    with django_assert_max_num_queries(12) as one:
        before = len(rows(client.get(listing(name))))
    for _ in range(2):
        more_of_everything(ground, li, union, city, draft)
    with django_assert_num_queries(len(one.captured_queries)):
        after = len(rows(client.get(listing(name))))
    assert after - before == (0 if name == "line" else 2)


def test_a_whole_submission_costs_the_same_with_more_figures(
    everything, program, li, submission, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = program(li), reverse("api-submission-detail", args=[submission.pk])
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    figure = submission.figures.get()
    for member in ("甲", "乙"):
        figure.pk, figure.member = None, member
        figure.save()
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(client.get(address).json()["figures"]) == 3
