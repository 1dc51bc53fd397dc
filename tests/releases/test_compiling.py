"""From the ledger to a draft."""

from decimal import Decimal

import pytest

from accounts.models import Appointment, Line
from accounts.rules import Refused
from tests import factories
from tests.cast import SINCE
from tests.releases.kit import text_of
from tracker.catalogue.models import City, Target
from tracker.catalogue.spans import span_of
from tracker.documents.tree import figures, plain
from tracker.ledger import standing
from tracker.releases.compiling import compile_release
from tracker.releases.coverage import coverage
from tracker.releases.files import file_of
from tracker.releases.genres import UnknownGenre
from tracker.releases.models import Release, ReleasePlan
from tracker.releases.recording import document_of

SETTINGS = {"主题": "民生实事", "场次": "2", "日期": "2021-04-16 15:00"}


@pytest.fixture
def visits(li, training):
    """户, per period."""
    return factories.indicator(li, "困难家庭", unit_name="户", programme_=training, verb="走访")


def text(version):
    return text_of(document_of(version))


def test_what_is_approved_is_compiled(approved):
    version = approved.version(settings=SETTINGS)
    assert version.release.title == "济南市“民生实事”系列新闻发布会第二场会前材料"
    assert "依托培训机构就近开班，大桥村投入40万元。截至2020年底，" in text(version)
    assert "3221" in text(version)
    assert "挽回经济损失1302万元" in text(version)


def test_the_release_remembers_how_it_was_made(approved, wu):
    release = approved.compile(settings=SETTINGS, seed=3, by=wu, trigger="页面")
    assert (release.genre, release.seed, release.compiled_by, release.trigger, release.status) == (
        "press_conference", 3, wu, "页面", "draft",
    )  # fmt: skip
    assert release.settings == SETTINGS


def test_the_version_keeps_what_it_was_made_of(approved):
    version = approved.version()
    assert version.snapshot["entries"] == [[approved.people.pk, 1], [approved.sum.pk, 1]]
    assert version.snapshot["passages"] == [[approved.practice.pk, 1]]
    assert version.snapshot["owed"] == [approved.people.pk, approved.sum.pk]


def test_every_figure_is_cited(approved):
    version = approved.version()
    cited = set(version.citations.values_list("key", "entry", "passage_figure", "surface"))
    number = approved.practice.figures.get()
    assert cited == {
        (f"e{approved.people.pk}", approved.people.pk, None, "3221名"),
        (f"e{approved.sum.pk}", approved.sum.pk, None, "1302万元"),
        (f"pf{number.pk}", None, number.pk, "40万元"),
    }


def test_all_that_must_be_said_is_said(approved):
    said = coverage(approved.version())
    assert (said.said, said.owed, said.unsaid) == (2, 2, ())


@pytest.mark.parametrize("ending", ["docx", "pdf", "md", "html", "txt", "json", "xlsx"])
def test_two_compiles_of_one_snapshot_give_the_same_bytes(approved, ending):
    first, second = approved.version(seed=5), approved.version(seed=5)
    assert first.digest == second.digest
    assert file_of(first, ending) == file_of(second, ending)


def test_every_compile_makes_a_new_draft(approved, wu):
    approved.compile(by=wu)
    approved.compile(by=wu)
    assert Release.objects.count() == 2


def test_a_plan_compiles_once_for_a_trigger(approved):
    plan = ReleasePlan.objects.create(name="季报", genre="brief", region=approved.region)
    first = approved.compile("简报", plan=plan, trigger="报齐")
    assert approved.compile("简报", plan=plan, trigger="报齐") == first
    assert approved.compile("简报", plan=plan, trigger="再报齐") != first


def test_nothing_approved_is_refused_with_who_is_missing(city, union, trained):
    span = factories.month(2026, 6)
    factories.open_round(factories.cycle(union), span)
    with pytest.raises(Refused) as caught:
        compile_release("简报", city, span)
    assert caught.value.verdict.reason == (
        "济南市2026-06没有已核定的数据，不能汇编。缺：市总工会：尚未填报。"
    )
    assert not Release.objects.exists()


def test_nothing_approved_and_nothing_asked_for_is_said_too(city):
    with pytest.raises(Refused, match="也没有这一期间的填报任务"):
        compile_release("简报", city, span_of("2019"))


def test_lines_limit_what_is_compiled(approved):
    league = Line.objects.get(code="league")
    with pytest.raises(Refused, match="济南市2020（.*）没有已核定的数据"):
        approved.compile(lines=[league])
    union = Line.objects.get(code="union")
    assert list(approved.compile(lines=[union]).lines.all()) == [union]


def test_an_unknown_genre_and_an_unreadable_date_are_refused(approved):
    with pytest.raises(UnknownGenre):
        approved.compile("年鉴")
    with pytest.raises(ValueError, match="“2021年2月30日”不是实际存在的日期。"):
        approved.compile(settings={"日期": "2021年2月30日"})


