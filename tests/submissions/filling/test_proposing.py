"""Which figure fills which cell: by words, unit and the last value. All sentences are invented."""

from decimal import Decimal

import pytest

from tracker.language.figures import recognise
from tracker.submissions.filling.doubts import doubts_of, text_of
from tracker.submissions.filling.proposing import Slot, propose


def proposed(text, *slots):
    return {
        one.figure.raw: one.slot and one.slot.key
        for one in propose(text, recognise(text).figures, slots)
    }


def doubts(text, slot):
    [one] = [p for p in propose(text, recognise(text).figures, [slot]) if p.slot]
    return [(doubt.message, doubt.text) for doubt in doubts_of(one)]


PEOPLE = Slot("people", "培训农民工", "人次", "提升素质行动")
COURSES = Slot("courses", "举办培训班", "期", "提升素质行动")
FUNDS = Slot("funds", "送温暖筹集资金", "元", "送温暖活动")


def test_figures_go_to_the_cells_that_their_words_name():
    text = "今年举办培训班32期，培训农民工1860人次。送温暖活动共筹集资金240余万元。"
    assert proposed(text, PEOPLE, COURSES, FUNDS) == {
        "32期": "courses", "1860人次": "people", "240余万元": "funds",
    }  # fmt: skip


def test_what_fits_no_cell_is_left_over():
    text = "村里修路花了40万元，惠及60岁以上老人，历时三年。"
    assert set(proposed(text, PEOPLE, COURSES, FUNDS).values()) == {None}


def test_a_cell_is_filled_once_by_the_figure_that_fits_best():
    text = "培训农民工1860人次，其中女职工参加培训700人次。"
    assert proposed(text, PEOPLE) == {"1860人次": "people", "700人次": None}


def test_a_list_follows_the_order_of_the_names_before_it():
    slots = [Slot(name, f"{name}救助人数", "人") for name in ("城区", "山区", "库区")]
    text = "城区、山区、库区救助人数分别为120人、80人、40人。"
    assert proposed(text, *slots) == {"120人": "城区", "80人": "山区", "40人": "库区"}


def test_of_two_cells_alike_the_one_with_the_nearer_last_value_is_taken():
    near = Slot("near", "救助困难职工", "人", last=Decimal(900))
    far = Slot("far", "救助困难职工", "人", last=Decimal(9))
    assert proposed("救助困难职工950人。", far, near) == {"950人": "near"}


def test_a_cell_of_a_county_needs_the_county_in_the_sentence():
    slot = Slot("county", "培训农民工", "人次", places=("历下区", "历下"))
    assert proposed("全市培训农民工300人次。", slot) == {"300人次": None}
    assert proposed("历下培训农民工300人次。", slot) == {"300人次": "county"}


@pytest.mark.parametrize(
    ("text", "unit", "typed"),
    [
        ("培训农民工1860人次。", "人次", "1860人次"),
        ("培训农民工约7000多人次。", "人次", "约7000多人次"),
        ("培训农民工百余人。", "人次", "100余人次"),
        ("培训农民工三批。", "批", "3批"),
        ("培训农民工1 860名。", "人", "1860人"),
        ("培训农民工资金1.5亿元。", "元", "1.5亿元"),
        ("培训农民工50人左右。", "人", "50人左右"),
    ],
)
def test_the_field_gets_what_a_person_would_type(text, unit, typed):
    slot = Slot("one", "培训农民工", unit)
    [one] = propose(text, recognise(text).figures, [slot])
    assert text_of(one) == typed


def test_a_lost_wan_is_said_with_what_was_probably_meant():
    slot = Slot("saved", "挽回经济损失", "元", last=Decimal(11_800_000))
    assert doubts("挽回经济损失1302元。", slot) == [
        ("上期是1180万元，这里是1302元，可能漏写了“万”。", "1302万元")
    ]


def test_a_wan_too_many_is_said():
    slot = Slot("people", "培训农民工", "人", last=Decimal(1200))
    [(message, text)] = doubts("培训农民工1300万人。", slot)
    assert ("多写了“万”" in message, text) == (True, "1300人")


@pytest.mark.parametrize(
    ("text", "slot", "word"),
    [
        ("培训农民工5000人。", Slot("a", "培训农民工", "人", last=Decimal(1000)), "是上期的5.0倍"),
        ("培训农民工200人。", Slot("a", "培训农民工", "人", last=Decimal(1000)), "5.0分之一"),
        (
            "培训农民工900人。",
            Slot("a", "培训农民工", "人", last=Decimal(1000), growing=True),
            "累计数比上期",
        ),
        ("培训农民工900人。", Slot("a", "培训农民工", "人次"), "核对口径"),
        ("明年计划培训农民工900人。", Slot("a", "培训农民工", "人"), "计划数"),
    ],
)
def test_what_is_odd_is_said(text, slot, word):
    [(message, _)] = doubts(text, slot)
    assert word in message


def test_what_is_ordinary_raises_no_doubt():
    slot = Slot("a", "培训农民工", "人", last=Decimal(1000), growing=True)
    assert doubts("培训农民工1100人。", slot) == []
