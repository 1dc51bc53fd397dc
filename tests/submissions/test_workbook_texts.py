"""The texts of a submission by workbook: taken away, changed, added, removed, brought back."""

import io

import openpyxl
import pytest

from tests import factories
from tracker.review.services import Question, return_
from tracker.submissions.models import Narrative, Submission
from tracker.submissions.services import Change, save_figures, save_narrative, sign, submit
from tracker.submissions.workbook import open_book, plan_workbook, take_workbook, template_of
from tracker.submissions.workbook.texts import TEXTS

HEADINGS = [column.heading for column in TEXTS.columns]


@pytest.fixture
def practice(submission, trained, li):
    return save_narrative(submission, trained.programme, "practice", "就近开班。", by=li)


def rows_in(data: bytes) -> list[dict]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(data))[TEXTS.name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def typed(data: bytes, **by_row) -> bytes:
    """typed(data, r2={"文字": "…"}): the sheet of texts with cells typed over."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, cells in by_row.items():
        for heading, value in cells.items():
            place = book[TEXTS.name].cell(int(name[1:]), HEADINGS.index(heading) + 1)
            place.value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take(submission, data: bytes, by):
    return take_workbook(submission, open_book(data, "六月.xlsx"), by=by)


def planned(submission, data: bytes, by):
    return plan_workbook(submission, open_book(data, "六月.xlsx"), by=by)


def texts_of(submission) -> list[tuple]:
    rows = submission.narratives.order_by("pk")
    return list(rows.values_list("programme__name", "kind", "text", "speaker"))


def test_the_template_holds_what_stands_and_a_row_for_every_other_programme(
    submission, practice, trained, li, union
):
    other = factories.programme("union", "送温暖", order=9)
    factories.indicator(li, "慰问户数", unit_name="户", programme_=other)
    [first, second] = rows_in(template_of(submission, by=li))
    assert (first["项目"], first["类型"], first["文字"]) == ("提升素质行动", "做法", "就近开班。")
    assert (second["项目"], second["文字"]) == ("送温暖", None)


def test_a_text_is_changed_another_added_and_the_preview_writes_nothing(submission, practice, li):
    book = typed(
        template_of(submission, by=li),
        r2={"文字": "在历下区就近开班。"},
        r3={"项目": "提升素质行动", "类型": "引语", "发言人": "小王", "文字": "学会了焊接。"},
    )
    plan = planned(submission, book, li)
    assert [(one.label, one.what, one.changes) for one in plan.steps] == [
        ("提升素质行动　做法", "changed", (("文字", "就近开班。", "在历下区就近开班。"),)),
        (
            "提升素质行动　引语",
            "new",
            (("类型", "", "引语"), ("发言人", "", "小王"), ("文字", "", "学会了焊接。")),
        ),
    ]
    assert texts_of(submission) == [("提升素质行动", "practice", "就近开班。", "")]
    take(submission, book, li)
    assert texts_of(submission) == [
        ("提升素质行动", "practice", "在历下区就近开班。", ""),
        ("提升素质行动", "quote", "学会了焊接。", "小王"),
    ]


def test_a_text_that_was_emptied_is_removed(submission, practice, li):
    done = take(submission, typed(template_of(submission, by=li), r2={"文字": None}), li)
    assert [(one.what, one.changes) for one in done.steps] == [
        ("cleared", (("文字", "就近开班。", ""),))
    ]
    assert Narrative.objects.count() == 0


def test_what_nobody_touched_leaves_the_colleagues_newer_text_alone(submission, practice, li):
    book = template_of(submission, by=li)
    save_narrative(
        submission, practice.programme, "practice", "送教上门。", by=li,
        narrative=Narrative.objects.get(), seen=1,
    )  # fmt: skip
    done = take(submission, book, li)
    assert (done.steps, texts_of(submission)[0][2]) == ((), "送教上门。")


def test_a_text_that_both_have_changed_is_not_overwritten(submission, practice, li):
    book = typed(template_of(submission, by=li), r2={"文字": "我改的。"})
    save_narrative(
        submission, practice.programme, "practice", "送教上门。", by=li,
        narrative=Narrative.objects.get(), seen=1,
    )  # fmt: skip
    [error] = planned(submission, book, li).errors
    assert (error.sheet, error.cell) == ("文字材料", "E2")
    assert "下载模板后这段文字已有改动" in error.message


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"项目": "别家项目", "类型": "做法"}, "A3", "不是本单位的项目"),
        ({"项目": "提升素质行动"}, "B3", "没有选类型"),
        ({"项目": "提升素质行动", "类型": "问答"}, "D3", "请填写问题"),
        ({"项目": "提升素质行动", "类型": "引语"}, "C3", "请填写发言人"),
        ({"项目": "提升素质行动", "类型": "诗歌"}, "B3", "诗歌"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_written(
    submission, practice, li, cells, cell, words
):
    book = typed(template_of(submission, by=li), r3=cells | {"文字": "新写的。"})
    [error] = planned(submission, book, li).errors
    assert (error.cell, words in error.message) == (cell, True)
    assert len(texts_of(submission)) == 1


def test_numbers_of_a_text_wait_to_be_confirmed(submission, practice, li):
    book = typed(template_of(submission, by=li), r2={"文字": "走访320户。"})
    assert any("确认" in one.message for one in planned(submission, book, li).findings)


def test_of_a_return_for_one_figure_the_texts_stay_closed(
    submission, practice, trained, money, city, li, zhang, wang
):
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    row = Submission.objects.get()
    row = submit(row, by=li, version=row.version)
    row = sign(row, by=zhang, version=row.version)
    asked = row.figures.get(indicator=trained)
    row = return_(row, by=wang, version=row.version, questions=[Question(asked.pk, "unit", "？")])
    book = typed(template_of(row, by=li), r2={"文字": "改了。"})
    [error] = planned(row, book, li).errors
    assert "这段文字不能修改" in error.message
