"""Phrases of report, bulletin and newspaper prose that the first texts did not hold. All sentences are invented."""

import pytest

from tests.language.test_figures import _seconds, read, reasons, values
from tracker.language.figures import recognise
from tracker.language.reading import Role


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("截至目前120名学员已经结业。", ("120", "名", "")),
        ("提前10天完工。", ("10", "天", "")),
        ("年前200万元已经拨付。", ("2000000", "元", "")),
        ("播种面积1 098.8万公顷。", ("10988000", "公顷", "")),
        ("用电44.3亿千瓦小时。", ("4430000000", "千瓦时", "")),
        ("筹集捐款228万。", ("2280000", "元", "")),
        ("吸引115万消费者。", ("1150000", "人", "")),
        ("路宽3.5米长的一段。", ("3.5", "米", "")),
        ("浓度80μg/m³。", ("80", "微克/m³", "")),
        ("帮助1.18万人（次）。", ("11800", "人次", "")),
        ("资金（万元）：120。", ("1200000", "元", "")),
        ("一天就能挣200块。", ("200", "元", "")),
        ("拨付壹佰贰拾万元。", ("1200000", "元", "")),
        ("放了一百只羊。", ("100", "只", "")),
        ("三公里外的学校。", ("3", "公里", "")),
        ("一亩地收入八千块。", ("8000", "元", "")),
        ("三年初见成效。", ("3", "年", "")),
        ("办好十件民生实事。", ("10", "件", "")),
        ("还有一年多就可以挂果。", ("1", "年", "多")),
        ("1.8万人，另有1 236所。", ("18000", "人", "")),
    ],
)
def test_a_number_is_found_where_its_neighbours_mislead(text, figure):
    assert values(text)[0] == figure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("收入在2500元（含）以下的家庭。", ("2500", "元", "以下")),
        ("办结率≥90%。", ("90", "%", "不低于")),
        ("误差≤ 3%。", ("3", "%", "不超过")),
        ("约 300 人到场。", ("300", "人", "约")),
        ("走了20来分钟。", ("20", "分钟", "左右")),
        ("近万名志愿者。", ("10000", "名", "近")),
        ("超亿元投入。", ("100000000", "元", "超")),
        ("产量翻了一番多。", ("1", "番", "多")),
        ("活动已连续近3年。", ("3", "年", "近")),
        ("举办“艺术课堂”近3年，惠及众多子女。", ("3", "年", "近")),
    ],
)
def test_a_qualifier_is_read_in_every_spelling(text, figure):
    assert values(text) == [figure]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("每组3 至 5 名。", [("3", "名", "区间下限"), ("5", "名", "区间上限")]),
        ("投资2 — 3 亿元。", [("200000000", "元", "区间下限"), ("300000000", "元", "区间上限")]),
        ("提前5至10天。", [("5", "天", "区间下限"), ("10", "天", "区间上限")]),
        ("80—89分为良好。", [("80", "分", "区间下限"), ("89", "分", "区间上限")]),
    ],
)
def test_a_range_may_have_blanks_and_any_neighbour(text, figures):
    assert values(text) == figures


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("发放N95口罩。", ("N95", "字母编号")),
        ("会议在A3展厅。", ("A3", "字母编号")),
        ("发生5.2级地震。", ("5.2级", "等级")),
        ("落实1户1策。", ("1户1策", "提法")),
        ("2至3年内建成。", ("2至3年内", "时间范围")),
        ("开展六个一活动。", ("六个一", "名称")),
        ("市妇联五届四次执委会召开。", ("五届四次", "序数")),
        ("打通最后100米。", ("最后100米", "提法")),
        ("实现“五个100%”目标。", ("五个100%", "名称")),
    ],
)
def test_codes_grades_and_sayings_are_no_figures(text, reason):
    assert reason in reasons(text)
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    ["排名前10%的企业。", "位列前3。", "全市前十强企业。", "前5名获奖。", "约谈排名后3位的县区。"],
)
def test_what_stands_before_a_place_is_a_rank(text):
    assert [item.role for item in recognise(text).figures] == [Role.RANK]


def test_an_age_does_not_take_the_rate_of_the_sum_that_follows():
    assert values("80—89周岁每人每月100元。") == [
        ("80", "周岁", "区间下限"),
        ("89", "周岁", "区间上限"),
        ("100", "元/月", ""),
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("完成2.7万户，占全年目标任务的35.8%。", [Role.ACTUAL, Role.SHARE]),
        ("起数、人数和损失分别下降12.1%、8.6%和9.7%。", [Role.GROWTH] * 3),
        ("男女分别占60%、40%。", [Role.SHARE] * 2),
        ("发病率由4.0%下降为2.1%。", [Role.ACTUAL] * 2),
        ("增幅为2.1%。", [Role.GROWTH]),
        ("派出60个工作组。", [Role.ACTUAL]),
    ],
)
def test_a_list_keeps_the_role_of_its_first_member(text, roles):
    assert [item.role for item in recognise(text).figures] == roles


def test_a_fixed_word_within_a_unit_is_said_once():
    text = "提高0.1个百分点。"
    assert read(text) == [("0.1个百分点", "0.1", "百分点", "")]
    assert reasons(text) == []


@pytest.mark.parametrize(
    "unit", ["1 234.5 ", "（万元）1", "1户1", "壹佰", "近万", "A1", "3 至 ", "前3名"]
)
def test_the_time_stays_linear(unit):
    assert _seconds(unit, 100_000) < 8 * _seconds(unit, 25_000) + 0.2
