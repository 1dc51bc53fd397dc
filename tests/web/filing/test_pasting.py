"""A block from a spreadsheet: where each cell goes, what it is read as, and what is not taken."""

import pytest
from django.urls import reverse

from tests import factories
from tracker.catalogue.models import Cycle


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}-text", "money": f"f{money.pk}-{city.pk}-text"}


def preview(browser, row, block, at=""):
    answer = browser.post(reverse("submission-paste", args=[row.pk]), {"block": block, "at": at})
    lines = answer.context.get("lines") or []
    return [
        (cell.text, cell.field.name if cell.field else "", cell.problem or cell.says)
        for line in lines
        for cell in line
        if cell.text.strip()
    ]


def test_cells_go_down_from_the_chosen_field(submission, keys, li, sign_in):
    assert preview(sign_in(li), submission, "７，０００多\n1,302\n99", keys["trained"]) == [
        ("７，０００多", keys["trained"], "7000多人次"),
        ("1,302", keys["money"], "1302万元 = 13,020,000元"),
        ("99", "", "超出了表格，不填入"),
    ]
    assert submission.figures.count() == 0


def test_what_is_no_number_is_told_and_not_taken(submission, keys, li, sign_in):
    [(_, name, words)] = preview(sign_in(li), submission, "12元", keys["trained"])
    assert name == keys["trained"]
    assert "单位“元”与本指标的单位“人次”不符" in words


def test_names_in_the_first_column_find_their_rows(submission, keys, li, sign_in):
    block = "指标\t单位\t本期\n送温暖筹集资金\t万元\t1302\n培训农民工\t人次\t12人次\n合计\t\t1314"
    found = preview(sign_in(li), submission, block)
    assert ("1302", keys["money"], "1302万元 = 13,020,000元") in found
    assert ("12人次", keys["trained"], "12人次") in found
    assert ("1314", "", "合计由系统计算，不填入") in found


def test_a_county_table_takes_a_block_by_its_names_whatever_its_order(union, li, sign_in):
    met = factories.indicator(li, "走访职工", unit_name="户", level="county")
    given = factories.indicator(li, "慰问职工", unit_name="户", level="county")
    cycle = factories.cycle(union, filing=Cycle.Filing.FOR_SUBORDINATES)
    row = factories.draft(cycle, factories.month(2026, 1))
    block = "地区\t慰问职工\t走访职工\n平阴县\t3\t30\n历下区\t1\t10\n市中区\t2\t20"
    browser = sign_in(li)
    found = {name: text for text, name, _ in preview(browser, row, block) if name}
    [section] = browser.get(row.get_absolute_url()).context["sections"]
    by_place = {
        (one.cell.region.name, one.cell.indicator): found[f"{one.key}-text"] for one in section.rows
    }
    assert by_place == {
        ("历下区", met): "10", ("历下区", given): "1", ("市中区", met): "20",
        ("市中区", given): "2", ("平阴县", met): "30", ("平阴县", given): "3",
    }  # fmt: skip


def test_what_was_previewed_is_saved_without_scripts_too(submission, keys, li, sign_in):
    browser = sign_in(li)
    page = browser.post(reverse("submission-paste", args=[submission.pk]), {"block": "12\n3"})
    shown = page.content.decode()
    assert "填入2格" in shown
    data = {keys["trained"]: "12", keys["trained"].replace("text", "seen"): "0"}
    assert browser.post(reverse("submission-save", args=[submission.pk]), data).status_code == 302
    assert submission.figures.get().value == 12


def test_an_empty_block_says_what_to_do(submission, li, sign_in):
    answer = sign_in(li).post(reverse("submission-paste", args=[submission.pk]), {"block": "  "})
    assert answer.status_code == 422
    assert "请先从表格中复制" in answer.content.decode()
