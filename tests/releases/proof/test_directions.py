"""The words and the figures go the same way."""

import pytest

from tests.releases.proof.kit import aim, before, in_other, only, proved, rules, said, source
from tracker.releases.proof import Verdict

JOBS = source("城镇新增就业", 112500, "人")
LAST = in_other(JOBS, 100000, span="2019")
CASES = source("生产安全事故", 80, "起")
MORE_CASES = in_other(CASES, 100, span="2019")
STANDARD = source("农村低保标准", 676, "元/月")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("城镇新增就业11.25万人，同比下降12.5%。", (JOBS, LAST)),
        ("生产安全事故80起，同比增长20%。", (CASES, MORE_CASES)),
        ("农村低保标准由300元/月降低到676元/月。", (STANDARD, before(STANDARD, 300))),
    ],
)
def test_a_word_against_its_figure_blocks(text, entries):
    report = proved(text, *entries)
    assert only(text, *entries).verdict == Verdict.DIRECTION
    assert "C24" in rules(report)


def test_a_fall_that_is_called_a_fall_is_right():
    assert said("生产安全事故80起，同比下降20%。", CASES, MORE_CASES)[-1] == ("20%", "derived")


def test_a_named_growth_that_is_called_a_fall_blocks():
    rate = source("财政收入增长", "5.2", "%")
    assert said("财政收入增长5.2%。", rate) == [("5.2%", "verified")]
    assert said("财政收入下降5.2%。", rate) == [("5.2%", "direction")]


def test_a_list_that_falls_where_it_is_said_to_rise_blocks():
    one, other = (
        source("机构养育孤儿基本生活费", 2123, "元/月"),
        source("散居孤儿基本生活费", 1650, "元/月"),
    )
    entries = (one, before(one, 1410), other, before(other, 1120))
    right = "机构养育孤儿、散居孤儿基本生活费由1410元/月、1120元/月提高到2123元/月、1650元/月。"
    assert {verdict for _, verdict in said(right, *entries)} == {"verified"}
    wrong = right.replace("提高", "下降")
    assert "direction" in {verdict for _, verdict in said(wrong, *entries)}


@pytest.mark.parametrize(
    ("kind", "target", "text", "stops"),
    [
        ("at_least", 700, "新建示范村600个，超额完成年度目标。", True),
        ("at_least", 500, "新建示范村600个，超额完成年度目标。", False),
        ("at_most", 500, "新建示范村600个，控制在年度目标以内。", True),
        ("at_most", 700, "新建示范村600个，控制在年度目标以内。", False),
    ],
)
def test_over_and_within_are_held_to_the_kind_of_the_target(kind, target, text, stops):
    done = source("新建示范村", 600, "个")
    report = proved(text, done, aims=aim(done, target, kind))
    assert [one.rule for one in report.stops] == (["C24"] if stops else [])
