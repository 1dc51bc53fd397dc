"""In which sentences a figure's origin needs no words of its own."""

import pytest

from tests.releases.proof.kit import ground, source
from tracker.releases.proof.vouching import (
    LONGEST,
    sentence_around,
    standing,
    without_numbers,
)

TEXT = "职工维权。全市惠及1302人次，走访40户！\n表格\t86人\t元"
HELPED = source("惠及职工", 1302, "人次", indicator=7)
RENEWED = source("惠及职工", 1400, "人次", indicator=7, span="2021")
VISITED = source("走访", 40, "户", indicator=8)


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("1302人次", "全市惠及1302人次，走访40户"),
        ("40户", "全市惠及1302人次，走访40户"),
        ("86人", "86人"),
        ("职工", "职工维权"),
    ],
)
def test_a_sentence_reaches_from_stop_to_stop(figure, sentence):
    start = TEXT.index(figure)
    assert sentence_around(TEXT, start, start + len(figure)) == sentence


def test_of_a_sentence_without_end_only_its_beginning_counts():
    assert sentence_around("长" * 3000, 10, 12) == "长" * LONGEST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("惠及1302人次", "惠及1,400人次"),
        ("发放1302万元", "发放13020000元"),
        ("占12.5%", "占8%"),
    ],
)
def test_another_number_makes_no_other_sentence(one, other):
    assert without_numbers(one) == without_numbers(other)


def test_another_word_makes_another_sentence():
    assert without_numbers("惠及1302人次") != without_numbers("救助1302人次")


def places(text, node, *vouched):
    start = text.index("1")
    anchors = [(start, text.index("次") + 1, node.key)]
    facts = ground(HELPED, RENEWED, VISITED)
    return standing(text, facts, anchors, vouched)


def test_a_renewed_figure_stands_in_the_sentence_of_the_one_before():
    assert places("惠及1400人次。", RENEWED, (HELPED.key, "惠及1302人次")) == {(2, 8)}


def test_another_facts_sentence_vouches_for_nothing():
    assert places("惠及1302人次。", HELPED, (VISITED.key, "惠及1302人次")) == set()


def test_a_key_that_nobody_knows_vouches_only_for_itself():
    assert places("惠及1302人次。", HELPED, ("e999", "惠及1302人次")) == set()
