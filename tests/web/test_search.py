"""取数: whoever may see a figure finds it, with everything that makes it quotable."""

# ruff: noqa: F811 - fixtures of the gate are taken over by name

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Line
from tests import factories
from tests.ledger.ground import Ground
from tests.web.review.conftest import (  # noqa: F401 - fixtures
    cycle,
    file_for,
    filed,
    june,
    money,
    submission,
    trained,
)
from tracker.ledger.models import Entry
from tracker.ledger.standing import void
from tracker.review.services import approve, reopen
from tracker.submissions.models import Evidence

SEARCH = "/figures/"


@pytest.fixture
def ground(city_with_people) -> Ground:
    return Ground(city_with_people)


@pytest.fixture
def helped(li):
    """户, per period."""
    return factories.indicator(
        li, "走访困难职工", unit_name="户", programme_=factories.programme(name="困难帮扶行动")
    )


@pytest.fixture
def said(ground, helped) -> Entry:
    return ground.say(helped, "2020-12", 320, as_of_text="2020年底")


def found(answer) -> list[str]:
    return [f"{one.said['name']} {one.said['value']}" for one in answer.context["window"].rows]


def test_a_figure_is_found_with_all_that_makes_it_quotable(said, helped, li, sign_in):
    helped.definitions.update(text="入户走访的困难职工家庭")
    answer = sign_in(li).get(SEARCH, {"q": "困难 2020年12月"})
    assert found(answer) == ["走访困难职工 320户"]
    assert answer.context["window"].rows[0].said["sentence"] == (
        "2020年12月，济南市走访困难职工320户；截至2020年底；口径：入户走访的困难职工家庭；"
        "济南市总工会报送，王于2021年4月2日核定。"
    )
    assert 'data-copy="2020年12月，济南市走访困难职工320户' in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("困难职工", 1),
        ("帮扶行动", 1),
        ("济南市总工会 2020", 1),
        ("慰问", 1),
        ("2020年第四季度", 0),
        ("2019", 0),
        ("困难 历下区", 0),
        ("", 1),
    ],
)
def test_every_word_has_to_be_found_in_its_names(said, helped, li, sign_in, words, count):
    helped.aliases = ["慰问户数"]
    helped.save()
    answer = sign_in(li).get(SEARCH, {"q": words})
    assert len(found(answer)) == count
    assert ("没有符合条件的已核定数据" in answer.content.decode()) == (count == 0)


def test_filters_stand_in_the_address(ground, said, helped, wang, sign_in):
    ground.say_at("370102", helped, "2021-03", 12)
    browser = sign_in(wang)
    assert found(browser.get(SEARCH, {"region": "历下"})) == ["走访困难职工 12户"]
    assert found(browser.get(SEARCH, {"region": "370102"})) == ["走访困难职工 12户"]
    assert found(browser.get(SEARCH, {"period": "2020"})) == ["走访困难职工 320户"]
    assert len(found(browser.get(SEARCH, {"programme": helped.programme_id}))) == 2
    assert found(browser.get(SEARCH, {"line": Line.objects.get(code="league").pk})) == []


