"""The grammar of figures, kind by kind. All sentences are invented."""

import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.language.figures import LONGEST_TEXT, TooLong, recognise
from tracker.language.qualifiers import CLOSED
from tracker.language.reading import Role


def read(text, *protected):
    return [
        (item.raw, f"{item.value.normalize():f}", item.unit, item.qualifier)
        for item in recognise(text, protected).figures
    ]


def values(text):
    return [
        (f"{item.value.normalize():f}", item.unit, item.qualifier)
        for item in recognise(text).figures
    ]


def reasons(text, *protected):
    return [(item.raw, item.reason) for item in recognise(text, protected).others]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("救助职工8352人次。", [("8352人次", "8352", "人次", "")]),
        ("投入资金2.369亿元。", [("2.369亿元", "236900000", "元", "")]),
        ("保障22.73万人。", [("22.73万人", "227300", "人", "")]),
        ("培训１２００名。", [("１２００名", "1200", "名", "")]),
        ("贷款发放6,688亿元。", [("6,688亿元", "668800000000", "元", "")]),
        ("总量1.2万亿元。", [("1.2万亿元", "1200000000000", "元", "")]),
        ("约5千余人。", [("约5千余人", "5000", "人", "约+余")]),
        ("共5亿3千万元。", [("5亿3千万元", "530000000", "元", "")]),
        ("筹集300 余 万元。", [("300 余 万元", "3000000", "元", "余")]),
        ("建房2.3万套（间）。", [("2.3万套（间）", "23000", "套（间）", "")]),
        ("惠及666人(户)。", [("666人(户)", "666", "人(户)", "")]),
        ("绿地８％。", [("８％", "8", "%", "")]),
        ("面积800平米。", [("800平米", "800", "平方米", "")]),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(text, figures):
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("举办600余场。", ("600余场", "600", "场", "余")),
        ("参加7000多人次。", ("7000多人次", "7000", "人次", "多")),
        ("吸纳3万余人。", ("3万余人", "30000", "人", "余")),
        ("筹集180万余元。", ("180万余元", "1800000", "元", "余")),
        ("筹集500余万元。", ("500余万元", "5000000", "元", "余")),
        ("历时2个多月。", ("2个多月", "2", "个月", "多")),
        ("持续3年多。", ("3年多", "3", "年", "多")),
        ("惠及近30万人。", ("近30万人", "300000", "人", "近")),
        ("惠及2万户", ("2万户", "20000", "户", "")),
        ("惠及接近30万人。", ("接近30万人", "300000", "人", "近")),
        ("收入突破1000亿元。", ("突破1000亿元", "100000000000", "元", "超")),
        ("超过了50家。", ("超过了50家", "50", "家", "超")),
        ("价值约169万元。", ("约169万元", "1690000", "元", "约")),
        ("年龄65岁以上。", ("65岁以上", "65", "岁", "以上")),
        ("年龄60岁及以上。", ("60岁及以上", "60", "岁", "以上")),
        ("确定150人左右。", ("150人左右", "150", "人", "左右")),
        ("增速控制在3%以内。", ("3%以内", "3", "%", "以内")),
        ("每学期不少于一次。", ("不少于一次", "1", "次/学期", "不少于")),
        ("给予最高500万元奖励。", ("最高500万元", "5000000", "元", "最高")),
        ("最高可补贴5000元。", ("5000元", "5000", "元", "最高")),
        ("合格率不到5%。", ("不到5%", "5", "%", "不足")),
        ("约占全国1/8。", ("约占全国1/8", "0.125", "", "约")),
        ("个人负担低于医疗总费用的10%。", ("10%", "10", "%", "低于")),
        ("超千亿元。", ("超千亿元", "100000000000", "元", "超")),
        ("发动百余人。", ("百余人", "100", "人", "余")),
        ("十多个部门。", ("十多个", "10", "个", "多")),
    ],
)
def test_a_qualifier_is_folded_wherever_it_stands(text, figure):
    assert read(text) == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "节约30万元。",
        "签约30个项目。",
        "预约30人。",
        "附近30个村。",
        "临近30个村。",
        "高于全省1.1个百分点。",
        "超额完成30%。",
    ],
)
def test_words_that_only_contain_a_qualifier_are_none(text):
    assert [figure.qualifier for figure in recognise(text).figures] == [""]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("增长187、28、20倍。", [("187", "倍", ""), ("28", "倍", ""), ("20", "倍", "")]),
        ("提高0.9、5.9个百分点。", [("0.9", "百分点", ""), ("5.9", "百分点", "")]),
        (
            "由1410、1120和500元/月提高。",
            [("1410", "元/月", ""), ("1120", "元/月", ""), ("500", "元/月", "")],
        ),
        ("每人每月930元和719元。", [("930", "元/月", ""), ("719", "元/月", "")]),
        ("最大赔付额为12万元和20万元。", [("120000", "元", "最高"), ("200000", "元", "最高")]),
        ("面向7至14岁儿童。", [("7", "岁", "区间下限"), ("14", "岁", "区间上限")]),
        ("奖励3—5万元。", [("30000", "元", "区间下限"), ("50000", "元", "区间上限")]),
        ("奖励3000元～5000元。", [("3000", "元", "区间下限"), ("5000", "元", "区间上限")]),
        ("从53.4%到63%。", [("53.4", "%", ""), ("63", "%", "")]),
        ("结构为3.5∶34.6∶61.9。", [("3.5", "", ""), ("34.6", "", ""), ("61.9", "", "")]),
        ("师生比1:13。", [("1", "", ""), ("13", "", "")]),
        ("约三分之一的村。", [("0.3333", "", "约")]),
        ("增长百分之八点五。", [("8.5", "%", "")]),
        ("出生率7.1‰。", [("7.1", "‰", "")]),
        ("气温零下5℃。", [("-5", "℃", "")]),
        ("同比增长-3.1%。", [("-3.1", "%", "")]),
    ],
)
def test_numbers_that_are_read_together_share_what_is_said_once(text, figures):
    assert values(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("先后选派三批。", ("3", "批", "")),
        ("连续三年举办。", ("3", "年", "")),
        ("提前两年完成。", ("2", "年", "")),
        ("开展两次。", ("2", "次", "")),
        ("利用一个月时间。", ("1", "个月", "")),
        ("历时两年半。", ("2.5", "年", "")),
        ("用时一个半月。", ("1.5", "个月", "")),
        ("翻了一番。", ("1", "番", "")),
        ("规模增长两倍多。", ("2", "倍", "多")),
        ("超过七成的企业。", ("7", "成", "超")),
        ("打八五折。", ("8.5", "折", "")),
        ("惠及二百三十万人。", ("2300000", "人", "")),
        ("共两千余名。", ("2000", "名", "余")),
    ],
)
def test_counts_in_chinese_numerals_are_read(text, figure):
    assert values(text) == [figure]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("政策惠及76万群众。", ("760000", "人", "")),
        ("惠及100多万困难群众。", ("1000000", "人", "多")),
        ("参保人数突破5100万。", ("51000000", "人", "超")),
        ("总产值达300亿。", ("30000000000", "元", "")),
        ("慰问2万余家庭。", ("20000", "户", "余")),
        ("日均客流30万人次。", ("300000", "人次/日", "")),
        ("平均日成交600多笔。", ("600", "笔/日", "多")),
        ("每周至少两次。", ("2", "次/周", "至少")),
        ("每人每年补助2000元。", ("2000", "元/年", "")),
        ("小麦每公斤2.4元。", ("2.4", "元/公斤", "")),
        ("每年资助100名老人。", ("100", "名", "")),
        ("指数为102.3。", ("102.3", "", "")),
    ],
)
def test_the_words_around_a_number_give_what_it_does_not_say_itself(text, figure):
    assert values(text) == [figure]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021年4月9日", [("2021年4月9日", "日期")]),
        ("2016年以来", [("2016年", "日期")]),
        ("截至2020年12月底", [("2020年12月底", "日期")]),
        ("9月27—29日", [("9月27—29日", "日期")]),
        ("2021—2023年", [("2021—2023年", "日期")]),
        ("1—6月", [("1—6月", "日期")]),
        ("前三季度", [("前三季度", "日期")]),
        ("二〇二一年四月", [("二〇二一年四月", "日期")]),
        ("上午9:30", [("9:30", "时刻")]),
        ("下午3点", [("3点", "时刻")]),
        ("济政发〔2021〕5号", [("〔2021〕5号", "文号")]),
        ("电话：0531-66601234", [("0531-66601234", "电话")]),
        ("12345热线", [("12345", "电话")]),
        ("监督热线12345", [("12345", "电话")]),
        ("第三次会议", [("第三", "序数")]),
        ("入选500强", [("500强", "名单")]),
        ("三、四级残疾人", [("三、四级", "等级")]),
        ("5A级景区", [("5A级", "等级")]),
        ("PM2.5平均", [("PM2.5", "编号")]),
        ("2型糖尿病", [("2型", "编号")]),
        ("309国道", [("309国道", "编号")]),
        ("五年来", [("五年来", "时间范围")]),
        ("近3年", [("近3年", "时间范围")]),
        ("两年平均", [("两年平均", "时间范围")]),
        ("建党100周年", [("100周年", "周年")]),
        ("二期工程开工", [("二期", "编号")]),
        ("做到七个着力", [("七个", "提法")]),
        ("15分钟便民生活圈", [("15分钟", "名称")]),
        ("落实“四个一”制度", [("“四个一”", "引号内名称")]),
        ("《五年规划纲要》", [("《五年规划纲要》", "书名")]),
        ("打造千亿级集群", [("千亿级", "级别")]),
        ("十大行动", [("十", "词语")]),
        ("一批项目", [("一批", "固定词语")]),
        ("一项技能", [("一项", "虚指")]),
        ("几十个项目", [("十", "概数")]),
        ("七八个村", [("七八", "概数")]),
        ("百万移民", [("百万", "概称")]),
        ("增长两位数", [("两位数", "概数")]),
        ("5G网络", [("5", "字母编号")]),
        ("校验（SHA-256）", [("256", "字母编号")]),
        ("网址http://a.cn/1?b=2", [("http://a.cn/1?b=2", "网址")]),
        ("①加强领导", [("①", "带圈序号")]),
    ],
)
def test_what_is_no_figure_is_classified_with_a_reason(text, found):
    assert (reasons(text), recognise(text).figures, recognise(text).leftovers) == (found, (), ())


