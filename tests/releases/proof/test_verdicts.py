"""Each verdict, and that it is given for its own reason."""

import pytest

from tests.releases.proof.kit import ground, in_other, only, said, source
from tracker.releases.proof import BLOCKING, Verdict, digest_of, prove_text

AID = source("救助困难农民工", 7352, "人次", programme="送温暖")
HOME = source("帮助平安返乡", 6165, "人次", programme="送温暖")
FUND = source("筹集送温暖资金", 5123400, "元", programme="送温暖")
TRAINED = source("培训农民工", 3221, "名", programme="提升素质行动")
FAMILIES = source("结对困难家庭", 1000, "户", qualifier="余", programme="结对行动")
LEDGER = (AID, HOME, FUND, TRAINED, FAMILIES)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("送温暖救助困难农民工7352人次。", "verified"),
        ("共有3221名农民工接受培训。", "verified"),
        ("筹集送温暖资金512.34万元。", "verified"),
        ("筹集送温暖资金512万元。", "rounded"),
        ("筹集送温暖资金500余万元。", "rounded"),
        ("筹集送温暖资金超400万元。", "loose"),
        ("结对困难家庭1000余户。", "verified"),
        ("结对困难家庭1000多户。", "verified"),
        ("救助困难农民工7532人次。", "mismatch"),
        ("救助困难农民工近7352人次。", "mismatch"),
        ("救助困难农民工7352余人次。", "mismatch"),
        ("结对困难家庭1000户。", "mismatch"),
        ("结对困难家庭近1000户。", "mismatch"),
        ("救助困难农民工7352人。", "mismatch"),
        ("救助困难农民工6165人次。", "mismatch"),
        ("植树造林4321亩。", "unsupported"),
        ("为65岁以上老人服务。", "no_ledger"),
        ("做好三个方面工作。", "no_ledger"),
        ("连续三年开展。", "no_ledger"),
        ("低保标准不低于500元/月。", "no_ledger"),
    ],
)
def test_a_figure_gets_its_verdict(text, verdict):
    assert [each for _, each in said(text, *LEDGER)] == [verdict]


def test_what_is_true_only_loosely_yields_to_the_exact_value_that_the_words_name():
    stars, planned, honours = (
        source("选树农民工之星", 94, "名"),
        source("计划选树市级农民工之星", 30, "名"),
        source("推荐荣誉农民工", 56, "名"),
    )
    text = "计划选树市级农民工之星超30名。"
    assert [each for _, each in said(text, stars, planned, honours)] == ["mismatch"]


def test_what_blocks_is_what_is_not_so():
    assert {
        Verdict.MISMATCH, Verdict.DIRECTION, Verdict.STALE, Verdict.UNSUPPORTED,
    } == BLOCKING  # fmt: skip


def test_every_verdict_has_a_chinese_label():
    assert all("一" <= verdict.label[0] <= "龥" for verdict in Verdict)


def test_the_right_entry_is_proposed_for_a_wrong_value():
    found = only("送温暖救助困难农民工7532人次。", *LEDGER)
    assert found.source == AID
    assert found.hint == "台账“救助困难农民工”为7352人次，数字颠倒。"


def test_a_value_whose_words_name_nothing_is_offered_the_fact_that_has_it():
    found = only("大家一起努力，共7352人次。", *LEDGER)
    assert (found.verdict, found.rivals[0]) == (Verdict.UNSUPPORTED, AID)
    assert "台账“救助困难农民工”是这个数" in found.hint


def test_two_figures_in_each_others_place_are_both_wrong():
    text = "救助困难农民工6165人次，帮助平安返乡7352人次。"
    assert said(text, *LEDGER) == [("6165人次", "mismatch"), ("7352人次", "mismatch")]
    right = "救助困难农民工7352人次，帮助平安返乡6165人次。"
    assert said(right, *LEDGER) == [("7352人次", "verified"), ("6165人次", "verified")]


def test_a_list_follows_the_order_of_its_names():
    poor, sick = source("贫困学生", 360, "名"), source("大病学生", 32, "名")
    assert said("走访贫困学生、大病学生分别为360名、32名。", poor, sick) == [
        ("360名", "verified"), ("32名", "verified"),
    ]  # fmt: skip
    assert said("走访贫困学生、大病学生分别为32名、360名。", poor, sick) == [
        ("32名", "mismatch"), ("360名", "mismatch"),
    ]  # fmt: skip


