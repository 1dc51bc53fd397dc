"""What probably happened to a wrong figure."""

import pytest

from tests.releases.proof.kit import only, proved, source

ENTRIES = (
    source("救助困难农民工", 7352, "人次", programme="送温暖"),
    source("挽回经济损失", 13020000, "元", programme="法律援助"),
    source("参加医保居民", 123870, "人", programme="医保"),
    source("培训妇女", 25810, "人", programme="巾帼行动"),
    source("市本级培训妇女", 4321, "人", programme="巾帼行动"),
)


@pytest.mark.parametrize(
    ("text", "why", "rule", "suggestion"),
    [
        ("救助困难农民工7532人次。", "数字颠倒", "N17", "7352人次"),
        ("救助困难农民工7359人次。", "有一位数字不同", "N17", "7352人次"),
        ("挽回经济损失1302元。", "少了“万”", "N16", "1302万元"),
        ("挽回经济损失1302亿元。", "多了“万”", "N16", "1302万元"),
        ("参加医保居民12.3万人。", "截去尾数", "C19", "12.387万人"),
        ("救助困难农民工7352人。", "单位应为“人次”", "U03", "7352人次"),
        ("救助困难农民工超7352人次。", "限定词与台账不符", "Q07", "7352人次"),
        ("培训妇女4321人。", "文中是“市本级培训妇女”的数", "", ""),
    ],
)
def test_the_slip_is_named_and_the_right_figure_offered(text, why, rule, suggestion):
    found = only(text, *ENTRIES)
    assert str(found.verdict) == "mismatch"
    assert why in found.hint
    named = [one for one in proved(text, *ENTRIES).findings if one.start == found.figure.start]
    offered = [(one.rule, one.suggestion) for one in named if one.rule[0] in "NQUC"]
    assert offered == ([(rule, suggestion)] if rule else [])


VOLUNTEERS, ELDERS = source("结对青年志愿者", 2928, "名"), source("结对帮扶老年人", 1464, "名")
ALLOWANCE, SUBSIDY = (
    source("发放残疾人两项补贴", 733000000, "元"),
    source("发放经济困难老年人补贴", 89440000, "元"),
)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("累计组织{}名青年志愿者结对帮扶{}名农村老年人。", (VOLUNTEERS, ELDERS)),
        ("累计组织{}名青年志愿者结对帮扶{}名65岁以上农村老年人。", (VOLUNTEERS, ELDERS)),
        ("保障享受残疾人两项补贴12万人，发放补贴{}元；保障经济困难老年人4万人，发放补贴资金{}元。", (ALLOWANCE, SUBSIDY)),
    ],
)  # fmt: skip
def test_two_figures_that_stand_in_each_others_place_are_both_found(text, entries):
    one, other = (entry.value for entry in entries)
    own = {f"{value}{entry.unit}" for entry, value in zip(entries, (one, other), strict=True)}

    def verdicts(*values):
        found = proved(text.format(*values), *entries).figures
        return [str(each.verdict) for each in found if each.figure.raw in own]

    assert verdicts(one, other) == ["verified", "verified"]
    assert verdicts(other, one) == ["mismatch", "mismatch"]
