"""Each published number leads back to who reported and who approved it."""

import io
from decimal import Decimal

import openpyxl
import pytest

from tests import factories
from tracker.documents.tree import Figure
from tracker.releases.files import file_of, media_type
from tracker.releases.provenance import derivation, provenance


def rows(approved, **fields):
    return {row["key"]: row for row in provenance(approved.version(**fields))}


def test_an_entry_is_traced(approved):
    row = rows(approved)[f"e{approved.sum.pk}"]
    assert {name: row[name] for name in ("surface", "value", "unit", "indicator", "agency", "span", "reporter", "approver", "entry", "derivation")} == {
        "surface": "1302万元",
        "value": 13020000,
        "unit": "元",
        "indicator": "经济损失",
        "agency": "济南市总工会",
        "span": "2020",
        "reporter": "李",
        "approver": "王",
        "entry": approved.sum.pk,
        "derivation": "",
    }  # fmt: skip
    assert row["sentence"].endswith("挽回经济损失1302万元。")


def test_a_figure_of_a_passage_is_traced(approved):
    number = approved.practice.figures.get()
    row = rows(approved)[f"pf{number.pk}"]
    assert (row["surface"], row["indicator"], row["reporter"], row["approver"]) == (
        "40万元",
        "提升素质行动（随文数据）",
        "李",
        "王",
    )
    assert row["sentence"] == "我们开展提升素质行动，依托培训机构就近开班，大桥村投入40万元。"


def test_rows_are_numbered_in_reading_order(approved):
    numbers = [row["number"] for row in provenance(approved.version())]
    assert numbers == [1, 2, 3]


def test_an_imported_figure_shows_file_and_cell(approved, ground):
    ground.say(
        approved.trained, "2020", 3300, entered_unit="名", origin="import",
        origin_file="历史.xlsx", origin_cell="历史数据!E5",
    )  # fmt: skip
    traced = [row for row in provenance(approved.version()) if row["surface"] == "3300名"]
    assert [row["evidence"] for row in traced] == ["历史.xlsx 历史数据!E5"]


def test_a_sum_shows_every_entry_behind_it(approved, ground, li):
    visits = factories.indicator(
        li, "困难家庭", unit_name="户", programme_=approved.programme, level="county"
    )
    for code, value in (("370102", 120), ("370103", 80), ("370124", 45)):
        ground.say_at(code, visits, "2020", value)
    traced = [row for row in provenance(approved.version()) if row["surface"] == "245户"]
    assert sorted(row["region"] for row in traced) == ["历下区", "市中区", "平阴县"]
    assert {row["derivation"] for row in traced} == {"各报送单位数值相加"}


@pytest.mark.parametrize(
    ("key", "entries", "said"),
    [
        ("e12", (12,), ""),
        ("e12_2", (12,), ""),
        ("e12_start", (12,), "调整前的数值，与现行数值同时填报"),
        ("e12_growth", (12,), "增幅 =（现值 − 起始值）÷ 起始值"),
        ("e12_growth_2", (12,), "增幅 =（现值 − 起始值）÷ 起始值"),
        ("e12_year_on_year", (12, 3), "同比 =（本期 − 上年同期）÷ 上年同期"),
        ("e12_completion", (12,), "完成率 = 实际 ÷ 目标"),
        ("i7", (1, 2), "各报送单位数值相加"),
    ],
)
def test_how_a_figure_was_computed_is_said(key, entries, said):
    assert derivation(Figure(key, entries, "1", Decimal(1))) == said


def test_the_sheet_has_a_row_for_each_figure(approved):
    book = openpyxl.load_workbook(io.BytesIO(file_of(approved.version(), "xlsx")))
    cells = [[cell.value for cell in row] for row in book["数据来源"].iter_rows()]
    assert [row[1] for row in cells] == ["文中数字", "40万元", "3221名", "1302万元"]


def test_every_ending_has_its_media_type():
    assert media_type("xlsx").endswith("spreadsheetml.sheet")
    assert media_type("pdf") == "application/pdf"


def test_tracing_takes_the_same_number_of_queries_for_one_row_and_three(
    approved, ground, li, django_assert_num_queries, django_assert_max_num_queries
):
    first = approved.version()
    with django_assert_max_num_queries(5) as one:
        provenance(first)
    for name in ("甲", "乙", "丙"):
        extra = factories.indicator(li, name, programme_=approved.programme, must_say=True)
        ground.say(extra, "2020", 12)
    second = approved.version()
    with django_assert_num_queries(len(one)):
        provenance(second)
