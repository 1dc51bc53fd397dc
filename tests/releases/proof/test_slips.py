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