def test_list_numbers_are_no_figures_where_a_list_can_stand():
    assert values("1.建成3个。2、新增4个；（3）改造5个。\n一、整治6处") == [
        ("3", "个", ""),
        ("4", "个", ""),
        ("5", "个", ""),
        ("6", "处", ""),
    ]


def test_a_protected_name_is_masked_as_a_whole_only():
    assert reasons("实施515工程", "515工程") == [("515工程", "专名")]
    assert values("实施1515工程") == []
    assert [item.raw for item in recognise("实施1515工程", ["515工程"]).leftovers] == ["1515"]


def test_what_nobody_can_classify_is_reported_and_never_dropped():
    reading = recognise("涉及10部门，编号88472，" + "9" * 30)
    assert (reading.figures, [item.raw for item in reading.leftovers]) == (
        (),
        ["10", "88472", "9" * 30],
    )


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("累计救助300人。", Role.ACTUAL),
        ("力争明年新增300人。", Role.TARGET),
        ("5个区县完成目标，新增300人。", Role.ACTUAL),
        ("标准提高到676元/月。", Role.STANDARD),
        ("面向65岁以上老人。", Role.CRITERION),
        ("连续三年举办。", Role.DURATION),
        ("突出四个方面。", Role.STRUCTURAL),
        ("抓好3项重点工作。", Role.STRUCTURAL),
        ("推进两项制度衔接。", Role.STRUCTURAL),
        ("出台两项制度。", Role.ACTUAL),
        ("占总数的63%。", Role.SHARE),
        ("同比增长8.1%。", Role.GROWTH),
        ("提高2.5个百分点。", Role.GROWTH),
        ("是上年的2.1倍。", Role.MULTIPLE),
        ("居全省第2位。", Role.RANK),
        ("进入全国前20名。", Role.RANK),
        ("奖励3万元—5万元。", Role.RANGE),
    ],
)
def test_a_figure_has_the_role_that_its_sentence_gives_it(text, role):
    assert {figure.role for figure in recognise(text).figures} == {role}


