"""Story B: seventeen units report June, two make good for earlier months, two counted the same 210, and the
city is told one number, in the county table and in issue 22; issue 21 stays as it went out."""

import openpyxl
import pytest

from accounts.gazetteer import Division
from accounts.models import Region
from accounts.services.divisions import import_regions
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.story import confirm, do_jobs
from tests.cast import employ
from tests.ledger.ground import Ground
from tests.releases.walking import ready
from tracker.catalogue.models import Target
from tracker.catalogue.spans import span_of
from tracker.ledger.models import Entry
from tracker.notices.models import Channel, Notice
from tracker.releases.compiling import compile_release
from tracker.releases.issuing import Order, issue
from tracker.releases.models import IssueNumber, Release
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures, submit

MORE = (
    "槐荫区", "天桥区", "历城区", "长清区", "章丘区", "济阳区", "莱芜区", "钢城区", "商河县",
    "高新区", "南部山区", "先行区", "莱芜高新区", "东部新区",
)  # fmt: skip
# 1,930 in June, the 210 that the last two have in common counted twice.
JUNE = [110, *[100] * 14, 210, 210]
PERSONS = [590, *[580] * 16]
TRAINED, PEOPLE = "培训农民工", "培训农民工人数"


@pytest.fixture
def ground(transactional_db, city_with_people) -> Ground:
    import_regions([Division(f"3701{60 + n}", name) for n, name in enumerate(MORE)])
    found = Ground(city_with_people)
    # Far from the figures that are typed in the story.
    found.number = 1_000_000
    return found


@pytest.fixture
def counties(ground) -> list[Region]:
    """Seventeen, each with a trade union and somebody who fills in for it."""
    found = list(Region.objects.filter(path__startswith=ground.city.region.path, level="county"))
    for number, region in enumerate(found):
        union = ground.county_union(region.code)
        employ(ground.city, f"fills{number}", f"填{number}", union, "干事", "reporter")
    return found


@pytest.fixture
def indicators(ground, counties, li):
    """Attendances add up; persons are reported as they stand and never summed over months."""
    trained = factories.indicator(li, TRAINED, level="county", verb="培训")
    persons = factories.indicator(
        li, PEOPLE, unit_name="人", level="county", measure="distinct", entry_mode="cumulative",
        adds_over_regions=True,
    )  # fmt: skip
    postings = []
    for number, region in enumerate(counties):
        place = {"agency": ground.county_union(region.code), "region": region}
        for month in range(1, 7):
            # 13,310 in the first half of last year, 12,480 from January to May of this one.
            more = 50 if (number, month) == (0, 6) else 0
            postings.append(ground.posting(trained, f"2025-{month:02d}", 130 + more, **place))
            if month < 6:
                more = 70 if (number, month) == (0, 5) else 0
                postings.append(ground.posting(trained, f"2026-{month:02d}", 146 + more, **place))
    ground.post(*postings)
    Target.objects.create(indicator=trained, region=ground.city.region, year=2026, value=28_000)
    for region in counties[:3]:
        Target.objects.create(indicator=trained, region=region, year=2026, value=1_600)
    return trained, persons


@pytest.fixture
def june(ground, counties, indicators):
    agencies = [ground.county_union(region.code) for region in counties]
    cycle = factories.cycle(*agencies, name="工作调度", sign_steps=0)
    cycle.region = ground.city.region
    cycle.save()
    made = factories.open_round(cycle, factories.month(2026, 6))
    Submission.objects.bulk_create([Submission(round=made, agency=one) for one in agencies])
    return made


@pytest.fixture
def issue_21(ground, indicators, city, settings, tmp_path):
    """What went out in June about May, from the figures that stood then."""
    settings.MEDIA_ROOT = tmp_path / "files"
    people = ground.city.people
    said = {"日期": "2026年6月5日", "报": "市领导"}
    draft = compile_release("简报", city, span_of("2026-05"), by=people["wu"], settings=said)
    draft = ready(draft, people)
    return issue(draft, by=people["zheng"], version=draft.version, order=Order(number=21))


