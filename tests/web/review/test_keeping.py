"""Control totals, natures and freezes, as the lead office keeps them; and how reviewing goes."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.rules import Refused
from tests import factories
from tests.ledger.ground import Ground
from tracker.catalogue.spans import span_of
from tracker.ledger import freezing
from tracker.ledger.models import ControlNote, Entry, Freeze, Reconciliation
from tracker.ledger.posting import post
from tracker.ledger.totals import totals
from tracker.review.services import Question, approve, return_


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


@pytest.fixture
def controlled(ground, trained):
    """Two counties say 30 and 20, the city union has typed 55."""
    ground.say_at("370102", trained, "2026-06", 30)
    ground.say_at("370103", trained, "2026-06", 20)
    ground.say(trained, "2026-06", 55)
    return trained


def test_a_control_total_stands_beside_the_sum_with_its_difference(controlled, wang, sign_in):
    answer = sign_in(wang).get(reverse("control-list"))
    [row] = answer.context["rows"]
    assert (row["control"], row["summed"], row["difference"]) == ("55人次", "50人次", "+5人次")


def test_the_difference_is_explained_and_asked_again_when_it_changes(
    controlled, city, wang, sign_in, ground
):
    browser, page = sign_in(wang), reverse("control-list")
    form = {"indicator": controlled.pk, "region": city.pk}
    assert browser.post(page, form | {"text": " "}).status_code == 422
    assert browser.post(page, form | {"text": "市本级另办一期5人次"}).status_code == 302
    note = ControlNote.objects.get()
    assert (note.difference, note.by) == (Decimal(5), wang)
    assert browser.get(page).context["rows"][0]["is_stale"] is False
    ground.say_at("370103", controlled, "2026-06", 21)
    assert browser.get(page).context["rows"][0]["is_stale"] is True
    ground.say_at("370103", controlled, "2026-06", 25)
    assert browser.post(page, form | {"text": "没有了"}).status_code == 422


@pytest.fixture
def two_natures(ground, li):
    """Story C: December's quick 1,418.21万元, the annual final 1,423.06万元."""
    money = factories.indicator(
        li, "救助资金", unit_name="元", entry_scale="万", entry_mode="cumulative"
    )
    base = {"base_date": datetime.date(2026, 1, 1), "decimals": 2, "entered_unit": "万元"}
    quick = ground.say(money, "2026-12", 14182100, nature="quick", **base)
    final = ground.say(money, "2026", 14230600, nature="final", **base)
    return money, quick, final


def test_story_c_the_difference_between_quick_and_final_is_explained(
    two_natures, city, wang, sign_in
):
    money, quick, final = two_natures
    browser, page = sign_in(wang), reverse("nature-list")
    [row] = browser.get(page).context["rows"]
    assert (row["earlier"], row["final"], row["difference"]) == (
        "1418.21万元", "1423.06万元", "+4.85万元",
    )  # fmt: skip
    assert row["pair"].is_open is True
    form = {"earlier": quick.pk, "final": final.pk, "text": "12月末到账4.85万元，年报补入"}
    assert browser.post(page, form).status_code == 302
    [row] = browser.get(page).context["rows"]
    assert (row["pair"].is_open, Reconciliation.objects.get().by) == (False, wang)
    year = totals([money], [city], ["2026"], natures=["final"])[money.pk, city.pk, "2026"]
    assert (year.value, year.entries) == (Decimal(14230600), (final.pk,))


def test_a_cycle_says_which_nature_its_figures_have(filed, june, wang):
    june.cycle.nature = "quick"
    june.cycle.save()
    filed.round.cycle.refresh_from_db()
    approve(filed, by=wang, version=filed.version)
    entries = Entry.objects.filter(origin="figure", origin_id__in=filed.figures.values("pk"))
    assert [entry.nature for entry in entries] == ["quick", "quick"]


