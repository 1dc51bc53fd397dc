import time
from decimal import Decimal

import pytest

from tracker.language.anchoring import Candidate, Facts, anchor, propose
from tracker.language.figures import recognise
from tracker.language.qualifiers import Agreement


def fact(key, value, unit, name, programme=""):
    return Candidate(key, Decimal(value), unit, name, programme)


FACTS = Facts(
    [
        fact("aid", 7352, "人次", "救助困难农民工", "送温暖"),
        fact("home", 6165, "人次", "帮助平安返乡", "送温暖"),
        fact("fund", 5123400, "元", "筹集资金", "送温暖"),
        fact("training", 3221, "人", "培训农民工", "提升素质"),
        fact("bases", 108, "家", "市级创业园", "创业扶持"),
        fact("stars", 108, "家", "省级示范基地", "示范引领"),
        fact("rate", "63.15", "%", "占享受政策人口比例"),
    ]
)


def keys(text):
    return [
        item.candidate and item.candidate.key
        for item in anchor(text, recognise(text).figures, FACTS)
    ]


def test_a_figure_is_anchored_by_value_and_words():
    assert keys(
        "救助困难农民工7352人次，平安返乡6165人次，占比63.15%，为此筹集资金500余万元。"
    ) == [
        "aid",
        "home",
        "rate",
        "fund",
    ]


def test_equal_values_are_told_apart_by_the_words_near_them():
    assert keys("培育市级创业园108家、省级示范基地108家。") == ["bases", "stars"]


def test_persons_match_whatever_their_measure_word():
    assert keys("为3221名农民工开展培训。") == ["training"]


@pytest.mark.parametrize(
    "text", ["救助困难农民工7532人次。", "占63.51%。", "救助7352元。", "培训农民工4000余名。"]
)
def test_a_figure_that_no_fact_supports_has_no_anchor(text):
    assert keys(text) == [None]


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("培训3221人。", "written"),
        ("培训3000余人。", "written"),
        ("培训约3200人。", "written"),
        ("培训超2800人。", "holds"),
        ("培训超2000人。", "loose"),
    ],
)
def test_an_anchor_says_how_the_figure_agrees(text, agreement):
    assert anchor(text, recognise(text).figures, FACTS)[0].agreement == Agreement(agreement)


def test_a_choice_between_facts_that_fit_alike_names_the_rivals():
    found = anchor("共有108家。", recognise("共有108家。").figures, FACTS)[0]
    assert {found.candidate.key, *(item.key for item in found.rivals)} == {"bases", "stars"}


def test_one_fact_may_be_said_again_in_another_sentence():
    assert keys("救助困难农民工7352人次。\n全年救助困难农民工7352人次。") == ["aid", "aid"]


def test_what_was_probably_meant_is_proposed_from_the_words_alone():
    text = "送温暖活动救助困难农民工7532人次。"
    assert propose(text, recognise(text).figures[0], FACTS)[0].key == "aid"
    text = "长度5公里。"
    assert propose(text, recognise(text).figures[0], Facts([])) == ()


def test_anchoring_stays_quick_with_ten_thousand_facts():
    many = Facts(
        fact(key, key * 37 % 100000, ("人", "元", "个", "%")[key % 4], f"指标{key}")
        for key in range(10_000)
    )
    text = "救助300人，发放2000元，建设50个，占30%。" * 30
    figures = recognise(text).figures
    began = time.process_time()
    assert len(anchor(text, figures, many)) == 120
    assert time.process_time() - began < 1.5