def test_the_place_of_a_residual_and_of_rounding_travels_with_the_figure():
    places = [
        figure.place for figure in recognise("20万余人、20余万人、12.3万户、53.4%、37家。").figures
    ]
    assert places == [Decimal(10000), None, Decimal(1000), Decimal("0.1"), None]


@given(st.text(max_size=120))
def test_any_text_is_read_with_true_offsets(text):
    reading = recognise(text)
    for found in (*reading.figures, *reading.others, *reading.leftovers):
        assert text[found.start : found.end] == found.raw


MIXED = st.text(
    alphabet="0123456789.,一二三十百万亿两余多约近超过元人次个年月日%、—-（）“”第每的至到 \n３％",
    max_size=80,
)


@settings(max_examples=300)
@given(MIXED)
def test_every_digit_lands_in_a_figure_an_other_or_a_leftover(text):
    reading = recognise(text)
    covered = {
        index
        for found in (*reading.figures, *reading.others, *reading.leftovers)
        for index in range(found.start, found.end)
    }
    digits = [index for index, char in enumerate(text) if unicodedata.category(char) == "Nd"]
    assert [index for index in digits if index not in covered] == []


@given(MIXED)
def test_every_qualifier_is_of_the_closed_vocabulary(text):
    used = {
        word for figure in recognise(text).figures for word in figure.qualifier.split("+") if word
    }
    assert used - set(CLOSED) == set()


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "1,234",
        "1年2月3日",
        "（",
        "“一",
        "《1",
        "一二三万亿百",
        "1.1.",
        "1、2、",
        "3—5—",
        "一、",
        "１２％",
        "①𝟗Ⅲ½٣㊿𠮷",
        "2020至",
        "三分之",
        "不低于的",
        "每人",
        "1+1",
        "a@",
        "第一、",
        "3年多",
        "电话1",
        " ",
    ],
)
def test_the_time_is_linear_whatever_the_text(unit):
    assert _seconds(unit, 16_000) < 8 * _seconds(unit, 4_000) + 0.2