def test_later_changes_wait_for_the_next_freeze(ground, li, city, wang, sign_in):
    flow = factories.indicator(li, "走访户数", unit_name="户")
    now = timezone.now()
    post([ground.posting(flow, "2026-06", 100)], approved_by=wang, at=now)
    browser, page = sign_in(wang), reverse("freeze-list")
    moment = timezone.localtime(now + datetime.timedelta(hours=1))
    form = {"key": "2026-06", "moment": moment.strftime("%Y-%m-%dT%H:%M"), "note": "发布会"}
    assert browser.post(page, form).status_code == 302
    freeze = Freeze.objects.get()
    later = freeze.moment + datetime.timedelta(hours=1)
    post([ground.posting(flow, "2026-06", 120)], approved_by=wang, at=later)
    span = span_of("2026-06")
    frozen = totals([flow], [city], [span], at=freeze.moment)[flow.pk, city.pk, "2026-06"]
    today = totals([flow], [city], [span])[flow.pk, city.pk, "2026-06"]
    assert (frozen.value, today.value) == (100, 120)
    [change] = freezing.waiting(freeze)
    assert (change.before.value, change.now.value) == (100, 120)
    shown = browser.get(reverse("freeze", args=[freeze.pk])).content.decode()
    assert all(word in shown for word in ("100户", "120户", "发布会"))
    assert freezing.frozen_at(city, span, later) == freeze.moment
    assert freezing.frozen_at(city, span, now) is None


def test_an_hour_that_is_over_is_not_declared_and_not_by_everybody(city, wang, li, sign_in):
    span = span_of("2026-06")
    now = timezone.now()
    with pytest.raises(ValidationError, match="不能早于现在"):
        freezing.declare(city, span, now - datetime.timedelta(hours=1), by=wang)
    with pytest.raises(Refused):
        freezing.declare(city, span, now + datetime.timedelta(hours=1), by=li)
    form = {"key": "2026-06", "moment": "2020-01-01T08:00"}
    answer = sign_in(wang).post(reverse("freeze-list"), form)
    assert (answer.status_code, "不能早于现在" in answer.content.decode()) == (422, True)
    assert sign_in(li).get(reverse("freeze-list")).status_code == 404


@pytest.fixture
def reviewed(filed, county_filed, wang):
    """The city's June came back once for two reasons, a county's is approved and late."""
    [county] = county_filed(1)
    asked = list(filed.figures.order_by("pk"))
    questions = [
        Question(asked[0].pk, "unit", "单位？"),
        Question(asked[1].pk, "evidence", "附件？"),
    ]
    return_(filed, by=wang, version=filed.version, questions=questions)
    type(county).objects.filter(pk=county.pk).update(is_late=True)
    county.refresh_from_db()
    return approve(county, by=wang, version=county.version)


def test_statistics_count_reasons_rounds_days_and_who_was_in_time(reviewed, wang, sign_in):
    answer = sign_in(wang).get(reverse("review-statistics"))
    city, county = (row["tally"] for row in answer.context["rows"])
    assert (city.filed, city.on_time, city.returns, city.approved) == (1, 1, 1, 0)
    assert sorted(city.reasons_told) == [("单位有误", 1), ("缺佐证", 1)]
    assert (county.filed, county.on_time, county.approved, county.most_rounds) == (1, 0, 1, 1)
    whole = answer.context["whole"]
    assert (whole["tally"].filed, whole["rate"], whole["days"]) == (2, "50", "0")


def test_statistics_are_filtered_and_exported_as_a_workbook(reviewed, wang, sign_in):
    browser = sign_in(wang)
    region = {"region": reviewed.agency.region_id}
    rows = browser.get(reverse("review-statistics"), region).context["rows"]
    assert [row["tally"].agency for row in rows] == [reviewed.agency]
    answer = browser.get(reverse("review-statistics-file"), region)
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [[cell.value for cell in row[:6]] for row in sheet.iter_rows()]
    assert cells == [
        ["单位", "报送份数", "按时份数", "按时率%", "已核定份数", "退回次数"],
        [reviewed.agency.name, 1, 0, 0, 1, 0],
        ["合计", 1, 0, 0, 1, 0],
    ]


def test_statistics_ask_as_often_for_three_agencies_as_for_one(
    filed, county_filed, wang, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = sign_in(wang)
    with django_assert_max_num_queries(40) as one:
        browser.get(reverse("review-statistics"))
    county_filed(2)
    with django_assert_num_queries(len(one.captured_queries)):
        browser.get(reverse("review-statistics"))
