import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.prose import (
    Openers,
    heading,
    join_list,
    join_quoted,
    point,
    sentence_at,
    sentences,
    skeleton,
)


def test_points_and_headings_follow_the_standard():
    assert [point(number) for number in (1, 2, 10, 11)] == ["一是", "二是", "十是", "十一是"]
    assert [heading(2, level) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]


def test_lists_are_joined_by_the_enumeration_comma_and_one_word():
    assert [join_list(items) for items in ([], ["甲"], ["甲", "乙"], ["甲", "乙", "丙"])] == [
        "",
        "甲",
        "甲和乙",
        "甲、乙和丙",
    ]
    assert join_quoted(["甲", "乙"]) == "“甲”“乙”"


@given(
    st.integers(0, 99),
    st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=6, unique=True),
)
def test_openers_are_drawn_without_replacement_and_always_the_same_from_one_seed(seed, words):
    first, second = (Openers(words, seed, "talk") for _ in range(2))
    drawn = [first.draw() for _ in range(2 * len(words))]
    assert drawn == [second.draw() for _ in range(2 * len(words))]
    assert sorted(drawn[: len(words)]) == sorted(drawn[len(words) :]) == sorted(words)


@given(st.integers(0, 99))
def test_no_opener_follows_itself(seed):
    openers = Openers(["累计", "共", "先后"], seed)
    drawn = [openers.draw() for _ in range(30)]
    assert [pair for pair in zip(drawn, drawn[1:], strict=False) if pair[0] == pair[1]] == []


def test_other_labels_give_other_orders():
    words = list("甲乙丙丁戊己庚辛")
    orders = {
        "".join(Openers(words, 1, label).draw() for label in [name] * 1) for name in "abcdefgh"
    }
    assert len(orders) > 1


def test_without_words_there_is_nothing_to_draw_from():
    with pytest.raises(ValueError, match="没有可选的词"):
        Openers([], 1)


def test_sentences_end_at_marks_with_their_closing_quotes_and_at_line_ends():
    text = "一、标题\n他说：“办好了。”大家笑了！ 还有吗？\n\n没有"
    assert [sentence.text for sentence in sentences(text)] == [
        "一、标题",
        "他说：“办好了。”",
        "大家笑了！",
        "还有吗？",
        "没有",
    ]


@given(st.text(alphabet="甲乙。！\n ”“", max_size=60))
def test_a_sentence_stands_where_it_says(text):
    found = sentences(text)
    assert [text[item.start : item.end] for item in found] == [item.text for item in found]
    assert "".join("".join(item.text.split()) for item in found) == "".join(text.split())


def test_the_sentence_around_a_place_is_found():
    assert (sentence_at("甲。乙丙。", 3).text, sentence_at("甲。\n\n乙", 3).text) == ("乙丙。", "")


def test_a_skeleton_forgets_figures_and_names():
    text = "市总工会累计救助7352人次。"
    assert skeleton(text, [(8, 14)], ["市总工会"]) == "□累计救助□。"