@pytest.mark.parametrize("name", ["li", "sun", "zhao", "qian", "zheng"])
def test_only_reviewers_and_editors_of_the_lead_office_compile(approved, city_with_people, name):
    with pytest.raises(Refused, match="只有牵头单位的主管和编辑可以汇编文稿。"):
        approved.compile(by=city_with_people.people[name])


def test_what_is_superseded_suspended_or_void_is_not_compiled(approved, ground, wang):
    ground.say(approved.trained, "2020", 3300, entered_unit="名")
    standing.void(approved.sum, by=wang, reason="重复")
    shown = text(approved.version())
    assert "3300" in shown
    assert "3221" not in shown
    assert "1302" not in shown


def test_the_most_final_figure_is_said(approved, ground):
    ground.say(approved.trained, "2020", 3250, entered_unit="名", nature="final")
    ground.say(approved.trained, "2020", 3000, entered_unit="名", nature="quick")
    shown = text(approved.version())
    assert [n for n in ("3221", "3250", "3000") if n in shown] == ["3250"]


def test_what_does_not_apply_is_told_to_the_editor(approved, ground):
    other = factories.indicator(
        ground.people["li"],
        "帮扶资金",
        unit_name="元",
        programme_=approved.programme,
        must_say=True,
    )
    ground.say(other, "2020", kind="na", na_reason="本年未开展")
    assert "“帮扶资金”报为不适用（本年未开展），未写入正文。" in approved.version().remarks


def test_a_zero_report_is_said_where_it_must_be(approved, ground, li):
    accidents = factories.indicator(
        li, "安全事故", unit_name="起", programme_=approved.programme, must_say=True
    )
    ground.say(accidents, "2020", 0, kind="zero")
    assert "安全事故为0起" in text(approved.version())


def test_growth_follows_from_the_start_value(approved, ground, li):
    level = factories.indicator(
        li, "农村低保标准", unit_name="元/月", programme_=approved.programme, measure="standard"
    )
    ground.say(
        level, "2020", 676, entered_unit="元/月", start_value=Decimal(300), start_text="2016年"
    )
    shown = text(approved.version())
    assert "农村低保标准从2016年的300元/月提高至676元/月，增长125.33%" in shown


def test_three_standards_of_a_programme_are_a_list_without_growth(approved, ground, li):
    for name in ("甲类补贴", "乙类补贴", "丙类补贴"):
        one = factories.indicator(
            li, name, unit_name="元/月", programme_=approved.programme, measure="standard"
        )
        ground.say(one, "2020", 150, entered_unit="元/月", start_value=Decimal(100))
    shown = text(approved.version())
    assert "甲类补贴从100元/月提高至150元/月；乙类补贴从100元/月提高至150元/月" in shown
    assert "增长" not in shown


def test_last_year_gives_a_growth_rate(approved, ground, visits):
    earlier = ground.say(visits, "2019", 13310, entered_unit="户")
    ground.say(visits, "2020", 14154, entered_unit="户")
    version = approved.version()
    assert "走访困难家庭14154户，同比增长6.34%" in text(version)
    assert version.citations.filter(entry=earlier).exists()


def test_a_cumulative_figure_without_a_known_base_has_no_growth_and_the_editor_knows(
    approved, ground
):
    ground.say(approved.trained, "2019", 2800, entered_unit="名")
    version = approved.version()
    assert "同比" not in text(version)
    assert "“农民工”累计数的起算时间与基期不同或不明，不可比，未写同比。" in version.remarks


def test_a_changed_definition_gives_no_growth_and_says_why(approved, ground, visits, wang):
    ground.say(visits, "2019", 13020, entered_unit="户")
    visits.definitions.create(number=2, unit=visits.unit, comparability="none", by=wang)
    ground.say(visits, "2020", 14154, entered_unit="户")
    version = approved.version()
    assert "同比" not in text(version)
    assert "“困难家庭”口径已调整，与基期不可比，未写同比。" in version.remarks


def test_a_qualified_figure_has_no_growth(approved, ground, visits):
    ground.say(visits, "2019", 13000, entered_unit="户", qualifier="余")
    ground.say(visits, "2020", 14154, entered_unit="户")
    assert "“困难家庭”数据是概数，不能计算增幅，未写同比。" in approved.version().remarks


def test_without_last_year_nobody_is_bothered(approved, ground, visits):
    ground.say(visits, "2020", 14154, entered_unit="户")
    assert [remark for remark in approved.version().remarks if "同比" in remark] == []


def test_a_target_of_the_year_is_named(approved, ground, visits):
    Target.objects.create(indicator=visits, region=approved.region, year=2020, value=Decimal(28000))
    ground.say(visits, "2020", 14154, entered_unit="户")
    assert "走访困难家庭14154户，完成年度目标2.8万户的50.55%" in text(approved.version())


