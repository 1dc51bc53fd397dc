"""The editor of patterns in the browser: slots at the caret, the caret at the fault, the preview while typing."""

import pytest

from tests import factories
from tests.browser.conftest import PHONE, session_cookie
from tests.cast import employ
from tests.ledger.ground import Ground
from tests.releases.approved import Approved
from tracker.catalogue.spans import span_of
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.subjects import subject_of


@pytest.fixture
def approved(city_with_people, li):
    training = factories.programme("union", "提升素质行动")
    fields = {"programme_": training, "entry_mode": "cumulative", "must_say": True}
    trained = factories.indicator(li, "农民工", unit_name="名", verb="培训", **fields)
    money = factories.indicator(
        li, "经济损失", unit_name="元", verb="挽回", entry_scale="万", **fields
    )
    return Approved(Ground(city_with_people), training, trained, money, span_of("2020"))


@pytest.fixture
def address(approved):
    return f"/releases/patterns/edit/?subject=p{approved.programme.pk}"


def caret(page) -> list[int]:
    return page.eval_on_selector("#id_source", "one => [one.selectionStart, one.selectionEnd]")


def test_a_slot_goes_in_at_the_caret_and_the_preview_follows(
    approved, address, wang, visit, shot, accessible
):
    page = visit(wang, address)
    page.fill("#id_source", "全市共培训，。")
    page.eval_on_selector("#id_source", "one => one.setSelectionRange(5, 5)")
    page.click("button:has-text('{农民工}')")
    page.wait_for_selector(".pattern-preview >> text=截至2020年底，全市共培训3221名，。")
    assert page.input_value("#id_source") == "全市共培训{农民工}，。"
    page.click("button:has-text('.同比')")
    assert page.input_value("#id_source") == "全市共培训{农民工.同比}，。"
    page.fill("#id_source", "{全域}<累计|共>培训{农民工}[，挽回{经济损失}]。")
    page.wait_for_selector(".pattern-preview >> text=全市累计培训3221名。")
    accessible(page)
    shot(page, "pattern-preview")


def test_a_fault_is_shown_while_typing_and_the_caret_goes_there(
    approved, address, wang, visit, shot, complaints, accessible
):
    page = visit(wang, address)
    page.fill("#id_source", "共培训近{农民工}。")
    page.wait_for_selector("#pattern-fault >> text=第5个字符")
    assert page.get_attribute("#id_source", "aria-invalid") == "true"
    page.eval_on_selector("#id_source", "one => one.setSelectionRange(0, 0)")
    page.click("text=光标移到这里")
    assert caret(page) == [4, 5]
    accessible(page)
    shot(page, "pattern-fault")
    complaints.expects(422)
    page.fill("#id_note", "试试")
    page.click("text=提交审定")
    page.wait_for_selector(".note-error, #pattern-fault")
    assert caret(page) == [4, 5]
    assert page.input_value("#id_note") == "试试"
    assert page.input_value("#id_source") == "共培训近{农民工}。"
    assert PatternVersion.objects.count() == 0


def test_it_is_proposed_by_one_and_approved_by_another(
    approved, address, city_with_people, wang, lead_office, visit, shot, accessible
):
    wei = employ(city_with_people, "wei", "魏", lead_office, "科长", "reviewer")
    page = visit(wang, address)
    page.fill("#id_source", "{全域}共培训{农民工}。")
    page.click("text=提交审定")
    page.wait_for_url("**/releases/patterns/*/")
    other = visit(wei, "/releases/patterns/")
    other.click("text=请您审定")
    other.wait_for_selector("text=全市共培训3221名。")
    accessible(other)
    shot(other, "pattern-decide")
    other.click("button:has-text('同意启用')")
    other.wait_for_url("**/releases/patterns/")
    made = PatternVersion.objects.get()
    assert verbs.standing_of(subject_of(approved.programme), made.region) == made
    accessible(other)
    shot(other, "pattern-list")


def test_it_works_without_a_script_and_on_a_phone(approved, address, wang, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    )
    context.add_cookies([session_cookie(wang, live_server.url)])
    page = context.new_page()
    page.goto(address)
    page.fill("#id_source", "全市共培训")
    page.click("button:has-text('{农民工}')")
    assert page.input_value("#id_source") == "全市共培训{农民工}"
    page.click("text=检查并预览")
    assert "第10个字符：项目的句式是完整的句子" in page.inner_text("#pattern-check")
    page.fill("#id_source", "全市共培训{农民工}。")
    page.click("text=检查并预览")
    assert "全市共培训3221名。" in page.inner_text("#pattern-check")
    page.click("text=提交审定")
    assert PatternVersion.objects.get().source == "全市共培训{农民工}。"
    context.close()
