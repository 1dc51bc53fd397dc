import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.fixed_words import DISGUISED, ENUMERATORS, WORDS
from tracker.language.guard import CHINESE, passage_figures, passage_leftovers, stray_numbers


def raws(text, *names, **forms):
    return [stray.raw for stray in stray_numbers(text, names, **forms)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("救助7352人次", ["7352"]),
        ("救助７３５２人次", ["７３５２"]),
        ("占53.4%", ["53", "4"]),
        ("投入三百万元", ["三百万"]),
        ("投入千万元", ["千万"]),
        ("惠及百余人", ["百"]),
        ("连续三年", ["三"]),
        ("两次", ["两"]),
        ("占比①第Ⅲ½٣𝟗", ["①", "Ⅲ½٣𝟗"]),
        ("叁拾万元", ["叁拾万"]),
        ("产值翻番", ["翻番"]),
        ("过半", ["过半"]),
        ("一半以上", ["一"]),
        ("二十一是", ["二十一"]),
        ("十分之三", ["十", "三"]),
        ("三分之一", ["三", "一"]),
        ("十分钟", ["十"]),
        ("一起案件", ["一"]),
        ("十分之一", ["十", "一"]),
        ("二〇二一年", ["二〇二一"]),
        ("共计二十一起", ["二十一"]),
    ],
)
def test_every_number_is_found_in_any_script(text, found):
    assert raws(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一思想",
        "一是加强领导。二是落实责任。",
        "第一书记",
        "打通最后一公里",
        "老百姓十分满意",
        "万里长城",
        "一方面",
        "五一劳动奖章",
        "队伍",
        "大陆",
        "收拾",
        "唯一",
        "同一标准",
        "下一步",
    ],
)
def test_words_of_the_closed_list_pass(text):
    assert raws(text) == []


def test_forms_pass_only_where_the_caller_allows_them():
    text = "一、会议\n2021年4月9日第六场，第二季度"
    assert raws(text) == ["一", "2021", "4", "9", "六", "二"]
    assert raws(text, allow_dates=True, allow_ordinals=True, allow_headings=True) == []


@pytest.mark.parametrize(
    "text", ["投入2021万元", "共12021年", "3月5", "每年2020元", "第3.5", "第一百分"]
)
def test_an_allowed_form_never_hides_a_longer_number(text):
    assert raws(text, allow_dates=True, allow_ordinals=True, allow_headings=True) != []


def test_a_protected_name_passes_as_a_whole_only():
    assert raws("实施515扶贫工程", "515扶贫工程") == []
    assert raws("实施1515扶贫工程", "515扶贫工程") == ["1515"]
    assert raws("实施515工程", "515扶贫工程") == ["515"]
    assert raws("共3.515扶贫工程", "515扶贫工程") == ["3", "515"]
    assert raws("名称", "") == []


@given(st.text(max_size=80))
def test_no_digit_of_any_script_escapes(text):
    digits = [
        index
        for index, char in enumerate(text)
        if unicodedata.category(char) in ("Nd", "Nl", "No") and char not in CHINESE
    ]
    covered = {index for stray in stray_numbers(text) for index in range(stray.start, stray.end)}
    assert [index for index in digits if index not in covered] == []


@given(st.text(alphabet="一二三十百千万亿两第是书记统步进。0", max_size=40))
def test_a_stray_stands_where_it_says_and_tells_why(text):
    found = stray_numbers(text)
    assert [(text[stray.start : stray.end], bool(stray.reason)) for stray in found] == [
        (stray.raw, True) for stray in found
    ]


def test_the_closed_list_holds_numerals_once_each_and_every_word_passes_alone():
    assert len(set(WORDS)) == len(WORDS)
    assert [word for word in WORDS if not any(char in CHINESE for char in word)] == []
    assert {word: raws(word) for word in (*WORDS, *ENUMERATORS) if raws(word)} == {}


def test_words_that_hide_a_quantity_are_strays():
    assert [raws(word) for word in DISGUISED] == [[word] for word in DISGUISED]


def test_the_figures_of_a_passage_come_with_their_sentences():
    found = passage_figures("今年培训300人。效果很好。\n发放资金20万元，惠及50户。")
    assert [(item.figure.raw, item.sentence.text) for item in found] == [
        ("300人", "今年培训300人。"),
        ("20万元", "发放资金20万元，惠及50户。"),
        ("50户", "发放资金20万元，惠及50户。"),
    ]


def test_numbers_of_a_passage_that_nobody_can_classify_are_listed():
    assert [item.raw for item in passage_leftovers("涉及10部门")] == ["10"]
