"""套稿: what is bound, what stays, and what the new period makes of it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.releases.example.papers import bound, ground, source, start, table, told
from tracker.documents.rewriting import text_of_docx
from tracker.releases.proof import Verdict, prove_text


def whys(made) -> list[str]:
    return [one.why for one in made.doubts]


def test_a_figure_of_the_ledger_becomes_a_slot_and_a_stranger_stays_text():
    text = "2020年，全市培训农民工3221名，另有志愿者77人。"
    slots, unbound = bound(text, source(1, "2020", 3221))
    assert [(one.raw, one.name, one.when) for one in slots] == [("3221名", "培训农民工", "same")]
    assert [one.raw for one in unbound] == ["77人"]


def test_the_new_periods_figure_drops_in_and_the_period_is_named_anew():
    made = told(
        "2020年，全市培训农民工3221名。", (source(1, "2020", 3221),), (source(1, "2021", 4105),)
    )
    assert made.result == "2021年，全市培训农民工4105名。"
    assert made.doubts == ()


def test_money_keeps_the_unit_of_the_example():
    made = told(
        "挽回经济损失1302万元。", (source(2, "2020", 13020000),), (source(2, "2021", 14182100),)
    )
    assert made.result == "挽回经济损失1418.21万元。"


def test_more_or_less_stays_only_where_it_is_true():
    before = (source(1, "2020", 3221),)
    text = "全市培训农民工3200余名。"
    assert told(text, before, (source(1, "2021", 4105),)).result == "全市培训农民工4100余名。"
    assert told(text, before, (source(1, "2021", 4100),)).result == "全市培训农民工4100名。"


def test_what_was_reported_with_a_qualifier_is_said_with_it():
    made = told(
        "全市培训农民工3221名。", (source(1, "2020", 3221),), (source(1, "2021", 4000, "余"),)
    )
    assert made.result == "全市培训农民工4000余名。"


def test_a_rise_that_became_a_fall_is_told_as_a_fall():
    before = (source(1, "2019", 3000), source(1, "2020", 3300))
    after = (source(1, "2020", 3300), source(1, "2021", 2970))
    made = told("全市培训农民工3300名，同比增长10%。", before, after)
    assert made.result == "全市培训农民工2970名，同比下降10%。"
    assert whys(made) == ["“增长”已改为“下降”，请看前后文是否通顺"]


def test_what_neither_rose_nor_fell_is_left_to_the_editor():
    before = (source(1, "2019", 3000), source(1, "2020", 3300))
    after = (source(1, "2020", 3300), source(1, "2021", 3300))
    made = told("全市培训农民工3300名，同比增长10%。", before, after)
    assert whys(made) == ["与比较期持平，不宜再写升降"]


def test_a_standard_moves_with_its_start_value():
    old, new = source(3, "2020", 676), source(3, "2021", 700)
    made = told(
        "低保标准由300元/月提高到676元/月，增长125.33%。",
        (old, start(old, 300)),
        (new, start(new, 676)),
    )
    assert made.result == "低保标准由676元/月提高到700元/月，增长3.55%。"


def test_a_from_to_that_turned_round_is_marked():
    old, new = source(3, "2020", 676), source(3, "2021", 600)
    made = told(
        "农村低保标准由300元/月提高到676元/月。", (old, start(old, 300)), (new, start(new, 676))
    )
    assert whys(made) == ["“由…到…”的升降方向与新数据不符"]


def test_completion_is_computed_against_the_new_years_target():
    made = told(
        "培训农民工3221名，完成年度目标任务的107.37%。",
        (source(1, "2020", 3221),),
        (source(1, "2021", 4105),),
        aims=(((1, 3000),), ((1, 5000),)),
    )
    assert made.result == "培训农民工4105名，完成年度目标任务的82.1%。"


def test_what_is_not_approved_for_the_new_period_is_an_open_slot():
    made = told("全市培训农民工3221名。", (source(1, "2020", 3221),), ())
    assert made.result == "全市培训农民工【待补：培训农民工】。"
    assert made.missing == ("培训农民工",)
    assert whys(made) == ["“培训农民工”本期没有核定的数"]


def test_superlatives_and_ranks_are_looked_at_again():
    made = told(
        "全市培训农民工3221名，创历史新高，居全省第一位。",
        (source(1, "2020", 3221),),
        (source(1, "2021", 4105),),
    )
    assert whys(made) == ["“新高”要按新数据核对"]


def test_a_date_that_was_not_moved_is_named():
    made = told(
        "2018年3月启动以来，2020年培训农民工3221名。",
        (source(1, "2020", 3221),),
        (source(1, "2021", 4105),),
    )
    assert made.result == "2018年3月启动以来，2021年培训农民工4105名。"
    assert whys(made) == ["日期“2018年3月”没有改动，请核对"]


def test_last_periods_figure_moves_with_the_document():
    before = (source(1, "2019", 3000), source(1, "2020", 3221))
    after = (source(1, "2020", 3221), source(1, "2021", 4105))
    made = told("上年培训农民工3000名，今年培训农民工3221名。", before, after)
    assert made.result == "上年培训农民工3221名，今年培训农民工4105名。"


def test_a_month_names_its_month_and_its_year():
    spans = ("2021-05", "2021-06")
    made = told(
        "2021年5月，全市培训农民工320名。",
        (source(1, "2021-05", 320),),
        (source(1, "2021-06", 410),),
        spans=spans,
    )
    assert made.result == "2021年6月，全市培训农民工410名。"


@given(st.integers(1, 9_999_999), st.integers(1, 9_999_999), st.sampled_from(["", "余"]))
def test_whatever_is_filled_in_is_proved_by_the_new_ledger(old, new, word):
    text = f"全市办理法律援助案件{old}件，挽回经济损失{Decimal(old) / 100}万元。"
    before = (source(4, "2020", old), source(2, "2020", old * 100))
    after = (source(4, "2021", new, word if new >= 10 else ""), source(2, "2021", new * 100))
    made = told(text, before, after)
    report = prove_text(made.result, ground("2021", *after))
    assert [one.verdict for one in report.figures if one.blocks] == []
    assert Verdict.MISMATCH not in {one.verdict for one in report.figures}


def test_the_bare_numbers_of_a_word_table_become_slots_by_its_head():
    """A row of the file is a line with tabs, so that the head names what a cell counts."""
    before = source(1, "2020", 3221), source(4, "2020", 356)
    text = text_of_docx(table(("项目", "数量（名）"), ("培训农民工", "3221")))
    slots, unbound = bound(text, *before)
    assert [(one.raw, one.name) for one in slots] == [("3221", "培训农民工")]
    assert unbound == ()
    after = source(1, "2021", 4105), source(4, "2021", 400)
    assert told(text, before, after).result.split("\n")[1] == "培训农民工\t4105"


def test_a_number_below_a_head_in_ten_thousands_stays_one():
    text = text_of_docx(table(("项目", "金额（万元）"), ("挽回经济损失", "1,302")))
    made = told(text, (source(2, "2020", 13020000),), (source(2, "2021", 14182100),))
    assert made.result.split("\n")[1] == "挽回经济损失\t1418.21"


def test_a_cell_that_says_about_stays_a_number_below_its_head():
    text = text_of_docx(table(("项目", "金额（万元）"), ("挽回经济损失", "约1302")))
    before, after = source(2, "2020", 13020000, "约"), source(2, "2021", 14180000, "约")
    assert told(text, (before,), (after,)).result.split("\n")[1] == "挽回经济损失\t约1418"
