"""A finding is settled in two clicks: the entry is taken, the agency is asked, a second person is asked."""

# ruff: noqa: F811 - fixtures of the release's tests are taken over by name

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_editor import (  # noqa: F401
    CHIP,
    address,
    end_of_figure,
    latest,
    new_paragraph,
    paper,
    quiet,
    said,
    save_now,
)
from tests.web.releases.conftest import approved, draft, june, trained  # noqa: F401 - fixtures
from tracker.releases.models import FigureRequest, Waiver
from tracker.releases.waivers import stops_of


@pytest.fixture
def unsaved(paper):
    """A figure that nobody reported has just been typed; nothing is saved."""
    end_of_figure(paper)
    new_paragraph(paper)
    paper.keyboard.type("另有9871人到场参加。")
    finding(paper).wait_for()
    quiet(paper)
    return paper


def finding(page):
    return page.locator("#findings .finding-stop", has_text="9871人")


def test_the_agency_is_asked_in_two_clicks_and_the_text_is_saved_by_itself(
    unsaved, draft, union, shot, accessible
):
    finding(unsaved).get_by_role("button", name="请单位补报").click()
    form = finding(unsaved).locator("form")
    assert form.locator("select").input_value() == str(union.pk)
    assert form.locator("textarea").input_value() == "另有9871人到场参加"
    shot(unsaved, "settle-ask")
    accessible(unsaved)
    form.get_by_role("button", name="发送").click()
    finding(unsaved).get_by_text("已请市总工会补报").wait_for()
    quiet(unsaved)
    asked = FigureRequest.objects.get()
    assert (asked.agency, asked.raw) == (union, "9871人")
    assert [stop.digest for stop in stops_of(latest(draft))] == [asked.digest]
    assert latest(draft).number == 2
    shot(unsaved, "settle-asked")


def test_a_waiver_is_asked_without_saving_first(unsaved, draft, shot):
    finding(unsaved).get_by_role("button", name="申请例外").click()
    form = finding(unsaved).locator("form")
    form.get_by_label("理由").fill("会议签到统计")
    unsaved.locator(".ProseMirror").click()  # The list may be made anew meanwhile.
    quiet(unsaved)
    assert form.get_by_label("理由").input_value() == "会议签到统计"
    form.get_by_role("button", name="提出").click()
    finding(unsaved).get_by_text("已申请例外，待另一人同意").wait_for()
    quiet(unsaved)
    assert Waiver.objects.get().reason == "会议签到统计"
    assert latest(draft).number == 2
    shot(unsaved, "settle-waived")


def test_a_wrong_figure_is_put_right_by_one_click(paper, draft):
    end_of_figure(paper)
    new_paragraph(paper)
    paper.keyboard.type("全市培训农民工3212人次。")
    wrong = paper.locator("#findings .finding-stop", has_text="3212人次")
    wrong.get_by_role("button", name="改用台账").first.click()
    wrong.wait_for(state="detached")
    quiet(paper)
    assert "3221人次。" in paper.locator(".ProseMirror").inner_text()


def test_an_origin_is_chosen_for_the_sentence_that_somebody_wrote_around_its_figure(paper, draft):
    paper.locator(CHIP, has_text="3221人次").click()
    paper.keyboard.press("ArrowLeft")
    paper.keyboard.press("Shift+Home")
    paper.keyboard.type("全市累计表彰先进")
    mute = paper.locator("#findings .finding-stop", has_text="3221人次")
    mute.wait_for()
    quiet(paper)
    mute.get_by_role("button", name="就是这个数：培训农民工 3221人次").click()
    mute.wait_for(state="detached")
    save_now(paper, 2)
    assert "全市累计表彰先进3221人次" in said(draft)
    assert stops_of(latest(draft)) == []
    paper.reload()
    paper.locator(CHIP, has_text="3221人次").click()
    paper.keyboard.press("ArrowLeft")
    paper.keyboard.type("工作者")
    paper.locator("#findings .finding-stop", has_text="3221人次").wait_for()
    quiet(paper)


def test_the_forms_fit_a_phone(visit, wu, address, draft, shot, accessible):
    page = visit(wu, address, PHONE)
    page.locator(".ProseMirror .figure").first.wait_for()
    end_of_figure(page)
    new_paragraph(page)
    page.keyboard.type("另有9871人到场参加。")
    finding(page).get_by_role("button", name="请单位补报").click()
    shot(page, "settle-phone")
    accessible(page)
    quiet(page)
