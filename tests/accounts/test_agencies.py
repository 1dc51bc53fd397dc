"""Agencies and regions through time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Agency, AuditEntry, Line, Region, RegionOverlap, lead_office_of
from accounts.models.places import strip_code
from accounts.rules import Refused
from accounts.services import (
    add_area,
    close_agency,
    create_agency,
    edit_agency,
    end_overlap,
    manage_for,
    move_agency,
    rename_agency,
    reopen_agency,
    retire_region,
    save_line,
    set_lead,
)
from tests.cast import LEAD, SINCE, agency, employ

pytestmark = pytest.mark.django_db
DAY = date(2020, 5, 1)


def region(code):
    return Region.objects.get(code=code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("370000", "37"),
        ("370100", "3701"),
        ("370102", "370102"),
        ("370102000", "370102"),
        ("370102001", "370102001"),
        ("370102001000", "370102001"),
        ("370102001001", "370102001001"),
        ("370100000000", "3701"),
        ("3701", "3701"),
        (" 37 ", "37"),
    ],
)
def test_trailing_zeros_of_a_code_are_accepted(written, code):
    assert strip_code(written) == code


@pytest.mark.parametrize("written", ["", "3", "37010", "37010x", "１２３４５６", "3701020010011"])
def test_a_text_that_is_no_code_is_refused(written):
    with pytest.raises(ValueError, match="不是区划代码"):
        strip_code(written)


def test_a_subtree_is_found_by_path(city):
    assert {one.code for one in Region.objects.within(city)} == {
        "3701",
        "370102",
        "370103",
        "370124",
        "370102001",
    }
    assert [one.code for one in Region.objects.above(region("370102001"))] == [
        "37",
        "3701",
        "370102",
        "370102001",
    ]
    assert region("370102001").prefecture == "3701"
    assert (city.full_code, region("370102001").full_code) == ("370100", "370102001")


def test_a_region_is_valid_from_its_first_to_its_last_day(city):
    Region.objects.filter(code="370124").update(valid_from=DAY, valid_to=DAY)
    valid = [
        region("370124") in Region.objects.valid(DAY + timedelta(days=days)) for days in (-1, 0, 1)
    ]
    assert valid == [False, True, False]


def test_the_nearest_lead_office_decides(lead_office, qian):
    county = agency("union", region("370102"), "历下区总工会", "区总", by=qian)
    assert lead_office_of(region("370102001")) == lead_office
    set_lead(county, region("370102"), by=qian)
    assert lead_office_of(region("370102001")) == county
    assert lead_office_of(region("370103")) == lead_office
    assert lead_office_of(region("37")) is None


def test_there_is_one_lead_office_a_region_and_only_inside_it(lead_office, union, qian, city):
    with pytest.raises(Refused, match=f"济南市已有牵头单位：{LEAD}"):
        set_lead(union, city, by=qian)
    with pytest.raises(Refused, match="不在平阴县范围内"):
        set_lead(union, region("370124"), by=qian)


def test_a_county_reviewer_cannot_make_a_lead_office_above_her(city_with_people, qian, lead_office):
    county = agency("union", region("370102"), "历下区总工会", "区总", by=qian)
    set_lead(county, region("370102"), by=qian)
    reviewer = employ(city_with_people, "ge", "葛", county, "主任", "reviewer")
    set_lead(lead_office, None, by=qian)
    with pytest.raises(Refused, match="只有系统管理员和牵头单位的主管"):
        set_lead(county, region("3701"), by=reviewer)
    assert set_lead(county, None, by=reviewer).leads is None


def test_an_agency_gets_its_names_and_its_default_superior(union, qian, league):
    made = create_agency(
        line=union.line, region=region("370102001"), name="解放路街道总工会", since=SINCE, by=qian
    )
    assert (made.superior, made.short_name, made.spoken_name) == (union, made.name, made.name)
    assert made.name_on(SINCE).name == "解放路街道总工会"
    assert made.superior_on(SINCE) == union
    assert made.superior_on(SINCE - timedelta(days=1)) is None
    assert AuditEntry.objects.latest("seq").act == "agency.create"


def test_two_agencies_in_use_do_not_share_a_name(union, qian, city, league):
    with pytest.raises(Refused, match="已有名为“济南市总工会”的机构"):
        agency("union", city, "济南市总工会", "总工会", by=qian)
    with (
        pytest.raises(IntegrityError, match="agency_name_once|accounts_agency.name"),
        transaction.atomic(),
    ):
        Agency.objects.filter(pk=league.pk).update(name=union.name)


@pytest.mark.parametrize("who", ["li", "zhang", "wu", "zheng", "zhou", "zhao"])
def test_agencies_are_kept_by_two_offices_only(who, city_with_people, union):
    by = city_with_people.people[who]
    with pytest.raises(Refused):
        rename_agency(union, name="甲", short_name="乙", spoken_name="丙", since=DAY, by=by)
    with pytest.raises(Refused):
        agency("union", region("370102"), "历下区总工会", "区总", by=by)
    with pytest.raises(Refused):
        save_line(None, name="残联", by=by)


def test_documents_of_earlier_days_keep_the_earlier_name(league, wang):
    rename_agency(league, name="新名", short_name="新", spoken_name="新称", since=DAY, by=wang)
    names = [league.name_on(DAY + timedelta(days=days)).name for days in (-1, 0, 1)]
    assert names == ["共青团济南市委员会", "新名", "新名"]
    assert (league.name, league.short_name, league.spoken_name) == ("新名", "新", "新称")
    assert AuditEntry.objects.latest("seq").data == {
        "before": "共青团济南市委员会",
        "after": "新名",
        "since": "2020-05-01",
    }


def test_a_name_of_the_same_day_is_corrected_in_place(league, qian):
    for name in ("错名", "对名"):
        rename_agency(league, name=name, short_name=name, spoken_name=name, since=DAY, by=qian)
    assert list(league.names.values_list("name", flat=True)) == ["共青团济南市委员会", "对名"]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (SINCE - timedelta(days=1), "不能早于现行记录的启用日期2015-01-01"),
        (date(2999, 1, 1), "不能晚于今天"),
    ],
)
def test_history_is_not_rewritten_and_not_foreseen(since, said, league, union, qian):
    with pytest.raises(Refused, match=said):
        rename_agency(league, name="甲", short_name="", spoken_name="", since=since, by=qian)
    with pytest.raises(Refused, match=said):
        move_agency(league, union, since=since, by=qian)
    league.refresh_from_db()
    assert (league.name, league.superior) == ("共青团济南市委员会", None)


def test_an_agency_moves_under_another_and_its_past_stays(league, union, qian):
    move_agency(league, union, since=DAY, by=qian)
    assert league.superior == union
    assert [league.superior_on(DAY + timedelta(days=days)) for days in (-1, 0)] == [None, union]


def test_an_agency_does_not_move_under_itself_or_its_own(union, qian):
    county = agency("union", region("370102"), "历下区总工会", "区总", by=qian)
    town = agency("union", region("370102001"), "解放路街道总工会", "街总", by=qian)
    for superior in (union, county, town):
        with pytest.raises(Refused, match="自身或其下级"):
            move_agency(union, superior, since=DAY, by=qian)
    assert set(Agency.objects.under([county.pk])) == {county, town}
    assert list(Agency.objects.under([])) == []


def test_an_agency_with_others_below_it_or_a_lead_office_is_not_closed(union, lead_office, qian):
    county = agency("union", region("370102"), "历下区总工会", "区总", by=qian)
    with pytest.raises(Refused, match="还有1个下级机构在用"):
        close_agency(union, reason="撤并", by=qian)
    with pytest.raises(Refused, match="是济南市的牵头单位"):
        close_agency(lead_office, reason="撤并", by=qian)
    close_agency(county, reason="撤并", by=qian)
    assert close_agency(union, reason="撤并", by=qian).active is False


def test_a_closed_agency_comes_back_unless_its_name_is_taken(league, qian, city):
    close_agency(league, reason="撤并", by=qian)
    agency("league", city, league.name, "团", by=qian)
    with pytest.raises(Refused, match="已有名为"):
        reopen_agency(league, by=qian)
    rename_agency(league, name="旧团市委", short_name="", spoken_name="", since=DAY, by=qian)
    assert reopen_agency(league, by=qian).active is True


def test_line_and_guest_of_an_agency_are_edited(league, qian):
    general = Line.objects.get(code="general")
    edit_agency(league, line=general, is_guest=True, by=qian)
    league.refresh_from_db()
    assert (league.line, league.is_guest) == (general, True)


def test_a_line_is_added_at_the_end(qian):
    line = save_line(None, name="残联", by=qian)
    assert [one.name for one in Line.objects.all()][-1] == "残联"
    assert save_line(line, name="市残联", by=qian).order == line.order + 1
    with pytest.raises(Refused, match="已有名为“工会”的条线"):
        save_line(line, name="工会", by=qian)


def test_a_reporting_area_has_a_code_of_its_city(city, qian, wang):
    area = add_area(code="3701gx", name="高新区", parent=city, since=DAY, by=qian)
    assert (area.code, area.path, area.kind, area.level) == (
        "3701GX",
        "37/3701/3701GX/",
        "area",
        "county",
    )
    for code in ("3702GX", "37", "3701-1", "3701GX00000001"):
        with pytest.raises(Refused, match="功能区代码应以3701开头"):
            add_area(code=code, name="错", parent=city, by=qian)
    with pytest.raises(Refused, match="代码3701GX已被使用"):
        add_area(code="3701GX", name="重", parent=city, by=qian)
    with pytest.raises(Refused, match="只有系统管理员"):
        add_area(code="3701JK", name="经开区", parent=city, by=wang)


def test_a_township_managed_elsewhere_is_on_the_list_once(qian):
    town, county = region("370102001"), region("370103")
    overlap = manage_for(town, county, note="开发区", by=qian)
    assert (overlap.region, overlap.managed_by, overlap.valid_to) == (town, county, None)
    with pytest.raises(Refused, match="已登记代管"):
        manage_for(town, region("370124"), by=qian)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionOverlap.objects.create(region=town, managed_by=region("370124"))
    end_overlap(overlap, by=qian)
    assert manage_for(town, region("370124"), by=qian).managed_by.name == "平阴县"
    with pytest.raises(Refused, match="本有隶属关系"):
        manage_for(region("370102"), town, by=qian)


def test_a_region_ends_but_not_before_it_began(qian):
    county = region("370124")
    retire_region(county, ends=DAY, by=qian)
    assert county not in Region.objects.valid(timezone.localdate())
    Region.objects.filter(pk=county.pk).update(valid_from=DAY)
    county.refresh_from_db()
    with pytest.raises(Refused, match="停用日期早于启用日期"):
        retire_region(county, ends=DAY - timedelta(days=1), by=qian)


def test_the_words_for_things_are_their_names(union, league, qian):
    overlap = manage_for(region("370102001"), region("370103"), by=qian)
    assert [
        str(one) for one in (union, union.line, union.names.get(), union.links.get(), overlap)
    ] == [
        "市总工会",
        "工会",
        "济南市总工会",
        "市总工会 ← 无上级",
        "解放路街道由市中区代管",
    ]
