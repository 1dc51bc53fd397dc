"""Facts of one programme in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.releases.kit import fact, said, topic, voice
from tracker.documents.tree import Figure, Name
from tracker.releases.facts import Goal, against, from_to, growth
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.sentences import Timeline, by_period, sentences


def clause(*facts, seed=0):
    """The clauses of these facts in the fixed formulas."""
    speaker = voice(seed=seed)
    speaker.keep_still()
    return [said(one.inlines) for one in clauses(facts, speaker)]


def sentence(*facts):
    speaker, timeline = voice(), Timeline()
    speaker.keep_still()
    made = [
        sentences(clauses(group, speaker), timeline.opening(group), speaker, timeline)
        for group in by_period(facts)
    ]
    return "".join(map(said, made))


def raised(name, start, now, **fields):
    standard = fact(name, "元/月", now, topic_measure="standard", **fields)
    start = from_to(standard, Decimal(start))
    return replace(standard, related=(("start", start), ("growth", growth(standard, start))))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (fact("农民工会员", "人", 290000, "发展"), "发展农民工会员29万人"),
        (fact("经济损失", "元", 13020000, "挽回", scale="万", decimals=0), "挽回经济损失1302万元"),
        (fact("经济损失", "元", 2267700, "挽回", scale="万", decimals=2), "挽回经济损失226.77万元"),
        (fact("困难农民工", "人次", 18624, "救助"), "救助困难农民工18624人次"),
        (fact("劳动竞赛", "项", 600, "组织", qualifier="余"), "组织劳动竞赛600余项"),
        (fact("爱心物资", "元", 818800, "发放", scale="万", decimals=2, qualifier="约"), "发放价值约81.88万元的爱心物资"),
        (fact("爱心款", "元", 818800, "发放", scale="万", decimals=2, qualifier="约"), "发放爱心款约81.88万元"),
        (fact("爱心款", "元", 10000000, "筹集", scale="万", decimals=0, qualifier="约+余"), "筹集爱心款1000余万元"),
        (fact("获市级荣誉称号的农民工", "名", 56), "56名农民工获市级荣誉称号"),
        (fact("获五一劳动奖状单位", "家", 17), "17家单位获五一劳动奖状"),
        (fact("享受两项补贴", "人", 127300), "12.73万人享受两项补贴"),
        (fact("集中供养率", "%", 53, topic_measure="ratio"), "集中供养率达到53%"),
        (fact("参赛职工", "人次", 7000, qualifier="多"), "参赛职工达7000多人次"),
        (fact("工友创业园", "家", 108), "共有工友创业园108家"),
        (fact("村集体年收入", "元", 150000, topic_measure="stock"), "村集体年收入达到15万元"),
        (fact("农村低保标准", "元/年", 5000, qualifier="不低于"), "农村低保标准不低于5000元/年"),
        (fact("个人负担占比", "%", 10, qualifier="低于", topic_measure="ratio"), "个人负担占比低于10%"),
        (fact("最大赔付额", "元", 120000, qualifier="最高"), "最大赔付额最高12万元"),
        (fact("参加培训农民", "名", 120, qualifier="多"), "参加培训农民达120多名"),
        (fact("开展培训的重点村", "个", 8), "8个重点村开展培训"),
        (fact("第一书记批次", "批", 3, "选派", topic_display="汉字"), "选派第一书记三批"),
        (fact("帮扶慰问活动", "场", 120, "开展", topic_display="汉字"), "开展帮扶慰问活动120场"),
        (fact("会员", "人", 290000, "发展", topic_display="汉字", scale="万", decimals=0), "发展会员29万人"),
        (fact("生产安全事故", "起", 0, zero=True), "生产安全事故为0起"),
        (fact("少年儿童参加夏令营", "名", 1500, "组织", qualifier="余"), "组织1500余名少年儿童参加夏令营"),
    ],
)  # fmt: skip
def test_a_fact_has_its_clause(one, expected):
    assert clause(one) == [expected]


def test_neighbours_of_one_verb_share_a_list():
    made = clause(
        fact("区县", "个", 12, "覆盖"),
        fact("功能区", "个", 4, "覆盖"),
        fact("涉农乡镇", "个", 157, "覆盖"),
    )
    assert made == ["覆盖区县12个、功能区4个、涉农乡镇157个"]


def test_a_list_has_six_members_at_most():
    made = clause(*(fact(f"甲{n}", "个", 10, "覆盖") for n in "东西南北中上下"))
    assert [line.count("、") for line in made] == [5, 0]


def test_figures_of_one_noun_stand_side_by_side():
    made = clause(fact("第一书记批次", "批", 3, "选派"), fact("第一书记", "人", 4, "选派"))
    assert made == ["选派第一书记3批4人"]


def test_parts_follow_their_whole():
    whole = fact("示范村", "个", 300, "创建")
    part = fact("示范村中的贫困村", "个", 90, topic_wholes=frozenset({whole.topic.id}))
    assert clause(whole, part) == ["创建示范村300个，其中贫困村90个"]


def test_one_of_which_serves_two_wholes():
    gardens, stars = fact("市级创业园", "家", 108, "选树"), fact("农民工之星", "名", 94, "选树")
    first = fact("省级创业园", "家", 15, "选树", topic_wholes=frozenset({gardens.topic.id}))
    second = fact("省级之星", "人", 18, "选树", topic_wholes=frozenset({stars.topic.id}))
    assert clause(gardens, stars, first, second) == [
        "选树市级创业园108家、农民工之星94名，其中省级创业园15家、省级之星18人"
    ]


def test_members_of_a_breakdown_follow_their_sum():
    about = topic("援助款项", "元", "筹集")
    facts = [
        fact("", "元", value, topic=about, member=member, scale="万", decimals=0)
        for value, member in ((6900000, ""), (4000000, "湘西"), (2900000, "临沂"))
    ]
    assert clause(*facts) == ["筹集援助款项690万元，其中湘西400万元、临沂290万元"]


def test_a_share_hangs_on_what_stands_before_it():
    made = clause(
        fact("社会救助的贫困人口", "名", 52036, "纳入"),
        fact("占享受政策贫困人口比例", "%", "63.15", topic_measure="ratio", decimals=2),
    )
    assert made == ["52036名贫困人口纳入社会救助，占享受政策贫困人口的63.15%"]


def test_a_standard_says_from_where_to_where_and_by_how_much():
    made = clause(raised("农村低保标准", 300, 676, start_words="2016年"))
    assert made == ["农村低保标准从2016年的300元/月提高至676元/月，增长125.33%"]


def test_a_standard_without_a_stored_start_time_names_none():
    assert clause(raised("农村特困供养标准", 643, 1179)) == [
        "农村特困供养标准从643元/月提高至1179元/月，增长83.36%"
    ]


def test_a_standard_that_was_lowered_is_never_said_to_grow():
    assert clause(raised("收费标准", 150, 100)) == ["收费标准从150元/月降至100元/月，下降33.33%"]


def test_a_standard_that_stayed_is_kept():
    assert clause(raised("收费标准", 100, 100)) == ["收费标准保持在100元/月"]


def test_the_period_and_the_cumulative_figure_share_a_clause():
    about = topic("困难职工", "人次", "救助")
    month = fact("", "人次", 120, topic=about, cumulative=False)
    year = fact("", "人次", 2030, topic=about)
    assert clause(month, year) == ["救助困难职工120人次，累计2030人次"]


def test_a_change_on_last_year_chooses_its_own_verb():
    more, less, same = (
        replace(fact("职工", "人次", 100, "培训"), related=(("year_on_year", one),))
        for one in (
            fact("", "%", "6.34", role="growth"),
            fact("", "%", "-3", role="growth"),
            fact("", "%", "0", role="growth"),
        )
    )
    assert clause(more) == ["培训职工100人次，同比增长6.34%"]
    assert clause(less) == ["培训职工100人次，同比下降3%"]
    assert clause(same) == ["培训职工100人次，与上年同期持平"]


def test_a_target_is_named_with_what_was_done_of_it():
    done = fact("职工", "人次", 14154, "培训")
    related = tuple(against(done, Goal("at_least", Decimal(28000), 2026)))
    assert clause(replace(done, related=related)) == [
        "培训职工14154人次，完成年度目标2.8万人次的50.55%"
    ]


def test_a_limit_is_kept_and_never_completed():
    cases = fact("争议案件", "件", 301)
    related = tuple(against(cases, Goal("at_most", Decimal(320), 2026)))
    assert clause(replace(cases, related=related)) == [
        "争议案件301件，控制在320件的年度目标以内，少19件"
    ]
    just = replace(cases, value=Decimal(320))
    related = tuple(against(just, Goal("at_most", Decimal(320), 2026)))
    assert clause(replace(just, related=related)) == ["争议案件320件，控制在320件的年度目标以内"]


def test_a_name_with_a_numeral_is_a_name_node():
    [made] = clauses([raised("一、二级残疾人补贴", 100, 150)], voice())
    assert made.inlines[0] == Name("一、二级残疾人补贴")


def test_each_figure_keeps_its_entry_and_value():
    one = fact("经济损失", "元", 13020000, "挽回", scale="万", decimals=0)
    [made] = clauses([one], voice())
    [figure] = [inline for inline in made.inlines if isinstance(inline, Figure)]
    assert (figure.key, figure.entries, figure.value, figure.unit) == (
        one.key,
        one.entries,
        13020000,
        "元",
    )


def test_decimals_as_entered_never_change_the_value():
    wrong = fact("经济损失", "元", 2267700, "挽回", scale="万", decimals=0)
    assert clause(wrong) == ["挽回经济损失226.77万元"]


def test_one_end_of_a_range_is_not_said_and_the_editor_knows():
    speaker = voice()
    assert clauses([fact("对象年龄", "岁", 6, qualifier="区间下限")], speaker) == []
    assert speaker.remarks == ["“对象年龄”只有区间的一端，未写入正文。"]


def test_a_point_in_time_is_said_only_where_it_is_stored():
    one = fact("会员", "人", 290000, "发展", as_of="2020年底")
    other = fact("职工", "人次", 120, "培训")
    assert sentence(one, other) == "截至2020年底，全市累计发展会员29万人。累计培训职工120人次。"


def test_a_base_is_said_once_until_it_changes():
    facts = [
        fact("会员", "人", 29, "发展", base="近年来"),
        fact("职工", "人次", 12, "培训", base="近年来"),
        fact("困难家庭", "户", 15, "帮扶", base="脱贫攻坚战以来"),
    ]
    assert sentence(*facts) == (
        "近年来，全市累计发展会员29人，培训职工12人次。脱贫攻坚战以来，累计帮扶困难家庭15户。"
    )


def test_figures_of_one_noun_in_one_unit_never_run_into_one_number():
    assert clause(fact("资金", "元", 1, "救助"), fact("资金", "元", 1, "救助")) == [
        "救助资金1元、1元"
    ]


def test_base_and_point_in_time_stand_side_by_side():
    one = fact("会员", "人", 29, "发展", base="2016年以来", as_of="截至目前")
    assert sentence(one) == "2016年以来，截至目前，全市累计发展会员29人。"


def test_a_figure_of_one_period_is_no_cumulative_one():
    assert sentence(fact("会员", "人", 29, "发展", cumulative=False)) == "全市共发展会员29人。"


def test_a_sentence_holds_six_figures_at_most():
    facts = [fact(f"{n}对象", "人次", 10, verb) for n, verb in zip("甲乙丙丁戊己庚", ["培训", "救助", "资助", "慰问", "走访", "接待", "服务"], strict=True)]  # fmt: skip
    assert sentence(*facts).count("。") == 2


def test_many_standards_keep_their_parallel_shape():
    facts = [raised(name, 100, 150) for name in ("甲类补贴", "乙类补贴", "丙类补贴")]
    facts = [replace(one, related=one.related[:1]) for one in facts]
    assert sentence(*facts) == (
        "甲类补贴从100元/月提高至150元/月；乙类补贴从100元/月提高至150元/月；"
        "丙类补贴从100元/月提高至150元/月。"
    )
