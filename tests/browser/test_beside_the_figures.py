"""In a real browser: a tick where it stands, a text while it is typed, deputies and slips."""

# ruff: noqa: F811 - fixtures of the gate are taken over by name

import pytest

from accounts.services import appoint, enroll
from tests.browser.conftest import PHONE
from tests.web.review.conftest import (  # noqa: F401 - fixtures
    county_filed,
    cycle,
    file_for,
    filed,
    june,
    money,
    submission,
    trained,
)
from tracker.review.models import Tick
from tracker.review.services import Question, return_
from tracker.submissions.models import Delegation, Narrative


def test_a_tick_is_put_on_and_taken_off_where_it_stands(visit, accessible, shot, filed, wang):
    page = visit(wang, f"/review/{filed.pk}/")
    page.get_by_label("意见", exact=True).fill("同意")
    page.get_by_role("button", name="核对无误培训农民工").click()
    page.get_by_text("✓ 王").wait_for()
    assert page.get_by_label("意见", exact=True).input_value() == "同意"
    shot(page, "review-tick")
    accessible(page)
    page.get_by_role("button", name="撤销核对").click()
    page.get_by_text("✓ 王").wait_for(state="detached")
    assert Tick.objects.count() == 0


def test_the_figures_of_a_text_are_underlined_while_it_is_typed(
    visit, accessible, shot, submission, trained, li
):
    page = visit(li, f"/submissions/{submission.pk}/texts/add/{trained.programme_id}/")
    page.get_by_label("文字", exact=False).last.click()
    page.locator("textarea[name=text]").press_sequentially("走访320户，发放1302万元。")
    page.locator(".found-figure", has_text="1302万元").wait_for()
    assert page.locator(".found-figure").all_inner_texts() == ["320户", "1302万元"]
    shot(page, "narrative-found")
    accessible(page)
    page.get_by_role("button", name="保存并确认文中数字").click()
    page.get_by_text("已确认2个随文数据").wait_for()
    assert Narrative.objects.get().figures.count() == 2


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_signer_names_a_deputy(visit, accessible, shot, city_with_people, zhang, li, size):
    page = visit(zhang, "/signing/deputies/", **({"size": size} if size else {}))
    page.get_by_label("代签人").select_option(index=1)
    page.locator("[name=starts]").fill("2031-01-01")
    page.locator("[name=ends]").fill("2031-01-09")
    page.get_by_role("button", name="委托代签").click()
    page.get_by_text("已委托李代签").wait_for()
    shot(page, f"deputies-{'phone' if size else 'desk'}")
    accessible(page)
    assert Delegation.objects.get().deputy == li


def test_slips_are_issued_for_everybody_at_once(visit, accessible, shot, union, qian):
    for name in ("甲", "乙", "丙"):
        appoint(enroll(name=name, agency=union, by=qian), union, "干事", by=qian)
    page = visit(qian, "/users/slips/")
    page.get_by_label("全选").uncheck()
    page.get_by_label("全选").check()
    page.get_by_role("button", name="生成一次性密码").click()
    page.locator("#confirm-yes").click()
    page.get_by_text("已为3人生成一次性密码").wait_for()
    assert page.locator(".slips li").count() == 3
    shot(page, "slips")
    accessible(page)
    page.reload()
    assert page.locator(".slips li").count() == 0


def test_after_a_return_for_a_figure_the_text_is_shown_closed(
    visit, accessible, shot, filed, trained, li, wang
):
    asked = filed.figures.get(indicator=trained)
    return_(filed, by=wang, version=filed.version, questions=[Question(asked.pk, "unit", "请核对")])
    page = visit(li, f"/submissions/{filed.pk}/")
    page.get_by_text("本次没有退回这段文字，不能修改").wait_for()
    assert page.get_by_text("添加文字材料").count() == 0
    shot(page, "returned-text")
    accessible(page)
    assert page.locator("#comment-figure").evaluate("box => box.selectedIndex") == 0
    assert "被质询" in page.locator("#comment-figure option").first.inner_text()


def test_a_changed_text_is_marked_for_the_reviewer(visit, accessible, shot, filed, trained, wang):
    text = Narrative.objects.get()
    Narrative.objects.update(before=text.text, text=f"在历下区{text.text}")
    page = visit(wang, f"/review/{filed.pk}/")
    assert page.locator("ins").inner_text() == "在历下区"
    page.get_by_label("质询做法").check()
    page.locator(f"[name=t{text.pk}-reason]").select_option("text")
    page.get_by_role("button", name="退回（1项）").wait_for()
    shot(page, "text-question")
    accessible(page)