@pytest.mark.parametrize(
    ("who", "count"),
    [("li", 1), ("zhang", 1), ("wang", 1), ("wu", 1), ("zheng", 1), ("zhao", 1), ("sun", 0)],
)
def test_agencies_find_their_own_and_the_lead_office_everybodys(said, who, count, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    assert len(found(browser.get(SEARCH))) == count
    status = browser.get(reverse("figure-page", args=[said.pk])).status_code
    assert status == (200 if count else 404)


@pytest.mark.parametrize("who", ["qian", "zhou"])
def test_administrators_have_no_such_page(said, who, sign_in, request):
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(SEARCH).status_code == 404
    assert browser.get(reverse("figure-page", args=[said.pk])).status_code == 404


def test_a_superior_finds_what_its_subordinates_reported(ground, helped, li, sign_in):
    ground.say_at("370102", helped, "2020-12", 7)
    assert found(sign_in(li).get(SEARCH)) == ["走访困难职工 7户"]


def test_a_figure_is_written_as_it_was_reported(ground, li, sign_in):
    money = factories.indicator(
        li, "送温暖资金", unit_name="元", entry_scale="万", entry_mode="cumulative"
    )
    ground.say(
        money, "2020", 5000000, entered="500", entered_unit="万元", qualifier="余",
        base_text="2016年以来", member="受援地", scope="本级",
    )  # fmt: skip
    ground.say(money, "2019", kind="zero", entered="0", **{"value": 0})
    answer = sign_in(li).get(SEARCH)
    assert found(answer) == ["送温暖资金 零报告", "送温暖资金（受援地） 累计500余万元"]
    assert answer.context["window"].rows[1].said["sentence"] == (
        "2020年，济南市本级送温暖资金（受援地）累计500余万元；起算：2016年以来；"
        "济南市总工会报送，王于2021年4月2日核定。"
    )


def test_what_was_asked_for_on_one_day_names_the_day(ground, helped, li, sign_in):
    ground.say(helped, "2021-04-14", 5)
    assert "2021年4月14日" in sign_in(li).get(SEARCH).content.decode()


def test_only_what_stands_is_found_and_the_history_keeps_the_rest(
    ground, said, helped, wang, sign_in
):
    better = ground.say(helped, "2020-12", 321)
    browser = sign_in(wang)
    assert found(browser.get(SEARCH)) == ["走访困难职工 321户"]
    old = browser.get(reverse("figure-page", args=[said.pk])).content.decode()
    assert "这个数已被更正" in old
    void(better, by=wang, reason="重复报送")
    assert found(browser.get(SEARCH)) == []
    page = browser.get(reverse("figure-page", args=[better.pk]))
    assert [row.said["value"] for row in page.context["revisions"]] == ["321户", "320户"]
    assert "这个数已作废，不能引用。" in page.content.decode()
    assert "重复报送" in page.content.decode()


def test_the_page_leads_to_the_submission_its_people_and_its_evidence(
    filed,
    money,
    li,
    wang,
    sign_in,
):
    figure = filed.figures.get(indicator=money)
    Evidence.objects.create(
        submission=filed, figure=figure, by=li, name="到账凭证.pdf", size=9,
        file=SimpleUploadedFile("x.pdf", b"%PDF-1.7 "), content_type="application/pdf", sha256="0",
    )  # fmt: skip
    approve(filed, by=wang, version=filed.version)
    entry = Entry.objects.get(indicator=money)
    page = sign_in(li).get(reverse("figure-page", args=[entry.pk])).content.decode()
    for words in (filed.get_absolute_url(), "到账凭证.pdf", "李", "张", "王", "第1版"):
        assert words in page


def test_a_reopened_figure_is_not_found_and_says_why(filed, money, wang, li, sign_in):
    done = approve(filed, by=wang, version=filed.version)
    reopen(done, by=wang, version=done.version, note="资金重报")
    browser = sign_in(li)
    assert found(browser.get(SEARCH)) == []
    entry = Entry.objects.get(indicator=money)
    page = browser.get(reverse("figure-page", args=[entry.pk])).content.decode()
    assert "在重新核定之前暂停使用" in page
    assert "资金重报" in page


def test_an_imported_figure_names_its_file_and_cell(ground, helped, li, sign_in):
    entry = ground.say(
        helped, "2019", 5, origin="import", origin_file="历史数据.xlsx", origin_cell="历史数据!E7"
    )
    page = sign_in(li).get(reverse("figure-page", args=[entry.pk])).content.decode()
    assert "历史数据导入：历史数据.xlsx，历史数据!E7" in page


def test_the_series_goes_by_periods_of_the_same_length(ground, said, helped, li, sign_in):
    ground.say(helped, "2020-11", 300)
    ground.say(helped, "2020", 900)
    page = sign_in(li).get(reverse("figure-page", args=[said.pk]))
    assert [row.said["period"] for row in page.context["series"]] == ["2020年12月", "2020年11月"]


def test_pages_go_on_by_the_last_row_without_counting(ground, helped, li, sign_in):
    for number in range(55):
        ground.say(helped, f"{1960 + number}", number)
    browser = sign_in(li)
    first = browser.get(SEARCH)
    assert len(found(first)) == 50
    rest = browser.get(SEARCH, {"before": first.context["window"].further})
    assert len(found(rest)) == 5


def test_the_list_costs_the_same_with_more_rows(
    ground, said, helped, li, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = sign_in(li)
    browser.get(SEARCH, {"q": "困难"})
    with django_assert_max_num_queries(25) as one:
        browser.get(SEARCH, {"q": "困难"})
    assert not any(
        "COUNT(" in query["sql"] for query in one.captured_queries if "entry" in query["sql"]
    )
    for month in (9, 10, 11):
        ground.say(helped, f"2020-{month:02d}", month)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(found(browser.get(SEARCH, {"q": "困难"}))) == 4


def test_the_page_costs_the_same_with_a_longer_history(
    ground, said, helped, li, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser, address = sign_in(li), reverse("figure-page", args=[said.pk])
    browser.get(address)
    with django_assert_max_num_queries(30) as one:
        browser.get(address)
    for value in (321, 322, 323):
        ground.say(helped, "2020-12", value)
    with django_assert_num_queries(len(one.captured_queries)):
        browser.get(address)


def test_approval_times_are_those_of_the_city(ground, helped, li, sign_in):
    entry = ground.say(helped, "2019", 5)
    page = sign_in(li).get(reverse("figure-page", args=[entry.pk])).content.decode()
    assert "2021年4月2日 17:00" in page


def test_the_number_the_leader_wants_now_is_added_up_with_its_target(ground, li, wang, sign_in):
    counted = factories.indicator(li, "培训农民工", level="county")
    counted.targets.create(region=ground.city.region, year=2020, value=1000)
    for month in range(1, 7):
        ground.say_at("370102", counted, f"2020-{month:02d}", 60)
        ground.say_at("370103", counted, f"2020-{month:02d}", 31)
    [one] = sign_in(wang).get(SEARCH, {"q": "培训 2020年6月"}).context["sums"]
    assert one.sentence == (
        "2020年6月，济南市培训农民工91人次；截至2020年6月30日本年累计546人次；"
        "完成年度目标1000人次的54.6%，比序时进度快4.6个百分点；按已核定的2个数合计。"
    )
    [one] = sign_in(wang).get(SEARCH, {"q": "历下区 培训"}).context["sums"]
    assert (one.place, one.period, one.value) == ("历下区", "2020年6月", "60人次")


def test_a_sum_with_a_gap_is_not_offered_for_copying(ground, li, wang, sign_in):
    counted = factories.indicator(li, "培训农民工", level="county")
    ground.say_at("370102", counted, "2020-02", 60)
    [one] = sign_in(wang).get(SEARCH, {"q": "培训 2020年2月"}).context["sums"]
    assert (one.value, one.year) == ("60人次", "")
    ground.say_at("370103", counted, "2020Q1", 60)
    assert sign_in(wang).get(SEARCH, {"q": "培训 2021年2月"}).context["sums"] == []


def test_an_agency_is_offered_no_sums_over_others(ground, li, sun, sign_in):
    counted = factories.indicator(li, "培训农民工", level="county")
    ground.say_at("370102", counted, "2020-02", 60)
    for who in (li, sun):
        assert sign_in(who).get(SEARCH, {"q": "培训"}).context["sums"] == []


def test_an_adjustment_and_a_quick_number_say_what_they_are(ground, helped, wang, sign_in):
    ground.say(helped, "2020-12", -8, adjusts="2020-10")
    ground.say(helped, "2020-11", 90, nature="quick")
    told = found(sign_in(wang).get(SEARCH, {"q": "走访"}))
    assert told == ["走访困难职工 90户（快报）", "走访困难职工（对2020年10月的当期调整） -8户"]