def test_the_june_dispatch(
    visit, shot, accessible, ground, counties, indicators, issue_21, june, wang, tmp_path
):
    before = list(issue_21.versions.values("number", "tree"))
    people, rows = ground.city.people, list(june.submissions.order_by("agency__region__path"))
    the_reviewer_reminds(visit(wang, "/completeness/"), shot, accessible)
    assert Notice.objects.filter(kind="reminder").count() == 17
    for number, row in enumerate(rows):
        fills = people[f"fills{number}"]
        fill_in(row, indicators, JUNE[number], PERSONS[number], by=fills)
        if number < 2:
            month, text, note = ((3, "-86", "3月重复统计一期班次"), (5, "40", "5月漏报一期"))[
                number
            ]
            page = visit(fills, f"/submissions/{row.pk}/adjustments/")
            the_reporter_makes_good(page, month, text, note)
        row.refresh_from_db()
        submit(row, by=fills, version=row.version)
    the_reviewer_approves(visit(wang, "/review/"), rows[:2], shot)
    assert june.submissions.filter(status="approved").count() == 17
    the_reviewer_counts_once(visit(wang), counties[-2:])
    page = visit(wang, "/completeness/")
    page.get_by_role("link", name="调度表").first.click()
    the_table_says(page, shot, accessible)
    the_city_switches_ranks_on(page, shot)
    the_sheet_says_the_same(page, tmp_path / "table.xlsx")
    do_jobs()
    a_voided_draft_consumes_no_number(visit(people["wu"], COMPILE), shot)
    issue_22_carries_the_note(visit(people["wu"], COMPILE), shot)
    issue_22_is_issued(visit, shot, people)
    issue_21.refresh_from_db()
    assert issue_21.status == "issued"
    assert list(issue_21.versions.values("number", "tree")) == before
    reader = visit(people["sun"], issue_21.get_absolute_url())
    assert "2552人次" in reader.locator(".sheet").inner_text()
    assert reader.get_by_text("文稿引用的以下内容已被更正").count() == 0


def test_the_pages_of_chasing_are_for_ear_keyboard_and_phone(
    visit, accessible, shot, ground, counties, indicators, june, wang, li
):
    one = june.submissions.first()
    channel = Channel.objects.create(
        service="wecom", name="工作群", address="https://robots.invalid/x", kinds=["overdue"]
    )
    pages = {
        "board": "/completeness/", "rounds": "/completeness/rounds/",
        "cell": f"/completeness/{one.pk}/", "ladder": "/chasing/", "words": "/notices/words/",
        "word": "/notices/words/overdue/", "channels": "/notices/channels/",
        "channel": f"/notices/channels/{channel.pk}/", "new": "/notices/channels/new/",
        "manner": "/notices/manner/", "sent": "/notices/sent/", "dispatch": "/dispatch/",
        "settings": "/dispatch/settings/", "contact": "/profile/contact/",
    }  # fmt: skip
    for size in (DESK, PHONE):
        page = visit(wang, "/completeness/", size=size)
        for name, address in pages.items():
            page.goto(address)
            accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} pixels wider than the screen"
            shot(page, f"chase-{name}-{size['width']}")


def the_reviewer_reminds(page, shot, accessible):
    """All seventeen are missing; one click each for the choice and the reminder."""
    assert page.get_by_text("共17个单位，已报0个，未报17个").is_visible()
    page.get_by_label("选择全部未报单位").check()
    assert page.locator("[data-picked]").inner_text() == "已选 17 个"
    shot(page, "completeness")
    accessible(page)
    page.get_by_role("button", name="提醒所选单位").click()
    page.get_by_text("已提醒17个单位，共17人。").wait_for()


def fill_in(row, indicators, attendances: int, persons: int, *, by):
    place = row.agency.region_id
    values = zip(indicators, (attendances, persons), strict=True)
    save_figures(row, [Change(one.pk, place, str(value)) for one, value in values], by=by)


def the_reporter_makes_good(page, month: int, text: str, note: str):
    """A month that is printed stays as it is; June carries the difference, with its reason."""
    choice = page.get_by_label("更正哪一期的哪个数")
    option = choice.locator("option", has_text=f"2026年{month}月").first
    choice.select_option(option.get_attribute("value"))
    page.get_by_label("调整数").fill(text)
    page.get_by_label("调整原因").fill(note)
    page.get_by_role("button", name="记入本期").click()
    page.get_by_text("已记入当期调整").wait_for()


def the_reviewer_approves(page, singly, shot):
    """What only says something new in bulk; what corrects, one by one."""
    for row in singly:
        page.goto(f"/review/{row.pk}/")
        page.get_by_role("button", name="核定", exact=True).click()
        page.get_by_text("已核定").first.wait_for()
    page.goto("/review/")
    page.get_by_label("全部选择").check()
    page.get_by_role("button", name="批量核定").click()
    page.get_by_role("button", name="核定这15份").click()
    page.get_by_text("已核定").first.wait_for()