def test_a_single_month_is_not_set_against_the_target_of_the_year(approved, ground, visits):
    Target.objects.create(indicator=visits, region=approved.region, year=2020, value=Decimal(900))
    for month, value in ((1, 100), (2, 200)):
        ground.say(visits, f"2020-0{month}", value, entered_unit="户")
    assert "年度目标" not in text(approved.version(span=span_of("2020-02")))


def test_a_figure_of_a_period_is_said_with_its_period(approved, ground, visits):
    ground.say(visits, "2020", 14154, entered_unit="户")
    assert "2020年，共走访困难家庭14154户。" in text(approved.version("简报"))


def test_a_cumulative_figure_without_times_is_said_without_and_the_editor_knows(approved):
    version = approved.version()
    assert "1项累计数没有起算和截至时间，正文未写时点：经济损失。" in version.remarks


def test_counties_are_added_up_when_all_have_reported(approved, ground, li):
    visits = factories.indicator(
        li, "困难家庭", unit_name="户", programme_=approved.programme, verb="走访", level="county"
    )
    entries = [ground.say_at(code, visits, "2020", n, entered_unit="户")
               for code, n in (("370102", 120), ("370103", 80), ("370124", 45))]  # fmt: skip
    version = approved.version()
    assert "走访困难家庭245户" in text(version)
    [figure] = [f for f in figures(document_of(version)) if f.surface == "245户"]
    assert set(figure.entries) == {entry.pk for entry in entries}


def test_counties_are_not_added_up_while_one_of_them_is_awaited(approved, ground, li):
    visits = factories.indicator(
        li, "困难家庭", unit_name="户", programme_=approved.programme, verb="走访", level="county"
    )
    ground.say_at("370102", visits, "2026-06", 120, entered_unit="户")
    counties = [ground.county_union(code) for code in ("370102", "370103")]
    june = factories.open_round(factories.cycle(*counties), factories.month(2026, 6))
    ground.post_texts(ground.text(approved.programme, "2026-06", "逐户走访。"))
    version = approved.version("简报", span=june.span)
    assert "困难家庭" not in text(version)
    assert "“困难家庭”尚未报齐，合计未写入正文。" in version.remarks
    ground.say_at("370103", visits, "2026-06", 80, entered_unit="户")
    assert "走访困难家庭200户" in text(approved.version("简报", span=june.span))


def test_guests_are_those_in_office_on_the_day(approved, city_with_people):
    zhang = city_with_people.people["zhang"]
    Appointment.objects.filter(user=zhang).update(speaking_order=1)
    assert "济南市总工会副主席张" in text(approved.version(settings=SETTINGS))
    Appointment.objects.filter(user=zhang).update(ends=SINCE)
    assert "【待补：市总工会发布人职务、姓名】" in text(approved.version(settings=SETTINGS))


def test_a_demonstration_says_so_on_every_document(approved):
    City.objects.update_or_create(defaults={"region": approved.region, "is_demo": True})
    assert document_of(approved.version()).lines("notices") == ("演示数据",)


def test_texts_alone_can_be_compiled(ground, training, year):
    ground.post_texts(ground.text(training, "2020", "就近开班。"))
    release = compile_release("简报", ground.city.region, year)
    assert "提升素质行动。就近开班。" in text(release.versions.get())


def test_a_brief_is_compiled_from_the_same_ledger(approved):
    version = approved.version("简报")
    assert plain(document_of(version).title) == "济南市2020年重点工作进展情况"
    assert document_of(version).profile == "brief"


def test_compiling_takes_the_same_number_of_queries_for_one_row_and_three(
    approved, ground, li, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as one:
        approved.compile("简报")
    for name in ("甲", "乙", "丙"):
        extra = factories.indicator(li, name, programme_=approved.programme, must_say=True)
        ground.say(extra, "2020", 12, entered_unit="人次")
    with django_assert_num_queries(len(one)):
        approved.compile("简报")


def test_agencies_are_called_as_on_the_day(approved, union):
    union.names.update(valid_to="2021-12-31")
    union.names.create(
        name="济南市工会联合会", short_name="市工联", spoken_name="市工联", valid_from="2022-01-01"
    )
    assert "济南市总工会" in text(approved.version(settings={"日期": "2021-04-16"}))
    assert "济南市工会联合会" in text(approved.version(settings={"日期": "2022-04-16"}))


def test_who_speaks_first_is_presented_first(approved, ground, city_with_people, league, sun):
    home = factories.programme("league", "青春行动")
    youth = factories.indicator(city_with_people.people["li"], "青年", programme_=home, verb="服务")
    ground.say(youth, "2020", 500, agency=league, entered_unit="人次")
    for user, order in (("zhang", 2), ("sun", 1)):
        Appointment.objects.filter(user=city_with_people.people[user]).update(speaking_order=order)
    script = text(approved.version()).partition("他们将分别介绍")[0]
    assert script.index("共青团济南市委员会干事孙") < script.index("济南市总工会副主席张")
