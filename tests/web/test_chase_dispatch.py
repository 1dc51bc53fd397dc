"""The dispatch table: counties down, progress across, from approved figures only."""

import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from tests import factories
from tests.cast import employ
from tests.ledger.ground import Ground
from tracker.catalogue.models import City, Round, Target
from tracker.catalogue.rounds import open_due_rounds
from tracker.catalogue.spans import span_of
from tracker.ledger.completions import schedule_of
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures
from tracker.web.dispatch import percent, signed

pytestmark = pytest.mark.django_db
COUNTIES = ("370102", "370103", "370124")


@pytest.fixture
def ground(city_with_people) -> Ground:
    return Ground(city_with_people)


@pytest.fixture
def trained(li):
    return factories.indicator(li, "培训农民工", level="county")


def weekly(ground, trained, key="2026-W03", frequency="week") -> Round:
    """A round of the three county unions, open."""
    agencies = [ground.county_union(code) for code in COUNTIES]
    cycle = factories.cycle(*agencies, name=f"{frequency}调度", frequency=frequency)
    cycle.region = ground.city.region
    cycle.save()
    made = factories.open_round(cycle, span_of(key))
    Submission.objects.bulk_create([Submission(round=made, agency=one) for one in agencies])
    return made


def aim(ground, trained, code: str, value: int, year=2026) -> None:
    region = ground.region(code) if len(code) > 4 else ground.city.region
    Target.objects.create(indicator=trained, region=region, year=year, value=value)


def table(browser, round_) -> dict[str, dict]:
    """Region -> its line of the only table."""
    answer = browser.get(reverse("dispatch"), {"round": round_.pk})
    [one] = answer.context["tables"]
    return {line.region: vars(line) for line in (one.whole, *one.lines)}


@pytest.fixture
def january(ground, trained):
    """Three weeks of three counties, and what they are to reach."""
    for code, weeks in zip(COUNTIES, [(10, 20, 30), (5, 5, 5), (7, 0, 9)], strict=True):
        for number, value in enumerate(weeks, start=1):
            ground.say_at(code, trained, f"2026-W{number:02d}", value)
    for code, value in zip(COUNTIES, (600, 100, 400), strict=True):
        aim(ground, trained, code, value)
    aim(ground, trained, "3701", 1100)
    return weekly(ground, trained)


def test_each_county_has_its_progress_completion_pace_and_change(january, wang, sign_in):
    lines = table(sign_in(wang), january)
    own = ("now", "change", "to_date", "target", "rate", "ahead")
    assert {region: [line[name] for name in own] for region, line in lines.items()} == {
        "济南市": ["44人次", "+19人次", "91人次", "不少于1100人次", "8.27%", "+3.34个百分点"],
        "历下区": ["30人次", "+10人次", "60人次", "不少于600人次", "10.00%", "+5.07个百分点"],
        "市中区": ["5人次", "0人次", "15人次", "不少于100人次", "15.00%", "+10.07个百分点"],
        "平阴县": ["9人次", "+9人次", "16人次", "不少于400人次", "4.00%", "-0.93个百分点"],
    }
    assert [line["behind"] for line in lines.values()] == [False, False, False, True]


def test_the_pace_of_a_week_is_counted_in_days():
    # Week 3 of 2026 ends on 18 January.
    assert schedule_of("2026-W03") == Decimal(18) / 365
    assert schedule_of("2026-01T2") == Decimal(20) / 365
    assert schedule_of("2026-06") == Decimal(1) / 2
    assert schedule_of("2020-W53") == 1  # it ends in January 2021
    assert schedule_of("2026-W01") == Decimal(4) / 365


def test_a_week_that_is_missing_leaves_a_gap_and_no_number(ground, trained, wang, sign_in):
    for code in COUNTIES[:2]:
        ground.say_at(code, trained, "2026-W01", 5)
        ground.say_at(code, trained, "2026-W03", 5)
    aim(ground, trained, "370102", 100)
    lines = table(sign_in(wang), weekly(ground, trained))
    assert (lines["历下区"]["now"], lines["历下区"]["to_date"]) == ("5人次", "不全")
    assert (lines["历下区"]["rate"], lines["历下区"]["change"]) == ("", "")
    assert (lines["平阴县"]["now"], lines["平阴县"]["to_date"]) == ("未核定", "未核定")


def test_who_has_no_approved_figure_is_named_below_the_table(ground, trained, wang, sign_in):
    ground.say_at("370102", trained, "2026-W01", 5)
    round_ = weekly(ground, trained, "2026-W01")
    page = sign_in(wang).get(reverse("dispatch"), {"round": round_.pk}).content.decode()
    assert "本期还没有核定数据：市中区、平阴县。" in page


def test_ten_days_add_up_to_the_month_and_the_year(ground, trained, wang, sign_in):
    for key, value in (("2026-01", 100), ("2026-02T1", 10), ("2026-02T2", 15)):
        ground.say_at("370102", trained, key, value)
    aim(ground, trained, "370102", 1000)
    line = table(sign_in(wang), weekly(ground, trained, "2026-02T2", "ten"))["历下区"]
    assert (line["now"], line["change"], line["to_date"]) == ("15人次", "+5人次", "125人次")
    assert (line["rate"], line["ahead"]) == ("12.50%", "-1.47个百分点")


