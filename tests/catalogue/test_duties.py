import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, RegionOverlap
from tests import factories
from tests.ledger.ground import Ground
from tracker.catalogue.duties import (
    agencies_of,
    answers_for,
    cells,
    cells_of,
    expected_agencies,
    indicators_of,
)
from tracker.catalogue.models import Cycle, Duty, Programme


@pytest.fixture
def county(city_with_people):
    """county(code) is the trade union of that county."""
    return Ground(city_with_people).county_union


@pytest.fixture
def owed(union):
    """owed(filing, agency) are the cells of a duty, as one reads them."""

    def cells_said(filing="own", agency=union):
        cycle = Cycle.objects.first() or factories.cycle(union, filing=filing)
        duty, _ = Duty.objects.update_or_create(
            cycle=cycle, agency=agency, defaults={"filing": filing}
        )
        return [(cell.indicator.name, cell.region.code, cell.scope) for cell in cells(duty)]

    return cells_said


def test_an_agency_owes_the_indicators_of_its_line_at_its_own_region(wang, owed, league):
    factories.indicator(wang, "培训")
    factories.indicator(wang, "别条线", programme_=factories.programme("league", "希望小屋"))
    assert owed() == [("培训", "3701", "")]
    assert owed(agency=league) == [("别条线", "3701", "")]


def test_the_order_is_that_of_programmes_then_indicators(wang, owed):
    late, early = factories.programme(name="后", order=2), factories.programme(name="先", order=1)
    factories.indicator(wang, "三", programme_=late)
    factories.indicator(wang, "一", programme_=early)
    factories.indicator(wang, "二", programme_=early)
    assert [name for name, _, _ in owed()] == ["一", "二", "三"]


def test_retired_indicators_and_programmes_and_recomputed_ratios_are_not_owed(wang, owed):
    part, whole = factories.indicator(wang, "分子"), factories.indicator(wang, "分母")
    factories.indicator(wang, "比例", measure="ratio", numerator=part, denominator=whole)
    factories.indicator(wang, "停用", active=False)
    closed = factories.programme(name="停用项目")
    factories.indicator(wang, "停用项目的", programme_=closed)
    Programme.objects.filter(pk=closed.pk).update(active=False)
    assert [name for name, _, _ in owed()] == ["分子", "分母"]


def test_one_indicator_has_one_source_at_its_place(wang, owed, union, league, county):
    factories.indicator(wang, "青年工会数", source=league)
    factories.indicator(wang, "县里也报", source=union, level="county")
    factories.indicator(wang, "县里报别家的", source=league, level="county")
    assert owed() == [("县里也报", "3701", "本级")]
    assert owed(agency=league) == [
        ("青年工会数", "3701", ""),
        ("县里报别家的", "3701", "本级"),
    ]
    assert owed(agency=county("370102")) == [
        ("县里也报", "370102", ""),
        ("县里报别家的", "370102", ""),
    ]


def test_what_the_city_reports_is_not_owed_by_counties(wang, owed, county):
    factories.indicator(wang, "市里报")
    assert owed(agency=county("370102")) == []


def test_one_clerk_reports_for_every_county(wang, owed):
    factories.indicator(wang, "县级数", level="county")
    factories.indicator(wang, "市级数")
    assert owed("for_subordinates") == [
        ("县级数", "370102", ""),
        ("县级数", "370103", ""),
        ("县级数", "370124", ""),
        ("市级数", "3701", ""),
    ]


def test_a_managed_township_is_reported_by_its_manager(wang, owed, county, city):
    factories.indicator(wang, "镇级数", level="town")
    own, manager = county("370102"), county("370103")
    assert owed("for_subordinates", own) == [("镇级数", "370102001", "")]
    town = city.children.get(code="370102").children.get()
    RegionOverlap.objects.create(region=town, managed_by=manager.region)
    assert owed("for_subordinates", own) == []
    assert owed("for_subordinates", manager) == [("镇级数", "370102001", "")]


def test_what_is_summed_from_below_stands_at_the_own_region(wang, owed):
    factories.indicator(wang, "县级数", level="county")
    assert owed("from_subordinates") == [("县级数", "3701", "")]


def test_a_cycle_or_a_duty_may_name_its_indicators(wang, union):
    first, second, third = (factories.indicator(wang, name) for name in ("一", "二", "三"))
    cycle = factories.cycle(union)
    duty = cycle.duties.get()
    cycle.indicators.set([first, second])
    assert indicators_of(duty) == [first, second]
    duty.indicators.set([third])
    assert indicators_of(duty) == [third]


def test_many_duties_take_as_many_queries_as_one(wang, union, league, county):
    for name in ("一", "二", "三"):
        factories.indicator(wang, name, level="county")
    cycle = factories.cycle(union, county("370102"), county("370103"), filing="for_subordinates")
    duties = list(cycle.duties.all())

    def queries(some):
        with CaptureQueriesContext(connection) as seen:
            cells_of(some)
        return len(seen)

    assert queries(duties[:1]) == queries(duties)


def test_those_who_owe_are_those_with_an_active_duty(union, league):
    cycle = factories.cycle(union, league)
    Duty.objects.filter(agency=league).update(active=False)
    assert list(agencies_of(cycle)) == [union]


def test_expected_are_the_agencies_of_the_reporting_level(wang, union, county, league):
    counties = [county("370102"), county("370103")]
    cycle = factories.cycle(union)
    assert expected_agencies(cycle) == []
    factories.indicator(wang, "县级数", level="county", source=union)
    assert expected_agencies(cycle) == [union, *counties]
    cycle.filing = "for_subordinates"
    assert expected_agencies(cycle) == [union]


def test_only_named_indicators_decide_who_is_expected(wang, union, county):
    county("370102")
    city_s = factories.indicator(wang, "市级数")
    factories.indicator(wang, "县级数", level="county")
    cycle = factories.cycle(union)
    cycle.indicators.set([city_s])
    assert expected_agencies(cycle) == [union]


def test_a_guest_answers_for_what_it_is_the_source_of_and_nothing_else(wang, union, city):
    enterprise = Agency.objects.create(
        line=union.line,
        region=city,
        name="某某厂",
        short_name="某厂",
        spoken_name="某厂",
        is_guest=True,
    )
    own = factories.indicator(wang, "厂里的", source=enterprise)
    other = factories.indicator(wang, "工会的", source=union)
    assert answers_for(enterprise, own)
    assert not answers_for(enterprise, other)