def the_reviewer_counts_once(page, regions):
    """Two areas reported the same 210: both figures stay, the sum counts them once."""
    first, second = (
        Entry.objects.get(indicator__name=TRAINED, region=region, span__key="2026-06", adjusts="")
        for region in regions
    )
    page.goto(f"/review/disputes/add/?first={first.pk}")
    page.get_by_label("另一个数", exact=False).first.select_option(str(second.pk))
    page.get_by_label("另一个数的口径").fill("含两区合办的班次")
    if not page.get_by_label("本数的口径").input_value():
        page.get_by_label("本数的口径").fill("含两区合办的班次")
    page.get_by_role("button", name="登记").click()
    page.get_by_label("裁定").first.select_option(label="有重复，只计一次")
    page.get_by_label("重复数").fill("210")
    page.get_by_label("依据").fill("两区合办，培训名册相同")
    confirm(page, "裁定")
    page.get_by_text("已裁定，台账合计随之更正。").wait_for()


def line(page, table: str, region: str) -> list[str]:
    """The cells of a region in the table of an indicator."""
    section = page.locator("section", has=page.get_by_role("heading", name=table, exact=True))
    row = section.locator("tr", has=page.get_by_role("rowheader", name=region, exact=True))
    return row.locator("td").all_inner_texts()


def the_table_says(page, shot, accessible):
    page.get_by_role("heading", name="工作调度 2026年6月调度表").wait_for()
    now, _, to_date, growth, target, rate, ahead = line(page, TRAINED, "济南市")
    assert (to_date, growth) == ("14154人次", "+6.34%")
    assert (target, rate, ahead) == ("不少于28000人次", "50.55%", "+0.55个百分点")
    assert line(page, PEOPLE, "济南市")[2] == "9870人"
    assert page.get_by_text("位次").count() == 0
    shot(page, "dispatch", whole=True)
    accessible(page)


def the_city_switches_ranks_on(page, shot):
    page.get_by_role("link", name="本市设置").click()
    page.get_by_label("在调度表里显示区县位次").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("本市设置已保存。").wait_for()
    section = page.locator("section", has=page.get_by_role("heading", name=TRAINED, exact=True))
    ranks = [text for text in section.locator("tbody td:last-child").all_inner_texts() if text]
    assert sorted(ranks) == ["1", "2", "3"]
    shot(page, "dispatch-ranked", whole=True)


def the_sheet_says_the_same(page, target):
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载表格").click()
    waiting.value.save_as(target)
    [sheet] = openpyxl.load_workbook(target).worksheets
    rows = {(row[1], row[2]): row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows[TRAINED, "济南市"][5] == "14154人次"
    assert len(rows) == 2 * 18


COMPILE = "/releases/compile/?genre=brief"


def compiled(page) -> str:
    """A brief of the first half of the year, by the page; its text."""
    for name, words in (("period", "2026H1"), ("要素-日期", "2026年7月6日"), ("要素-报", "市领导")):
        page.locator(f"[name='{name}']").fill(words)
    page.get_by_role("button", name="汇编", exact=True).click()
    page.locator("[data-fact]").first.wait_for()
    return page.locator(".sheet").inner_text()


def a_voided_draft_consumes_no_number(page, shot):
    compiled(page)
    page.get_by_label("作废原因").fill("主题写错，另行汇编")
    confirm(page, "作废草稿")
    page.get_by_text("已作废").first.wait_for()
    assert list(IssueNumber.objects.values_list("number", flat=True)) == [21]


def issue_22_carries_the_note(page, shot):
    text = compiled(page)
    said = (
        "14154人次，同比增长6.34%，完成年度目标2.8万人次的50.55%，快于序时进度0.55个百分点",
        "9870人",
        "已核减历下区2026年3月培训农民工86人次",
        "已补计市中区2026年5月培训农民工40人次",
        "2026年6月培训农民工重复的210人次已剔除",
    )
    assert [words for words in said if words not in text] == []
    assert [words for words in ("11052", "51.46", "8.71") if words in text] == []
    shot(page, "story-b-brief", whole=True)


def issue_22_is_issued(visit, shot, people):
    draft = ready(Release.objects.get(status="draft"), people)
    page = visit(people["zheng"], draft.get_absolute_url())
    confirm(page, "签发")
    page.get_by_text("已签发，正文、数据和文件已冻结。").wait_for()
    assert page.locator(".sheet .issue").inner_text() == "第22期"
    assert sorted(IssueNumber.objects.values_list("number", flat=True)) == [21, 22]
    shot(page, "story-b-issued")
