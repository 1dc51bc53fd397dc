"""Indicator names taken apart."""

import pytest

from tests.releases.kit import topic
from tracker.releases.wording.names import Shape, bare, part_name, phrase_of, stem


def taken(name, unit, verb="", **fields):
    phrase = phrase_of(topic(name, unit, verb, **fields))
    return phrase.shape.value, phrase.verb, phrase.thing or phrase.noun


@pytest.mark.parametrize(
    ("name", "unit", "verb", "expected"),
    [
        ("农民工会员", "人", "发展", ("verb", "发展", "农民工会员")),
        ("发展农民工会员", "人", "", ("verb", "发展", "农民工会员")),
        ("发展农民工会员", "人", "发展", ("verb", "发展", "农民工会员")),
        ("选派第一书记人数", "人", "", ("verb", "选派", "第一书记")),
        ("电商培训班", "期", "", ("noun", "", "电商培训班")),
        ("培训班", "期", "", ("noun", "", "培训班")),
        ("服务中心", "个", "", ("noun", "", "服务中心")),
        ("开展项目", "个", "", ("verb", "开展", "项目")),
        ("就业、法律服务", "人次", "", ("noun", "", "就业、法律服务")),
        ("电商培训服务人数", "名", "", ("noun", "", "电商培训服务人数")),
        ("工友创业园直接吸纳就业", "人", "", ("sentence", "", "工友创业园直接吸纳就业")),
        ("电商培训连续实施年数", "年", "", ("sentence", "", "电商培训连续实施")),
        ("年均培训妇女", "人次", "", ("verb", "年均培训", "妇女")),
        ("获市级荣誉的农民工", "名", "", ("holder", "获", "市级荣誉")),
        ("获五一劳动奖状单位", "家", "", ("holder", "获", "五一劳动奖状")),
        ("社会救助的贫困人口", "名", "纳入", ("holder", "纳入", "社会救助")),
        ("享受两项补贴", "人", "", ("holder", "享受", "两项补贴")),
        ("享受两项补贴的残疾人", "人", "惠及", ("verb", "惠及", "享受两项补贴的残疾人")),
        ("占享受政策贫困人口比例", "%", "", ("share", "", "享受政策贫困人口")),
        ("享受政策贫困人口比例", "%", "占", ("share", "", "享受政策贫困人口")),
        ("集中供养率", "%", "达到", ("rate", "", "集中供养率")),
        ("村集体年收入", "元", "达到", ("noun", "", "村集体年收入")),
        ("受益青少年", "人", "惠及", ("verb", "受益", "青少年")),
    ],
)
def test_a_name_gives_its_clause(name, unit, verb, expected):
    assert taken(name, unit, verb) == expected


def test_a_yearly_average_entered_as_a_ratio_keeps_its_verb():
    assert taken("妇女", "人次", "年均培训", measure="ratio") == ("verb", "年均培训", "妇女")


def test_notes_that_repeat_the_unit_are_left_out():
    assert bare("保障农村低保家庭（人）") == "保障农村低保家庭"
    assert bare("协调资金（光伏项目）") == "协调资金（光伏项目）"


def test_words_for_the_kind_of_number_are_left_out():
    assert stem("第一书记批次") == "第一书记"
    assert stem("人数") == "人数"


def test_a_part_is_named_without_its_whole():
    assert part_name("示范村中的贫困村") == "贫困村"
    assert part_name("省级工友创业园") == "省级工友创业园"


def test_shapes_are_few():
    assert [shape.value for shape in Shape] == [
        "verb", "holder", "share", "rate", "sentence", "noun",
    ]  # fmt: skip
