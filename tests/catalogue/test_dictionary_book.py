"""The dictionaries by workbook and .csv: previewed, everything wrong at once, whole or not at all."""

from datetime import date

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tracker.catalogue.dictionary import add_word
from tracker.catalogue.dictionary_book import (
    WORDS,
    as_workbook,
    carry_out_words,
    export_words,
    plan_words,
)
from tracker.catalogue.models import CityWord
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.plans import WrongWorkbook
from tracker.workbooks.writing import write

ROW = {"kind": "term", "words": "弱势群体", "instead": "困难群众"}
OLD = {"kind": "agency", "words": "扶贫局", "instead": "乡村振兴局", "valid_from": date(2021, 6, 1)}


def book(*rows) -> bytes:
    return write([(WORDS, rows)])


def planned(city, by, *rows):
    return plan_words(book(*rows), city, by=by, filename="词典.xlsx")


def test_a_preview_writes_nothing_and_the_confirmed_one_all_of_it(city, wu):
    plan = planned(city, wu, ROW, OLD)
    assert ([step.label for step in plan.creates], plan.errors) == (["弱势群体", "扶贫局"], ())
    assert CityWord.objects.count() == 0
    carry_out_words(plan, by=wu)
    kept = list(
        CityWord.objects.order_by("pk").values_list("kind", "words", "instead", "valid_from")
    )
    assert kept == [
        ("term", "弱势群体", "困难群众", None), ("agency", "扶贫局", "乡村振兴局", date(2021, 6, 1)),
    ]  # fmt: skip
    assert AuditEntry.objects.get(act="city_word.import").data == {"created": 2, "changed": 0}


def test_a_word_that_is_known_is_changed_and_one_that_is_alike_stays(city, wu):
    add_word(city, by=wu, **ROW)
    add_word(city, by=wu, **OLD)
    plan = planned(city, wu, ROW | {"note": "文件用语"}, OLD)
    assert [(step.label, step.what, step.changes) for step in plan.steps] == [
        ("弱势群体", "update", ("note",)), ("扶贫局", "same", ()),
    ]  # fmt: skip
    carry_out_words(plan, by=wu)
    assert CityWord.objects.get(words="弱势群体").note == "文件用语"


def test_everything_wrong_is_said_at_once_and_nothing_is_written(city, wu):
    rows = (
        ROW,
        {"kind": "name", "words": "1302万元"},
        {"kind": "formula", "words": "四进", "instead": "进企业、进社区"},
        ROW | {"instead": "困难户"},
        OLD | {"valid_to": date(2020, 1, 1)},
    )
    plan = planned(city, wu, *rows)
    assert [(error.cell, error.message[:6]) for error in plan.errors] == [
        ("B3", "这是数据，不"), ("C4", "请用“、”隔"), ("B5", "与B2重复，"), ("F6", "止期2020"),
    ]  # fmt: skip
    with pytest.raises(WrongWorkbook):
        carry_out_words(plan, by=wu)
    assert CityWord.objects.count() == 0


def test_others_than_those_who_compile_are_refused(city, li):
    with pytest.raises(Refused):
        planned(city, li, ROW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_office_is_read(city, wu, encoding):
    text = (
        "类别,词,应改为,说明,起,止\n规范用语,弱势群体,困难群众,,2021-01-01,\n保护名称,515工程,,,,\n"
    )
    data, name = as_workbook(text.encode(encoding), "词典.csv")
    plan = plan_words(data, city, by=wu, filename=name)
    assert (name, plan.errors, len(plan.creates)) == ("词典.xlsx", (), 2)
    carry_out_words(plan, by=wu)
    assert CityWord.objects.get(kind="term").valid_from == date(2021, 1, 1)


def test_a_formula_in_a_csv_stays_words(city, wu):
    data, name = as_workbook("类别,词,应为\n规范用语,=1+1类,加一类\n".encode(), "词.csv")
    assert [step.label for step in plan_words(data, city, by=wu, filename=name).creates] == [
        "=1+1类"
    ]


@pytest.mark.parametrize("text", ["", "类别,词\n", "类别,类别\n甲,乙\n"])
def test_a_csv_without_a_head_or_rows_is_refused(text):
    with pytest.raises(NotAWorkbook, match="第一行"):
        as_workbook(text.encode(), "词.csv")


def test_bytes_of_no_known_writing_are_refused():
    with pytest.raises(NotAWorkbook, match="编码"):
        as_workbook(b"\xff\xff\xff\x00\x81", "词.csv")


def test_what_goes_out_comes_in_unchanged(city, wu):
    for fields in (ROW, OLD, {"kind": "name", "words": "515工程"}):
        add_word(city, by=wu, **fields)
    plan = plan_words(export_words(city), city, by=wu, filename="词典.xlsx")
    assert ([step.what for step in plan.steps], plan.errors) == (["same"] * 3, ())
