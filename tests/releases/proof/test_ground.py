"""What the database gives to be quoted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from tests import factories
from tracker.catalogue.models import Target
from tracker.catalogue.spans import span_of
from tracker.ledger import standing
from tracker.releases.proof import ground_of, prove_text
from tracker.releases.proof.grounding import keys_around


def values(ground):
    return {source.key: int(source.value) for source in ground.sources}


def test_entries_passage_figures_and_places_stand_in_it(approved):
    known = ground_of(approved.region, approved.year)
    [number] = approved.practice.figures.all()
    assert values(known) == {
        f"e{approved.people.pk}": 3221,
        f"e{approved.sum.pk}": 13020000,
        f"pf{number.pk}": 400000,
    }
    entry = known.by_key[f"e{approved.people.pk}"]
    assert (entry.name, entry.unit, entry.span, entry.region, entry.entries) == (
        "培训农民工", "名", "2020", "3701", (approved.people.pk,),
    )  # fmt: skip


def test_a_start_value_is_a_source_of_its_own(approved, ground):
    standard = factories.indicator(
        ground.people["li"], "农村低保标准", unit_name="元/月", measure="standard"
    )
    entry = ground.say(standard, "2020", 676, start_value=300, start_text="2016年")
    known = ground_of(approved.region, approved.year)
    assert int(known.by_key[f"e{entry.pk}_start"].value) == 300
    text = "农村低保标准由300元/月提高到676元/月，增长125.33%。"
    assert [str(one.verdict) for one in prove_text(text, known).figures] == [
        "verified", "verified", "derived",
    ]  # fmt: skip


def test_a_corrected_a_void_and_a_suspended_value_are_known_as_stale(approved, ground):
    wang = ground.people["wang"]
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    standing.void(approved.sum, by=wang, reason="重复")
    known = ground_of(approved.region, approved.year)
    report = prove_text("培训农民工3221名，挽回经济损失1302万元，培训农民工3300名。", known)
    assert [(one.figure.raw, str(one.verdict)) for one in report.figures] == [
        ("3221名", "stale"), ("1302万元", "stale"), ("3300名", "verified"),
    ]  # fmt: skip


def test_counties_and_the_year_before_stand_beside(approved, ground):
    county = ground.region("370102")
    ground.say(approved.trained, "2020", 321, region=county)
    ground.say(approved.trained, "2019", 3000)
    known = ground_of(approved.region, approved.year)
    right = f"{county.name}培训农民工321名，2019年全市培训农民工3000名。"
    assert {str(one.verdict) for one in prove_text(right, known).figures} == {"verified"}
    wrong = "全市培训农民工321名。"
    assert [str(one.verdict) for one in prove_text(wrong, known).figures] == ["mismatch"]


def test_what_counties_reported_is_added_up(approved, ground):
    flow = factories.indicator(ground.people["li"], "走访家庭", unit_name="户", level="county")
    for code, value in (("370102", 300), ("370103", 200)):
        ground.say(flow, "2020", value, region=ground.region(code))
    known = ground_of(approved.region, approved.year)
    [one] = prove_text("全市走访家庭500户。", known).figures
    assert (str(one.verdict), one.source.op) == ("verified", "SUM")


def test_the_year_to_date_may_be_quoted_in_a_report_of_a_month(approved, ground):
    flow = factories.indicator(ground.people["li"], "走访家庭", unit_name="户")
    for month, value in (("2021-01", 100), ("2021-02", 150), ("2021-03", 200)):
        ground.say(flow, month, value)
    known = ground_of(approved.region, span_of("2021-03"))
    report = prove_text("3月走访家庭200户，今年以来走访家庭450户。", known)
    assert [str(one.verdict) for one in report.figures] == ["verified", "verified"]


def test_targets_and_kinship_come_with_it(approved, ground):
    Target.objects.create(indicator=approved.trained, region=approved.region, year=2020, value=4000)
    approved.trained.wholes.add(approved.money)
    known = ground_of(approved.region, approved.year)
    aim = known.aims[approved.trained.pk, "3701"]
    assert (aim.kind, int(aim.value)) == ("at_least", 4000)
    assert known.kin[approved.trained.pk].wholes == {approved.money.pk}


def test_the_parts_of_the_region_come_with_it_and_their_members_by_name(approved, ground):
    county = ground.region("370102")
    ground.say(approved.trained, "2020", 321, region=county, member="第一车间")
    known = ground_of(approved.region, approved.year)
    assert known.places["370102"].names[0] == county.name
    assert [one.member for one in known.sources if one.region == "370102"] == ["第一车间"]


def test_lines_leave_out_the_others(approved, city_with_people):
    own, other = (line for line in (city_with_people.union.line, city_with_people.league.line))
    assert len(ground_of(approved.region, approved.year, [own]).sources) == 3
    assert ground_of(approved.region, approved.year, [other]).sources == ()


def test_everybody_with_a_post_is_in_the_roster(approved):
    known = {
        official.name: official.posts
        for official in ground_of(approved.region, approved.year).officials
    }
    one = Appointment.objects.select_related("user").first()
    assert one.post in known[one.user.name]


def test_as_many_queries_for_three_rows_as_for_one(approved, ground, li):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ground_of(approved.region, approved.year)
        return len(queries)

    first = asked()
    for number in range(3):
        more = factories.indicator(li, f"走访慰问对象{number}", unit_name="户")
        ground.say(more, "2020", 100 + number)
        ground.say(more, "2019", 90 + number)
    assert asked() == first


@pytest.mark.parametrize(
    ("key", "some"),
    [
        ("2020", {"2020", "2019", "2020H1", "2020Q3", "2020-12"}),
        ("2021-03", {"2021-03", "2021-02", "2020-03", "2021Q1", "2021H1", "2021", "2020"}),
        ("2021Q2", {"2021Q2", "2021Q1", "2020Q2", "2021H1", "2021-05"}),
    ],
)
def test_the_spans_that_may_be_quoted(key, some):
    assert some <= keys_around(key)
