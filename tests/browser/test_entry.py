"""The entry form as a sheet: by keyboard alone, with the line down, and with a colleague at it."""

# ruff: noqa: F811 - fixtures of the form are taken over by name

import pytest

from tests import factories
from tests.browser.conftest import PHONE
from tests.cast import employ
from tests.web.filing.conftest import june, money, submission, trained  # noqa: F401 - fixtures

WRITTEN = "1302"


def saved(page) -> None:
    page.get_by_text("已自动保存").wait_for()


def cell(page, label: str):
    return page.get_by_label(label, exact=True)


def test_forty_indicators_cost_a_spreadsheets_keys_and_no_mouse(visit, shot, union, li, report):
    """A spreadsheet takes the digits and one Enter a cell; the form at most a fifth more."""
    indicators = [factories.indicator(li, f"指标{number}") for number in range(40)]
    cycle = factories.cycle(union)
    row = factories.draft(cycle, factories.month(2026, 6))
    values = [str(7 * number + 100) for number in range(40)]
    page = visit(li, f"/submissions/{row.pk}/")
    page.evaluate(
        "document.querySelector('[data-entry]').addEventListener('mousedown', () => { throw new Error('a mouse') })"
    )
    pressed = 0

    def press(key):
        nonlocal pressed
        pressed += 1
        page.keyboard.press(key)

    while not page.evaluate("document.activeElement.matches('[data-cell]')"):
        # The skip link leads past the head of the page.
        press("Tab") if pressed == 0 else press("Enter" if pressed == 1 else "Tab")
    for value in values:
        for digit in value:
            press(digit)
        press("Enter")
    saved(page)
    page.get_by_text("已填 40/40").wait_for()
    sheet = sum(len(value) + 1 for value in values)
    report(
        f"40 indicators: {pressed} keys in the form, {sheet} in a spreadsheet, {pressed / sheet:.2f}"
    )
    assert pressed <= 1.2 * sheet
    said = {one.indicator_id: str(one.value) for one in row.figures.all()}
    assert said == dict(zip([one.pk for one in indicators], values, strict=True))


def test_arrows_tab_and_enter_go_as_in_a_sheet(visit, submission, li):
    page = visit(li, f"/submissions/{submission.pk}/")
    first, second = (
        page.locator("[data-cell]").nth(0),
        page.locator("[data-cell][name$='-text']").nth(1),
    )
    focused = "document.activeElement.name"
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == second.get_attribute("name")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == first.get_attribute("name")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused).endswith("-opening")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == second.get_attribute("name")
    page.keyboard.press("Shift+Enter")
    assert page.evaluate(focused) == first.get_attribute("name")


def test_what_follows_is_shown_while_one_types(
    visit, shot, accessible, submission, money, city, li
):
    money.targets.create(region=city, year=2026, value=20_000_000)
    page = visit(li, f"/submissions/{submission.pk}/")
    row = page.locator(f"#f{money.pk}-{city.pk}")
    row.get_by_placeholder("期初累计").fill("698")
    cell(page, "济南市送温暖筹集资金，万元").fill("１，302")
    assert page.locator("[data-beside]").inner_text().startswith("1302万元 = 13,020,000元")
    assert row.locator("[data-total]").inner_text() == "2000万元"
    assert row.locator("[data-done]").inner_text() == "100%"
    saved(page)
    shot(page, "entry-sums")
    accessible(page)
    cell(page, "济南市送温暖筹集资金，万元").fill("1301.99")
    assert row.locator("[data-done]").inner_text() == "99.99%"


def test_a_sum_of_qualified_numbers_is_said_as_the_server_says_it(
    visit, submission, money, city, li
):
    page = visit(li, f"/submissions/{submission.pk}/")
    row = page.locator(f"#f{money.pk}-{city.pk}")
    row.get_by_placeholder("期初累计").fill("698")
    for typed, year in {
        "1302余": "2000余万元", "1303余": "2001万余元", "5000多": "超5698万元", "超1302": "超2000万元",
        "不少于1302": "2000万元以上", "约1302": "", "1302": "2000万元",
    }.items():  # fmt: skip
        cell(page, "济南市送温暖筹集资金，万元").fill(typed)
        assert (typed, row.locator("[data-total]").inner_text()) == (typed, year)
    cell(page, "济南市送温暖筹集资金，万元").fill("1302余")
    saved(page)
    page.reload()
    assert row.locator("[data-total]").inner_text() == "2000余万元"


