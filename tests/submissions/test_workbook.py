"""A submission as a workbook: taken away, filled in, and taken back whole or not at all."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.submissions.books import old, own, rows_in, said, sheet_in, template
from tests.workbooks.kit import table
from tracker.submissions.drafting import Change, save_figures
from tracker.submissions.models import Submission
from tracker.submissions.owing import prepare
from tracker.submissions.workbook import (
    Changed,
    WrongFigures,
    digest_of,
    open_book,
    template_of,
)
from tracker.submissions.workbook import plan_workbook as plan_book
from tracker.submissions.workbook import take_workbook as take_book
from tracker.workbooks.gates import NotAWorkbook


def plan_workbook(submission, data, *, by, filename=""):
    return plan_book(submission, open_book(data, filename), by=by)


def take_workbook(submission, data, *, by, filename="", seen=None):
    return take_book(submission, open_book(data, filename), by=by, seen=seen)


@pytest.fixture
def wrong(submission, li):
    """plan.errors of a workbook as (cell, message)."""

    def of(data: bytes):
        plan = plan_workbook(submission, data, by=li, filename="六月.xlsx")
        return [(one.cell, one.message) for one in plan.errors]

    return of


def save(submission, indicator, text, by, **words):
    change = Change(indicator.pk, submission.agency.region_id, text, **words)
    save_figures(submission, [change], by=by)


# What is taken away


def test_the_template_has_a_row_for_each_figure_with_what_stands(submission, trained, money, li):
    save(submission, money, "1302", li, note="含物资")
    first, second = rows_in(template_of(submission, by=li))
    assert (first["指标"], first["单位"], first["本期"], first["填报情况"]) == (
        "培训农民工", "人次", None, None,
    )  # fmt: skip
    assert (second["指标"], second["单位"], second["本期"], second["备注"]) == (
        "送温暖筹集资金", "万元", 1302, "含物资",
    )  # fmt: skip
    assert second["填报情况"] == "数值"


def test_what_is_not_to_be_typed_is_locked_and_the_rest_has_its_choices(submission, li):
    sheet = sheet_in(template_of(submission, by=li))
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.protection.sheet is True
    locked = {name for name, letter in head.items() if sheet[f"{letter}2"].protection.locked}
    assert {"指标编码", "指标", "地区", "单位", "上期", "上年同期", "核对码"} <= locked
    assert locked & {"本期", "填报情况", "情况说明", "备注"} == set()
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == '"数值,零报告,不适用"'
    assert str(choice.sqref).startswith(f"{head['填报情况']}2")


def test_a_county_duty_has_a_row_for_each_county(union, li):
    counted = factories.indicator(li, "服务职工", level="county")
    cycle = factories.cycle(union, filing="for_subordinates")
    prepare(factories.open_round(cycle, factories.month(2026, 6)))
    submission = Submission.objects.get()
    rows = rows_in(template_of(submission, by=li))
    assert [(row["地区"], row["区划代码"]) for row in rows] == [
        ("历下区", "370102"), ("市中区", "370103"), ("平阴县", "370124"),
    ]  # fmt: skip
    data = template(submission, li, r2={"本期": 5}, r4={"本期": "7余"})
    take_workbook(submission, data, by=li)
    assert {one.region.name: (one.value, one.qualifier) for one in counted_in(submission)} == {
        "历下区": (5, ""), "平阴县": (7, "余"),
    }  # fmt: skip
    assert counted.pk


def counted_in(submission):
    return submission.figures.select_related("region")


@pytest.mark.parametrize("person", ["zhang", "sun", "wang", "zhao"])
def test_only_who_may_fill_in_takes_it_away_or_brings_it_back(
    submission, city_with_people, person, li
):
    by, data = city_with_people.people[person], template_of(submission, by=li)
    for act in (
        lambda: template_of(submission, by=by),
        lambda: plan_workbook(submission, data, by=by),
        lambda: take_workbook(submission, data, by=by),
    ):
        with pytest.raises(Refused):
            act()


# What comes back


def test_a_preview_says_old_and_new_and_writes_nothing(submission, trained, money, li):
    save(submission, money, "1302", li)
    submission.refresh_from_db()
    data = template(submission, li, r2={"填报情况": "零报告"}, r3={"本期": 1340, "备注": "已核对"})
    plan = plan_workbook(submission, data, by=li)
    assert [(one.cell, one.what, one.changes) for one in plan.steps] == [
        ("K2", "new", (("本期", "", "零报告"),)),
        ("K3", "changed", (("本期", "1302", "1340"), ("备注", "", "已核对"))),
    ]
    assert said(submission) == {"送温暖筹集资金": ("value", 13020000, "")}
    assert Submission.objects.get().version == submission.version


def test_what_was_seen_is_taken_in_one_act_on_record(submission, li):
    data = template(submission, li, r2={"本期": "7000多"}, r3={"本期": "１，３０２"})
    seen = digest_of(plan_workbook(submission, data, by=li))
    take_workbook(submission, data, by=li, filename="六月.xlsx", seen=seen)
    assert said(submission) == {
        "培训农民工": ("value", 7000, "多"),
        "送温暖筹集资金": ("value", 13020000, ""),
    }
    entry = AuditEntry.objects.get(act="submission.workbook")
    assert (entry.actor_id, entry.data["rows"]) == (li.pk, 2)
    assert Submission.objects.get().version == submission.version + 1


def test_every_error_is_said_at_once_with_its_cell_and_nothing_is_written(
    submission, trained, wrong, li
):
    data = template(
        submission, li,
        r2={"本期": "一些"},
        r3={"填报情况": "不适用"},
        r4={"指标编码": "无此码", "本期": 3},
        r5={"指标编码": trained.code, "本期": 4},
    )  # fmt: skip
    assert wrong(data) == [
        ("K2", "“一些”不是可以识别的数值。请只填数字，如 1302 或 500余"),
        ("K3", "选择“不适用”时请写明原因"),
        ("A4", "“无此码”不在本单位本期的填报范围内，请核对或删除这一行"),
        ("K5", "与第2行是同一项数据，请只保留一行"),
    ]
    with pytest.raises(WrongFigures) as refusal:
        take_workbook(submission, data, by=li)
    assert len(refusal.value.plan.errors) == 4
    assert submission.figures.count() == 0


def test_zero_and_a_number_in_one_row_contradict(submission, wrong, li):
    data = template(submission, li, r2={"本期": 12, "填报情况": "零报告"})
    assert wrong(data) == [("L2", "填报情况选了“零报告”，本期又填了数，请只留一样")]


def test_a_choice_that_is_none_is_said_with_the_choices(submission, wrong, li):
    [(cell, message)] = wrong(template(submission, li, r2={"填报情况": "没有"}))
    assert (cell, message) == ("L2", "「没有」不在可选范围内，请填写：数值、零报告、不适用")


def test_a_date_in_place_of_a_number_is_said(submission, wrong, li):
    data = template(submission, li, r2={"本期": datetime.date(2026, 6, 1)})
    [(cell, message)] = wrong(data)
    assert (cell, message.startswith("单元格是「2026-06-01」")) == ("K2", True)


def test_what_stops_submitting_is_marked_too_but_stops_no_taking(submission, trained, money, li):
    save(submission, money, "1302", li)
    part = factories.indicator(li, "其中女职工", programme_=trained.programme)
    part.wholes.add(trained)
    data = template(submission, li, r2={"本期": 10}, r4={"本期": 12})
    plan = take_workbook(submission, data, by=li)
    assert [(one.cell, one.message) for one in plan.findings] == [
        ("K4", "“其中”数大于“培训农民工”（10人次），请核对")
    ]
    assert [one.cell for one in plan.marks] == ["K4"]


def test_a_required_figure_left_blank_is_marked_at_its_cell(submission, li):
    plan = plan_workbook(submission, template_of(submission, by=li), by=li)
    assert [one.cell for one in plan.findings] == ["K2", "K3"]
    assert (plan.steps, plan.errors, plan.same) == ((), (), 2)


def test_a_row_that_nobody_touched_leaves_the_colleagues_newer_figure_alone(
    submission, trained, money, li
):
    data = template(submission, li, r2={"本期": 12})
    save(submission, money, "1302", li)
    take_workbook(submission, data, by=li)
    assert said(submission) == {
        "培训农民工": ("value", 12, ""),
        "送温暖筹集资金": ("value", 13020000, ""),
    }


def test_a_figure_that_both_have_changed_is_a_conflict_and_is_not_overwritten(
    submission, money, wrong, li
):
    data = template(submission, li, r3={"本期": 1200})
    save(submission, money, "1302", li)
    assert wrong(data) == [("K3", "下载模板后这一项已改为“1302”，请重新下载模板，核对后再填")]


def test_a_figure_taken_out_of_the_template_is_blank_again(submission, money, li):
    save(submission, money, "1302", li)
    data = template(submission, li, r3={"本期": None, "填报情况": None})
    plan = take_workbook(submission, data, by=li)
    assert [(one.what, one.changes) for one in plan.steps] == [("cleared", (("本期", "1302", ""),))]
    assert submission.figures.get().kind == ""


def test_trailing_zeros_that_the_spreadsheet_dropped_are_no_change(submission, money, li):
    save(submission, money, "1302.50", li)
    plan = plan_workbook(submission, template(submission, li), by=li)
    assert (plan.steps, plan.same) == ((), 2)
    assert submission.figures.get().entered == "1302.50"


def test_what_moved_on_after_the_preview_is_not_taken(submission, money, li):
    data = own(("送温暖筹集资金", 1340))
    seen = digest_of(plan_workbook(submission, data, by=li))
    save(submission, money, "1302", li)
    with pytest.raises(Changed) as news:
        take_workbook(submission, data, by=li, seen=seen)
    assert news.value.plan.steps[0].changes == (("本期", "1302", "1340"),)
    assert submission.figures.get().value == 13020000


def test_what_came_back_for_one_figure_opens_only_that(submission, money, trained, wrong, li):
    save(submission, money, "1302", li)
    save(submission, trained, "12", li)
    submission.figures.filter(indicator=money).update(questioned=True)
    Submission.objects.update(status="returned")
    data = template(submission, li, r2={"本期": 13}, r3={"本期": 1340})
    assert wrong(data) == [("K2", "本次只退回了被质询的数据，这一项不能修改，请恢复原来的填写")]


@pytest.mark.parametrize(
    ("name", "make"), [("六月.xlsx", own), ("六月.xls", old), ("六月.et", old)]
)
def test_an_office_sends_its_own_sheet_in_the_formats_it_has(submission, li, name, make):
    data = make(("培训农民工", "1,302人次"), ("送温暖筹集资金", 16.74))
    take_workbook(submission, data, by=li, filename=name)
    assert said(submission) == {
        "培训农民工": ("value", 1302, ""),
        "送温暖筹集资金": ("value", Decimal(167400), ""),
    }


def test_a_sheet_without_the_column_of_figures_is_told_so(submission, wrong):
    data = table(("指标名称", "备注"), ("培训农民工", "好"))
    assert wrong(data) == [("A1", "缺少“本期”这一列，请按模板填写")]


def test_an_empty_sheet_says_that_nothing_was_filled_in(submission, li):
    plan = plan_workbook(submission, own(), by=li)
    assert "表格里没有填写任何一行" in [one.message for one in plan.findings]


def test_what_is_no_workbook_is_refused_in_words(submission, li):
    with pytest.raises(NotAWorkbook, match="不是 Excel 或 WPS 工作簿"):
        plan_workbook(submission, b"12,13", by=li, filename="六月.xlsx")


def test_a_formula_typed_as_text_stays_text(submission, money, li):
    save(submission, money, "1302", li, note="=1+1")
    rows = sheet_in(template_of(submission, by=li))
    notes = [cell for cell in rows[3] if cell.value == "=1+1"]
    assert [cell.data_type for cell in notes] == ["s"]


def test_as_many_queries_for_four_rows_as_for_one(submission, li):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            plan_workbook(submission, template(submission, li, r2={"本期": 5}), by=li)
        return len(queries)

    asked()
    before = asked()
    for number in range(3):
        factories.indicator(li, f"走访职工{number}")
    assert asked() == before