def _seconds(unit, length):
    """The quickest of three readings: what the machine does beside it only adds."""
    text, taken = unit * (length // len(unit)), []
    for _ in range(3):
        began = time.process_time()
        recognise(text)
        taken.append(time.process_time() - began)
    return min(taken)


def test_a_text_above_the_cap_is_refused():
    with pytest.raises(TooLong, match="太长"):
        recognise("字" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("各区妇女代表500多人到场。", [("500", "人", "多")]),
        ("职工代表40余名列席。", [("40", "名", "余")]),
        ("情况见表3和附表2-1。", []),
    ],
)
def test_a_table_is_numbered_and_delegates_are_counted(text, read):
    found = recognise(text).figures
    assert [(str(one.value), one.unit, one.qualifier) for one in found] == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("今年前9个月47家法院收案下降。", [("47", "家", "")]),
        ("5万人口以上的镇办好2所幼儿园。", [("50000", "人", "以上"), ("2", "所", "")]),
        ("常住人口5万人口。", [("50000", "人", "")]),
        ("开通800人道救助专线。", []),
        ("在五百户镇启动。", []),
        ("走进十余区县。", [("10", "区县", "余")]),
        ("学前三年毛入园率达到96%。", [("96", "%", "")]),
    ],
)
def test_names_that_hold_a_unit_and_spans_before_a_count(text, read):
    found = recognise(text).figures
    assert [(str(one.value), one.unit, one.qualifier) for one in found] == read


def test_nearly_three_years_alone_in_a_cell_is_counted_and_in_a_sentence_is_a_time():
    assert read("项目\t指标\t数量\n培训\t连续开班\t近3年\t2020年底") == [("近3年", "3", "年", "近")]
    assert read("近3年，培训稳步推进。") == []