def test_a_lost_line_loses_nothing(visit, complaints, submission, li):
    """Kept in the browser, over a closed window too, and sent when the line is back."""
    page = visit(li, f"/submissions/{submission.pk}/")
    page.route("**/autosave/", lambda route: route.abort())
    cell(page, "济南市培训农民工，人次").fill("12")
    page.get_by_text("网络没有连通").wait_for()
    assert submission.figures.count() == 0
    again = page.context.new_page()
    page.close()
    again.goto(f"/submissions/{submission.pk}/")
    saved(again)
    assert cell(again, "济南市培训农民工，人次").input_value() == "12"
    assert submission.figures.get().value == 12
    assert again.evaluate("Object.keys(localStorage).length") == 0
    complaints[:] = [one for one in complaints if "autosave" not in one and "ERR_FAILED" not in one]


def test_an_answer_that_got_lost_is_sent_again_and_is_no_clash(visit, complaints, submission, li):
    page = visit(li, f"/submissions/{submission.pk}/")
    arrive_and_break(page)
    cell(page, "济南市培训农民工，人次").fill("12")
    page.get_by_text("网络没有连通").wait_for()
    assert submission.figures.get().value == 12
    page.unroute("**/autosave/")
    cell(page, "济南市培训农民工，人次").fill("123")
    saved(page)
    page.wait_for_function("() => !localStorage.length")
    assert submission.figures.get().value == 123
    assert page.locator(".field-error").count() == 0
    complaints[:] = [one for one in complaints if "autosave" not in one and "ERR_FAILED" not in one]


def arrive_and_break(page) -> None:
    """The server gets what is sent; its answer does not come back."""

    def broken(route):
        route.fetch()
        route.abort()

    page.route("**/autosave/", broken)


@pytest.fixture
def two(visit, submission, city_with_people, li):
    """Two people of the agency with the same form open."""
    fang = employ(city_with_people, "fang", "方", city_with_people.union, "干事", "reporter")
    path = f"/submissions/{submission.pk}/"
    return visit(li, path), visit(fang, path)


def test_two_people_do_not_overwrite_each_other(two, submission, shot, trained, money):
    ours, theirs = two
    cell(theirs, "济南市培训农民工，人次").fill("10")
    saved(theirs)
    cell(ours, "济南市送温暖筹集资金，万元").fill("5")
    cell(ours, "济南市培训农民工，人次").fill("20")
    ours.get_by_text("填的是“10”，您填的是“20”").wait_for()
    shot(ours, "entry-clash")
    assert said(submission) == {trained.pk: 10, money.pk: 50000}
    ours.get_by_role("button", name="用我的").click()
    ours.get_by_text("填的是“10”").wait_for(state="detached")
    assert said(submission) == {trained.pk: 20, money.pk: 50000}


def test_one_may_take_the_colleagues_number(two, submission, trained):
    ours, theirs = two
    cell(theirs, "济南市培训农民工，人次").fill("10")
    saved(theirs)
    cell(ours, "济南市培训农民工，人次").fill("20")
    ours.get_by_role("button", name="用同事的").click()
    assert cell(ours, "济南市培训农民工，人次").input_value() == "10"
    cell(ours, "济南市培训农民工，人次").fill("11")
    ours.get_by_text("已自动保存").wait_for()
    ours.wait_for_function("() => !localStorage.length")
    assert said(submission) == {trained.pk: 11}


def test_a_form_that_forgets_what_it_saw_is_caught(two, submission, trained, monkeypatch):
    """Planted: every page claims to have seen the newest version. The colleague's number is gone."""
    ours, theirs = two
    cell(theirs, "济南市培训农民工，人次").fill("10")
    saved(theirs)
    ours.evaluate(
        "document.querySelectorAll(\"[name$='-seen']\").forEach((one) => { one.value = '1'; })"
    )
    cell(ours, "济南市培训农民工，人次").fill("20")
    saved(ours)
    assert said(submission) == {trained.pk: 20}


def said(submission) -> dict:
    return {one.indicator_id: one.value for one in submission.figures.all()}