def test_ranks_are_shown_only_when_the_city_switched_them_on(january, wang, sign_in):
    browser = sign_in(wang)
    assert "位次" not in browser.get(reverse("dispatch")).content.decode()
    assert [line["rank"] for line in table(browser, january).values()] == ["", "", "", ""]
    page = browser.post(reverse("dispatch-settings"), {"ranks_counties": "on"}, follow=True)
    assert "位次" in page.content.decode()
    ranks = {region: line["rank"] for region, line in table(browser, january).items()}
    assert ranks == {"济南市": "", "历下区": "2", "市中区": "1", "平阴县": "3"}
    assert AuditEntry.objects.latest("seq").act == "city.rank"
    browser.post(reverse("dispatch-settings"), {})
    assert City.objects.get().ranks_counties is False


def test_equals_share_a_rank(ground, trained, wang, sign_in):
    for code, value in zip(COUNTIES, (10, 20, 5), strict=True):
        ground.say_at(code, trained, "2026-W01", value)
        aim(ground, trained, code, value * 10 if code != COUNTIES[2] else 100)
    browser = sign_in(wang)
    browser.post(reverse("dispatch-settings"), {"ranks_counties": "on"})
    lines = table(browser, weekly(ground, trained, "2026-W01"))
    ranks = {region: line["rank"] for region, line in lines.items()}
    assert ranks == {"济南市": "", "历下区": "1", "市中区": "1", "平阴县": "3"}


def test_what_nobody_approved_is_in_no_table(
    january, trained, ground, wang, sign_in, city_with_people
):
    """A draft holds 98765; the page, and the sheet, know nothing of it."""
    agency = ground.county_union("370102")
    li = employ(city_with_people, "chen", "陈", agency, "干事", "reporter")
    draft = january.submissions.get(agency=agency)
    save_figures(draft, [Change(trained.pk, agency.region_id, "98765")], by=li)
    browser = sign_in(wang)
    assert "98765" not in browser.get(reverse("dispatch")).content.decode()
    sheet = b"".join(browser.get(reverse("dispatch-table")).streaming_content)
    assert "98765" not in str(cells(sheet))


def cells(content: bytes) -> list[tuple]:
    [sheet] = openpyxl.load_workbook(BytesIO(content)).worksheets
    return list(sheet.iter_rows(values_only=True))


def test_the_sheet_holds_the_same_lines(january, wang, sign_in):
    browser = sign_in(wang)
    answer = browser.get(reverse("dispatch-table"), {"round": january.pk})
    head, *rows = cells(b"".join(answer.streaming_content))
    assert head == ("项目", "指标", "地区", "本期", "较上期", "本年累计", "同比", "年度目标",
                    "完成率", "较序时进度")  # fmt: skip
    shown = table(browser, january)
    assert {row[2]: (row[3], row[5], row[8]) for row in rows} == {
        region: (line["now"], line["to_date"], line["rate"]) for region, line in shown.items()
    }


@pytest.mark.parametrize(
    ("rate", "said"),
    [("0.5055", "50.55%"), ("0.99996", "99.99%"), ("1", "100.00%"), ("1.12345", "112.35%")],
)
def test_what_is_not_reached_is_never_rounded_to_a_hundred(rate, said):
    assert percent(Decimal(rate)) == said


@pytest.mark.parametrize(
    ("words", "said"), [("12人次", "+12人次"), ("-3人次", "-3人次"), ("0人次", "0人次"), ("", "")]
)
def test_a_change_has_its_sign(words, said):
    assert signed(words) == said


def test_one_county_takes_as_many_queries_as_three(january, wang, sign_in):
    browser = sign_in(wang)

    def asked() -> int:
        browser.get(reverse("dispatch"))
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("dispatch"))
        return len(seen)

    three = asked()
    january.submissions.exclude(agency__region__code="370102").delete()
    assert asked() == three


def test_the_table_is_the_lead_offices(january, city_with_people, sign_in):
    people = city_with_people.people
    answers = {
        name: sign_in(user).get(reverse("dispatch")).status_code for name, user in people.items()
    }
    assert answers == {name: 200 if name in ("wang", "wu", "zheng") else 404 for name in people}


def test_only_reviewers_switch_the_ranking(january, wu, sign_in):
    assert (
        sign_in(wu).post(reverse("dispatch-settings"), {"ranks_counties": "on"}).status_code == 404
    )
    assert not City.objects.filter(ranks_counties=True).exists()


@pytest.mark.parametrize(
    ("frequency", "due", "label", "span"),
    [("week", "每周一12:00", "周", "2026年第3周"), ("ten", "期后2日", "旬", "2026年1月中旬")],
)
def test_weekly_and_ten_day_cycles_are_set_up_on_the_page_and_open_by_the_clock(
    frequency, due, label, span, ground, trained, wang, sign_in
):
    ground.county_union("370102")
    zone = timezone.get_default_timezone()
    form = {
        "name": f"{label}调度", "region": ground.city.region.pk, "frequency": frequency,
        "lines": [trained.line_id], "opens": "期后1日", "due": due, "sign_steps": 1,
        "filing": "own", "nature": "decided",
    }  # fmt: skip
    browser = sign_in(wang)
    with time_machine.travel(datetime.datetime(2026, 1, 16, 9, tzinfo=zone), tick=False):
        page = browser.post(reverse("cycle-add"), form, follow=True).content.decode()
        open_due_rounds(timezone.now())
    assert f"<dd>{label}</dd>" in page
    later = datetime.datetime(2026, 1, 22 if frequency == "ten" else 19, 0, 5, tzinfo=zone)
    with time_machine.travel(later - datetime.timedelta(days=frequency == "ten"), tick=False):
        opened = open_due_rounds(timezone.now())
        board = sign_in(wang).get(reverse("cycle", args=[opened[0].cycle_id])).content.decode()
    assert [str(one.span) for one in opened] == [span]
    assert span in board
