"""The frame of every page, in a real browser."""

import pytest

from tests.browser.conftest import PHONE
from tracker.catalogue.models import City
from tracker.notices import services as notices


@pytest.fixture
def told(li, union):
    """A notice for 李."""
    notices.notify(
        [li], "opened", about=union, link="/notices/", round="2020年12月", due="今天17:00"
    )


def test_the_frame_names_the_person_and_warns_of_secrets(visit, accessible, shot, li, told):
    page = visit(li, "/notices/")
    assert page.get_by_text("严禁录入涉密信息").is_visible()
    assert page.locator(".whoami b").inner_text() == "李"
    assert page.locator(".whoami small").inner_text() == "填报"
    assert page.locator(".brand-office").inner_text() == "济南市总工会"
    shot(page, "notices")
    accessible(page)


def test_the_frame_fits_a_phone(visit, accessible, shot, li, told):
    page = visit(li, "/notices/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "notices-phone")
    page.get_by_role("button", name="打开或收起导航").click()
    assert page.get_by_role("navigation", name="主导航").is_visible()
    shot(page, "menu-phone")
    accessible(page)


def test_a_list_reads_at_a_glance(visit, accessible, shot, wang, league, desk):
    page = visit(wang, "/desk/agencies/")
    assert page.get_by_text("共 3 条").is_visible()
    shot(page, "list")
    accessible(page)


def test_a_list_fits_a_phone(visit, accessible, shot, wang, desk):
    page = visit(wang, "/desk/agencies/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "list-phone")
    accessible(page)


def test_a_choice_filters_at_once_and_stays_in_the_address(visit, wang, desk):
    page = visit(wang, "/desk/agencies/")
    page.get_by_label("条线").select_option("工会")
    page.wait_for_url("**/desk/agencies/?line=union")
    assert page.locator("tbody tr").count() == 1


def test_errors_stand_under_their_field_and_nothing_typed_is_lost(
    visit, accessible, shot, wang, desk
):
    page = visit(wang, "/desk/edit/")
    page.get_by_label("简称").fill("市文联")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_label("机构全称").get_attribute("aria-invalid") == "true"
    assert page.locator(".field-error").inner_text() == "该字段是必填项。"
    assert page.get_by_label("简称").input_value() == "市文联"
    shot(page, "form")
    accessible(page)


def test_a_refusal_keeps_what_was_typed(visit, complaints, accessible, shot, wang, desk):
    complaints.expects(409)
    page = visit(wang, "/desk/edit/")
    page.get_by_label("机构全称").fill("济南市文学艺术界联合会")
    page.get_by_label("简称").fill("市文联")
    page.get_by_role("button", name="保存").click()
    assert page.locator(".kept dd").all_inner_texts() == ["济南市文学艺术界联合会", "市文联"]
    shot(page, "refused")
    accessible(page)
    page.get_by_role("button", name="返回上一页").click()
    page.wait_for_url("**/desk/edit/")


def test_a_destructive_act_asks_first_and_offers_to_undo(visit, accessible, shot, wang, desk):
    page = visit(wang, "/desk/agencies/")
    page.get_by_role("button", name="撤回报送").click()
    assert page.get_by_role("dialog").inner_text().split("\n")[0] == "请确认"
    shot(page, "confirm")
    accessible(page)
    page.get_by_role("button", name="取消").click()
    assert page.locator(".note").count() == 0
    page.get_by_role("button", name="撤回报送").click()
    page.get_by_role("button", name="确定").click()
    assert page.locator(".note-success").inner_text() == "已撤回报送。 撤销"
    shot(page, "undo")


def test_the_jump_box_works_by_keyboard_alone(visit, shot, wang, desk):
    page = visit(wang, "/desk/agencies/")
    page.keyboard.press("Control+k")
    page.keyboard.type("总工会")
    page.locator(".jump-hit").wait_for()
    shot(page, "jump")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "jump-hit"
    page.keyboard.press("Escape")
    assert page.locator(".jump-results").is_hidden()


def test_the_menu_of_the_person_closes_on_escape(visit, shot, wang, desk):
    page = visit(wang, "/desk/agencies/")
    page.locator(".whoami").click()
    shot(page, "menu")
    page.keyboard.press("Escape")
    assert page.locator("details.menu").get_attribute("open") is None


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere/", 404), ("/desk/busy/", 429), ("/desk/closed/", 503)]
)
def test_what_went_wrong_is_said_in_chinese(
    visit, complaints, accessible, shot, wang, desk, path, status
):
    complaints.expects(status)
    page = visit(wang, path)
    assert page.locator(".problem-code").inner_text() == str(status)
    shot(page, f"problem-{status}")
    accessible(page)


def test_skipping_to_the_text_is_the_first_stop_of_the_keyboard(visit, wang, desk):
    page = visit(wang, "/desk/agencies/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    "wrong",
    [
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
        "console.error('wrong')",
        "fetch('/nowhere/')",
    ],
)
def test_the_watch_over_the_pages_is_awake(visit, complaints, li, wrong):
    page = visit(li, "/notices/")
    page.evaluate(wrong)
    page.wait_for_timeout(200)
    assert len(complaints) == 1
    complaints.clear()


def test_paper_shows_the_text_and_the_mark_of_a_demonstration_only(visit, wang, city, desk):
    City.objects.create(region=city, is_demo=True)
    page = visit(wang, "/desk/agencies/")
    page.emulate_media(media="print")
    hidden = [".topbar", ".navigation", ".filters", ".paging", ".masthead strong"]
    assert [part for part in hidden if page.locator(part).first.is_visible()] == []
    assert page.locator(".demo-mark").is_visible()
    assert page.get_by_role("table").is_visible()
