"""The gate in a real browser: by keyboard, on a phone, with nothing typed lost."""

# ruff: noqa: F811 - fixtures of the gate are taken over by name

import pytest

from tests.browser.conftest import PHONE
from tests.web.review.conftest import (  # noqa: F401 - fixtures
    county_filed,
    cycle,
    file_for,
    filed,
    july_after_june,
    june,
    money,
    submission,
    trained,
)
from tracker.review.services import comment


@pytest.fixture
def busy(july_after_june, county_filed, wang, trained):
    """A queue with something odd in it."""
    july = july_after_june(120)
    county_filed(3)
    figure = july.figures.get(indicator=trained)
    comment(july, "上月报12人次，请附签到表", by=wang, figure=figure, reason="evidence")
    return july


def test_the_queue_goes_by_keyboard(visit, accessible, shot, busy, wang):
    page = visit(wang, "/review/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[data-picked]").inner_text() == "已选 1 份"
    shot(page, "review-queue")
    accessible(page)
    first = page.locator("[data-row] a[data-open]").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")


def test_a_question_is_counted_and_survives_a_change_of_tab(visit, accessible, shot, busy, wang):
    page = visit(wang, f"/review/{busy.pk}/")
    page.get_by_label("质询培训农民工（本级）").check()
    page.get_by_label("质询说明").first.fill("是否含上月")
    page.get_by_role("link", name="较上期变化").click()
    assert page.get_by_text("送温暖筹集资金").first.is_hidden()
    shot(page, "review-page")
    accessible(page)
    page.locator("[data-tab=all]").click()
    assert page.get_by_label("质询说明").first.input_value() == "是否含上月"
    page.get_by_label("质询原因").first.select_option("数据异常")
    page.get_by_role("button", name="退回（1项）").click()
    page.wait_for_url("**/review/*/")
    busy.refresh_from_db()
    assert busy.status == "returned"


def test_enter_in_a_field_decides_nothing(visit, busy, wang):
    page = visit(wang, f"/review/{busy.pk}/")
    page.get_by_label("意见", exact=True).fill("同意")
    page.keyboard.press("Enter")
    page.get_by_label("对培训农民工（本级）留言").fill("已电话核实")
    page.keyboard.press("Enter")
    page.locator(".talk blockquote", has_text="已电话核实").wait_for()
    busy.refresh_from_db()
    assert busy.status == "submitted"
    assert page.get_by_label("意见", exact=True).input_value() == "同意"


def test_bulk_approval_shows_what_it_will_do(visit, accessible, shot, busy, wang):
    page = visit(wang, "/review/")
    page.get_by_label("全部选择").check()
    page.get_by_role("button", name="批量核定").click()
    page.wait_for_url("**/review/many/**")
    shot(page, "review-many")
    accessible(page)
    page.get_by_role("button", name="核定这4份").click()
    page.wait_for_url("**/review/")
    assert page.get_by_text("没有等待审核的报送").is_visible()
    shot(page, "review-done")


@pytest.mark.parametrize("path", ["/review/", "/review/{pk}/", "/review/many/?pick={pk}-{version}"])
def test_the_gate_fits_a_phone(visit, accessible, shot, busy, wang, path):
    page = visit(wang, path.format(pk=busy.pk, version=busy.version), size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "review-phone-" + str(len(path)))
    accessible(page)


KEEPING = (
    "/review/disputes/", "/review/controls/", "/review/natures/", "/review/freezes/",
    "/review/rules/", "/review/rules/add/", "/review/statistics/",
)  # fmt: skip


@pytest.mark.parametrize("path", KEEPING)
def test_what_the_lead_office_keeps_fits_a_phone_and_is_readable(
    visit, accessible, shot, busy, wang, path
):
    page = visit(wang, path, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "review" + path.replace("/", "-").strip("-"))
    accessible(page)


def test_the_queue_keeps_its_place(visit, busy, wang):
    page = visit(wang, "/review/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("[data-row] a[data-open]").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="审核").click()
    page.wait_for_url("**/review/")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second