def test_a_block_is_shown_before_it_is_taken(
    visit, shot, accessible, submission, trained, money, li
):
    page = visit(li, f"/submissions/{submission.pk}/")
    cell(page, "济南市培训农民工，人次").focus()
    paste(page, "７，０００多\n1302\n")
    box = page.locator("#paste-box")
    box.get_by_text("将填入2格").wait_for()
    assert box.get_by_text("7000多人次").is_visible()
    assert box.get_by_text("1302万元 = 13,020,000元").is_visible()
    assert submission.figures.count() == 0
    shot(page, "entry-paste")
    accessible(page)
    box.get_by_role("button", name="填入2格").click()
    saved(page)
    page.get_by_text("已填 2/2").wait_for()
    assert said(submission) == {trained.pk: 7000, money.pk: 13_020_000}


def test_a_block_with_names_finds_its_rows(visit, submission, trained, money, li):
    page = visit(li, f"/submissions/{submission.pk}/")
    cell(page, "济南市培训农民工，人次").focus()
    paste(
        page,
        "指标\t单位\t本期\n送温暖筹集资金\t万元\t1,302\n培训农民工\t人次\t12人次\n合计\t\t1314\n",
    )
    page.locator("#paste-box").get_by_role("button", name="填入2格").click()
    saved(page)
    page.get_by_text("已填 2/2").wait_for()
    assert said(submission) == {trained.pk: 12, money.pk: 13_020_000}


def paste(page, text: str) -> None:
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )


def test_the_drawer_holds_what_is_not_typed_every_day(visit, shot, accessible, submission, li):
    page = visit(li, f"/submissions/{submission.pk}/")
    cell(page, "济南市培训农民工，人次").fill("12")
    saved(page)
    cell(page, "济南市培训农民工，人次").focus()
    page.keyboard.press("F2")
    drawer = page.locator("#drawer")
    drawer.get_by_label("备注").fill("含夜校")
    shot(page, "entry-drawer")
    accessible(page)
    drawer.get_by_role("button", name="保存说明").click()
    page.get_by_text("已保存。").wait_for()
    assert submission.figures.get().note == "含夜校"


@pytest.fixture
def counties(union, li):
    """A table of three counties: two columns and the ratio that follows from them."""
    done = factories.indicator(
        li, "已入会", unit_name="人", measure="stock", level="county", decimals=0
    )
    owed = factories.indicator(li, "应入会", unit_name="人", measure="stock", level="county")
    factories.indicator(
        li, "入会率", unit_name="%", measure="ratio", level="county", numerator=done,
        denominator=owed, decimals=1,
    )  # fmt: skip
    cycle = factories.cycle(union, filing="for_subordinates")
    return factories.draft(cycle, factories.month(2026, 1))


def test_a_table_of_counties_is_filled_column_by_column(visit, shot, accessible, counties, li):
    page = visit(li, f"/submissions/{counties.pk}/")
    page.locator("[data-cell]").first.focus()
    for number in ("50", "90", "100", "100", "100", "800"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    foot = page.locator("tfoot output")
    assert foot.all_inner_texts() == ["240人", "1000人", "24.0%"]
    assert page.locator("[data-ratio]").all_inner_texts() == ["50.0%", "90.0%", "12.5%"]
    saved(page)
    page.get_by_text("已填 6/6").wait_for()
    shot(page, "entry-counties")
    accessible(page)
    page.get_by_role("link", name="进度表").click()
    page.get_by_role("button", name="打印").wait_for()
    shot(page, "matrix")
    accessible(page)


def test_the_form_fits_a_phone(visit, shot, accessible, submission, li):
    page = visit(li, f"/submissions/{submission.pk}/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    shot(page, "entry-phone")
    accessible(page)


def test_one_button_leads_from_error_to_error(visit, submission, money, city, li):
    page = visit(li, f"/submissions/{submission.pk}/")
    cell(page, "济南市培训农民工，人次").fill("12个")
    cell(page, "济南市送温暖筹集资金，万元").fill("一些")
    button = page.get_by_role("button", name="2处须处理")
    button.click()
    button.click()
    focused = page.evaluate("document.activeElement.name")
    assert focused == f"f{money.pk}-{city.pk}-text"
