"""Tables in plain text: what a cell's number is called, and what it counts. All tables are invented."""

import pytest

from tracker.language.figures import recognise
from tracker.language.nearness import Surroundings, pairs
from tracker.language.reading import Role
from tracker.language.tables import Tables, is_value

TABBED = "附表：其他数据\n单位\t指标\t数据\t时间\n市甲局\t培训农民工\t3221人\t2020年\n\t资助学生\t500名\t2021年"
PIPED = "**附表**\n\n| 单位 | 指标 | 数据 |\n| --- | :-: | ---: |\n| 市甲局 | 培训农民工 | 3221人 |\n| 市乙局 | 资助学生 | 500名 |"
STACKED = "单位\n指标\n数据\n市甲局\n培训农民工\n3221人\n市乙局\n资助学生\n500名"


def cell(text: str, words: str):
    return Tables(text).at(text.index(words))


def read(text: str) -> list[tuple[str, str, str]]:
    return [(one.raw, f"{one.value.normalize():f}", one.unit) for one in recognise(text).figures]


@pytest.mark.parametrize("text", [TABBED, PIPED])
def test_a_cell_is_named_by_its_row_and_the_head_of_its_column(text):
    found = cell(text, "3221人")
    assert (found.names, found.head) == ("市甲局\n培训农民工", "数据")
    assert text[found.start : found.end] == "3221人"
    assert "资助" not in text[slice(*found.row)]


def test_the_line_above_a_table_is_its_title():
    assert cell(TABBED, "3221人").title == "附表：其他数据"
    assert cell(PIPED, "3221人").title == "**附表**"


def test_a_cell_that_spans_rows_names_all_of_them():
    found = cell(TABBED, "500名")
    assert found.others == "市甲局\n资助学生\n2021年"


def test_cells_one_below_the_other_are_named_by_the_lines_before_them():
    assert cell(STACKED, "500名").names == "市乙局\n资助学生"
    assert STACKED[slice(*cell(STACKED, "500名").row)] == "市乙局\n资助学生\n500名"


def test_a_sentence_before_a_number_names_nothing():
    assert cell("全市培训农民工，成效明显。\n3221人", "3221人") is None


def test_the_names_of_two_pairs_in_one_row_are_kept_apart():
    text = "指标\t数据\t指标\t数据\n培训农民工\t3221人\t资助学生\t500名"
    assert cell(text, "3221人").names == "培训农民工"
    assert cell(text, "500名").names == "资助学生"


def test_several_numbers_of_one_row_share_its_name():
    text = "指标\t今年\t去年\n培训农民工\t3221人\t3000人"
    assert [(cell(text, one).names, cell(text, one).head) for one in ("3221人", "3000人")] == [
        ("培训农民工", "今年"),
        ("培训农民工", "去年"),
    ]


def test_a_head_in_two_rows_is_read_from_both():
    text = "指标\t资金（万元）\t\n\t今年\t去年\n救助\t120\t100"
    assert [cell(text, one).head for one in ("120", "100")] == [
        "资金（万元）\n今年",
        "资金（万元）\n去年",
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("指标\t资金（万元）\n救助\t120.5", [("120.5", "1205000", "元")]),
        ("| 指标 | 人数 |\n|---|---|\n| 培训 | 3221 |", [("3221", "3221", "人")]),
        ("指标\t计量单位\t数据\n培训\t人次\t3221", [("3221", "3221", "人次")]),
        ("指标\t单位\t2020年\t2019年\n发放资金\t万元\t120\t100", [("120", "1200000", "元"), ("100", "1000000", "元")]),
        ("附表（单位：亿元）\n指标\t数据\n贷款\t1.2", [("1.2", "120000000", "元")]),
        ("指标\t数据\n救助资金（万元）\t120", [("120", "1200000", "元")]),
        ("区县\t完成率\n甲区\t98.5", [("98.5", "98.5", "%")]),
        ("区县\t资金（万元）\n甲区\t120元", [("120元", "120", "元")]),
    ],
)  # fmt: skip
def test_a_bare_number_counts_what_head_row_or_title_say(text, figures):
    assert read(text) == figures


def test_a_number_that_nothing_explains_is_left_over():
    reading = recognise("指标\t数据\n培训农民工\t3221")
    assert (reading.figures, [one.raw for one in reading.leftovers]) == ((), ["3221"])


@pytest.mark.parametrize("head", ["序号", "位次", "年份", "代码"])
def test_numbers_of_rows_are_no_figures(head):
    reading = recognise(f"{head}\t指标\t数据\n1\t培训\t3221人\n2\t资助\t500名")
    assert [one.raw for one in reading.figures] == ["3221人", "500名"]
    assert [one.reason for one in reading.others] == ["序号", "序号"]


def test_a_column_of_aims_holds_targets():
    text = "指标\t年度目标\t完成\n新增就业\t5000人\t5200人"
    assert [one.role for one in recognise(text).figures] == [Role.TARGET, Role.ACTUAL]


@pytest.mark.parametrize("words", ["3221人", "近3万余户", "12.5%", "1320元/月（原500元/月）", "增加3户", "三批", "120", "5亿元左右"])  # fmt: skip
def test_a_number_with_its_unit_names_nothing(words):
    assert is_value(words)


@pytest.mark.parametrize("words", ["2020年", "2020", "12月31日", "515扶贫工程", "第三批", "百货", "培训3221人", "", "—", "一院"])  # fmt: skip
def test_names_and_times_are_no_values(words):
    assert not is_value(words)


def test_the_words_of_a_cell_are_those_of_its_row_and_not_of_the_next():
    figures = recognise(STACKED).figures
    around = Surroundings(STACKED, figures).of(figures[0])
    assert pairs("培训农民工") <= around.tiers[0]
    assert not pairs("资助学生") & frozenset().union(*around.tiers)


def test_what_stood_before_a_change_is_known_by_one_word():
    text = "指标\t数据\n最低工资标准\t1320元/月（原500元/月）"
    figures = recognise(text).figures
    surroundings = Surroundings(text, figures)
    assert [surroundings.of(one).begins for one in figures] == [False, True]
