"""What a model sees of a paragraph, and which of its answers may be taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.releases.drafting.page import PARAGRAPH, Line, Run
from tracker.releases.polish.masking import TOKEN, Unfit, masked, unmasked

LINE = Line(
    PARAGRAPH,
    (
        Run("2020年", kind="date"),
        Run("，全市共培训农民工约"),
        Run("3221名", figure="e1"),
        Run("，挽回经济损失"),
        Run("1302万元", figure="e2"),
        Run("，取得了良好的效果。"),
    ),
)
ASKED = "⟦1⟧，全市共培训农民工约⟦2⟧，挽回经济损失⟦3⟧，取得了良好的效果。"


def test_the_model_sees_no_figure_and_no_date():
    assert masked(LINE).text == ASKED
    assert not any(char.isdigit() for char in TOKEN.sub("", masked(LINE).text))


def test_words_that_hold_a_number_are_hidden_too():
    line = Line(PARAGRAPH, (Run("又有五百人参加。"), Run("效果很好。")))
    assert masked(line).text == "⟦1⟧效果很好。"


def test_approved_words_are_one_token_each():
    line = Line(PARAGRAPH, (Run("就近开班", passage="p1"), Run("，成效明显。")))
    assert masked(line).text == "⟦1⟧，成效明显。"


def test_new_words_around_the_same_tokens_are_taken():
    made = unmasked("⟦1⟧，全市培训农民工约⟦2⟧，挽回经济损失⟦3⟧，成效明显。", LINE)
    assert made.text == "2020年，全市培训农民工约3221名，挽回经济损失1302万元，成效明显。"
    assert [run.figure for run in made.runs if run.figure] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("", "回答不是一段完整的文字。"),
        ("好的。\n" + ASKED, "回答不是一段完整的文字。"),
        ("⟦1⟧，全市共培训农民工约⟦2⟧，成效明显。", "回答丢失、增加或调换了数字、日期、名称等有来源的内容。"),
        (ASKED + "⟦3⟧", "回答丢失、增加或调换了数字、日期、名称等有来源的内容。"),
        (
            "⟦1⟧，全市共培训农民工约⟦3⟧，挽回经济损失⟦2⟧，成效明显。",
            "回答丢失、增加或调换了数字、日期、名称等有来源的内容。",
        ),
        (ASKED.replace("良好", "100%"), "回答里多了数字“100”。"),
        (ASKED.replace("良好的", "三项"), "回答里多了数字“三”。"),
        (ASKED.replace("约⟦2⟧", "超⟦2⟧"), "回答改动了数字旁边的限定词。"),
        (ASKED.replace("约⟦2⟧", "⟦2⟧"), "回答改动了数字旁边的限定词。"),
        (ASKED.replace("⟦3⟧", "⟦3⟧以上"), "回答改动了数字旁边的限定词。"),
        (ASKED.replace("。", "⟦。"), "回答里有残缺的记号。"),
        (ASKED + "好" * 200, "回答比原文长得太多。"),
        (ASKED.replace("取得", "取\u202e得"), "回答不是一段完整的文字。"),
        (ASKED.replace("取得了良好的效果", "取得了良好的的效果"), "回答新增了文字问题（P09）。"),
    ],
)  # fmt: skip
def test_what_may_not_be_taken(answer, why):
    with pytest.raises(Unfit) as caught:
        unmasked(answer, LINE)
    assert caught.value.args == (why,)


@given(st.text(max_size=80))
def test_whatever_comes_back_the_figures_stay(answer):
    try:
        made = unmasked(answer, LINE)
    except Unfit:
        return
    assert [run.text for run in made.runs if run.figure] == ["3221名", "1302万元"]