def test_a_value_that_two_facts_have_is_ambiguous_only_where_the_words_do_not_tell():
    bases, stars = source("市级创业园", 108, "家"), source("省级创业园", 108, "家")
    assert said("培育创业园108家。", bases, stars) == [("108家", "ambiguous")]
    assert said("培育省级创业园108家。", bases, stars) == [("108家", "verified")]


def test_a_figure_node_settles_what_the_words_leave_open_but_not_what_they_deny():
    bases, stars = source("市级创业园", 108, "家"), source("省级创业园", 108, "家")
    text = "培育创业园108家。"
    [one] = prove_text(text, ground(bases, stars), anchors=[(5, 9, stars.key)]).figures
    assert (one.verdict, one.source) == (Verdict.VERIFIED, stars)
    [one] = prove_text(
        "培育创业园109家。", ground(bases, stars), anchors=[(5, 9, stars.key)]
    ).figures
    assert one.verdict == Verdict.MISMATCH


def test_a_node_said_a_second_time_is_known_by_its_first_key():
    key = f"{AID.key}_2"
    [one] = prove_text("救助7352人次。", ground(AID), anchors=[(2, 8, key)]).figures
    assert one.source == AID


def test_what_stood_once_is_stale_and_the_new_value_is_named():
    old = in_other(AID, 7000, standing="已被更正")
    found = only("救助困难农民工7000人次。", AID, gone=(old,))
    assert (found.verdict, found.source) == (Verdict.STALE, AID)
    assert found.hint == "台账“救助困难农民工”的这个数已被更正，现为7352人次。"


def test_what_is_void_and_has_no_successor_is_stale_too():
    old = source("走访慰问老人", 480, "名", standing="已作废")
    found = only("走访慰问老人480名。", AID, gone=(old,))
    assert (found.verdict, found.hint) == (Verdict.STALE, "台账“走访慰问老人”的这个数已作废。")


@pytest.mark.parametrize("cue", ["2019年", "去年", "上年同期"])
def test_last_years_value_needs_words_that_say_so(cue):
    last = in_other(AID, 6800, span="2019")
    assert said(f"{cue}救助困难农民工6800人次。", AID, last) == [("6800人次", "verified")]
    found = only("全市救助困难农民工6800人次。", AID, last)
    assert (found.verdict, found.source) == (Verdict.MISMATCH, AID)
    assert "文中是2019的数，期间不符" in found.hint


def test_a_countys_value_needs_its_name():
    county = in_other(AID, 615, region="370112", place="历城区")
    assert said("其中历城区救助困难农民工615人次。", AID, county) == [("615人次", "verified")]
    found = only("全市救助困难农民工615人次。", AID, county)
    assert (found.verdict, found.hint) == (Verdict.MISMATCH, "文中是历城区的数。")


def test_a_standard_of_an_earlier_year_lasts():
    from tracker.releases.proof.ground import Kin  # noqa: PLC0415 - only here

    rate = source("农村低保标准", 676, "元/月", span="2019")
    lasting = {rate.indicator: Kin(lasting=True)}
    assert said("农村低保标准676元/月。", rate, kin=lasting) == [("676元/月", "verified")]


def test_both_ends_of_a_range_are_held_to_the_ledger():
    low = source("服务对象年龄下限", 6, "岁", qualifier="区间下限", programme="牵手行动")
    high = source("服务对象年龄上限", 16, "岁", qualifier="区间上限", programme="牵手行动")
    assert [each for _, each in said("牵手行动服务对象为6—16岁儿童。", low, high)] == [
        "verified"
    ] * 2
    found = only("牵手行动服务对象为6—61岁儿童。", low, high)
    assert (found.verdict, found.source) == (Verdict.MISMATCH, high)


def test_a_waiver_lets_one_finding_pass_and_no_other():
    text = "植树造林4321亩。\n植树造林5432亩。"
    report = prove_text(text, ground(AID))
    digest = digest_of(text, 4, 9, "unsupported")
    after = prove_text(text, ground(AID), waived={digest})
    assert [str(one.verdict) for one in report.figures] == ["unsupported", "unsupported"]
    assert [str(one.verdict) for one in after.figures] == ["waived", "unsupported"]
    assert len(after.stops) == 1


def test_the_digest_of_a_finding_changes_with_its_sentence_and_not_with_others():
    one = digest_of("植树4321亩。", 2, 7, "unsupported")
    assert digest_of("前言。\n植树4321亩。", 6, 11, "unsupported") == one
    assert digest_of("共植树4321亩。", 3, 8, "unsupported") != one
    assert digest_of("植树4321亩。", 2, 7, "mismatch") != one
