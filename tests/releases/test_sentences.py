"""A figure in the clause that the catalogue keeps; whose it is; its neighbours; its time."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.releases.kit import contributor, fact, programme, said, voice
from tracker.catalogue.models import Level, Measure
from tracker.documents.tree import Figure
from tracker.releases.facts import from_to
from tracker.releases.reading import topic_of
from tracker.releases.selection import leads
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.names import Shape, phrase_of
from tracker.releases.wording.sentences import Timeline, by_period, sentences


def told(*facts, timeline=None, seed=0, steady=True):
    """The facts as sentences; one timeline for several calls is one run of a text."""
    speaker, timeline = voice(seed=seed), timeline or Timeline()
    if steady:
        speaker.keep_still()
    return "".join(
        said(sentences(clauses(group, speaker), timeline.opening(group), speaker, timeline))
        for group in by_period(facts)
    )


def kept(clause, unit, value, verb="", name="荣誉", **fields):
    return fact(name, unit, value, verb, topic_clause=clause, **fields)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (kept("{数}青年被评为带头人", "名", 4, "推荐"), "全市4名青年被评为带头人。"),
        (kept("培训学员{数}", "名", 1600, "服务", qualifier="余"), "全市累计培训学员1600余名。"),
        (kept("培训学员{数}", "名", 16, "服务", topic_measure="distinct"), "全市共培训学员16名。"),
        (kept("为农民工挽回损失{数}", "元", 13020000, "挽回"), "为农民工挽回损失1302万元。"),
        (kept("连续开班{数}", "年", 3, "连续实施"), "连续开班3年。"),
        (kept("资助困难家庭子女{数}免费学习", "人", 1000), "全市累计资助困难家庭子女1000人免费学习。"),
    ],
)  # fmt: skip
def test_a_figure_is_said_in_the_clause_that_its_indicator_keeps(one, expected):
    assert told(one) == expected


def test_the_verb_of_the_clause_counts_and_not_the_one_of_the_indicator():
    one = kept("{数}青年被评为带头人", "名", 400, "推荐")
    assert phrase_of(one.topic).shape == Shape.HOLDER
    assert not leads(one)
    assert leads(kept("培训学员{数}", "名", 400, "服务"))
    assert phrase_of(kept("培训学员{数}", "名", 400, "服务").topic).verb == "培训"


def test_a_part_is_said_in_its_clause_behind_its_whole():
    whole = fact("市级创业园", "家", 108, "培育")
    part = kept("{数}获评省级", "家", 15, topic_wholes=frozenset({whole.topic.id}))
    assert told(whole, part) == "全市累计培育市级创业园108家，其中15家获评省级。"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"zero": True, "value": Decimal(0)}, "荣誉为0名。"),
        ({"member": "历下区"}, "共有历下区荣誉4名。"),
        ({"scope": "市本级"}, "共有市本级荣誉4名。"),
    ],
)
def test_no_clause_is_forced_on_a_zero_or_a_part_of_a_breakdown(changes, expected):
    """The planted control: the same fact without these is said by its clause."""
    one = kept("{数}青年被评为带头人", "名", 4)
    assert told(one) == "全市4名青年被评为带头人。"
    assert told(replace(one, **changes)) == expected


def test_a_standard_that_was_raised_says_from_where():
    one = kept("按每月{数}发放补贴", "元/月", 150, name="补贴标准", topic_measure="standard")
    one = replace(one, related=(("start", from_to(one, Decimal(100))),))
    assert told(one) == "全市补贴标准从100元/月提高至150元/月。"


def test_the_citys_own_sentence_is_never_doubled_by_what_was_computed():
    grown = replace(
        kept("培训学员{数}", "名", 100),
        related=(("year_on_year", fact("", "%", "6.34", role="growth")),),
    )
    assert told(grown) == "全市累计培训学员100名，同比增长6.34%。"


FREE = [("农民工队伍", "培训"), ("困难职工", "慰问"), ("返乡青年", "扶持"), ("留守儿童", "帮扶")]


@given(seed=st.integers(0, 300), size=st.integers(2, 4), money=st.booleans())
def test_numbers_of_one_sentence_stand_all_before_or_all_behind_their_nouns(seed, size, money):
    facts = [fact(name, "名", 30 + n, verb) for n, (name, verb) in enumerate(FREE[:size])]
    facts += [fact("帮扶资金", "元", 5000, "投入")] if money else []
    text = told(*facts, seed=seed, steady=False)
    behind = [text.count(f"{verb}{name}{30 + n}名") for n, (name, verb) in enumerate(FREE[:size])]
    before = [text.count(f"{verb}{30 + n}名{name}") for n, (name, verb) in enumerate(FREE[:size])]
    assert (sum(behind), sum(before)) in ({(size, 0)} if money else {(size, 0), (0, size)})


def test_without_neighbours_the_order_varies():
    one = fact("返乡青年", "名", 30, "扶持")
    found = {told(one, seed=seed, steady=False) for seed in range(20)}
    assert found == {"全市累计扶持返乡青年30名。", "全市累计扶持30名返乡青年。"}


def test_a_quoted_name_that_a_list_shares_is_said_once():
    made = told(
        fact("“出彩人家”示范户", "户", 12, "创建"), fact("“出彩人家”示范村", "个", 5, "创建")
    )
    assert made == "全市累计创建“出彩人家”示范户12户、示范村5个。"


@pytest.mark.parametrize(
    ("one", "other"),
    [("“出彩人家”示范户", "“美丽庭院”示范村"), ("“出彩人家”", "“出彩人家”示范村"), ("示范户", "示范村")],
)  # fmt: skip
def test_names_that_share_no_quoted_name_are_said_whole(one, other):
    made = told(fact(one, "户", 12, "创建"), fact(other, "个", 5, "创建"))
    assert made == f"全市累计创建{one}12户、{other}5个。"


def test_the_place_that_a_list_shares_is_said_once():
    made = told(fact("济南市劳模", "名", 12, "评选"), fact("济南市工匠", "名", 5, "评选"))
    assert made == "全市累计评选济南市劳模12名、工匠5名。"


def test_a_total_beside_an_average_says_so():
    year, all_in_all = (
        fact("妇女", "人次", 20000, "年均培训"),
        fact("妇女就业", "人次", 200000, "安置"),
    )
    assert told(year, all_in_all) == "年均培训妇女2万人次，累计安置妇女就业20万人次。"


def test_the_whole_is_named_once_until_another_is_spoken_of():
    timeline = Timeline()
    ours = {"topic_subject": "agency"}
    assert told(fact("村庄", "个", 512, "创建"), timeline=timeline) == "全市累计创建村庄512个。"
    assert told(fact("农户", "户", 90, "创建"), timeline=timeline) == "累计创建农户90户。"
    assert told(fact("政策", "项", 35, "出台", **ours), timeline=timeline) == "累计出台政策35项。"
    assert told(fact("农户", "户", 91, "创建"), timeline=timeline) == "全市累计创建农户91户。"


@pytest.mark.parametrize("subject", ["agency", "none"])
def test_what_one_body_did_is_not_said_of_the_whole_city(subject):
    assert told(fact("政策", "项", 35, "出台", topic_subject=subject)) == "累计出台政策35项。"


def test_what_has_no_doer_of_its_own_leads_no_text():
    assert leads(fact("困难群众", "人", 3636000, "惠及"))
    assert not leads(fact("困难群众", "人", 3636000, "惠及", topic_subject="none"))


@pytest.mark.parametrize(
    ("level", "measure", "chosen", "subject"),
    [
        (Level.CITY, Measure.FLOW, "", "agency"),
        (Level.CITY, Measure.DISTINCT, "", "agency"),
        (Level.CITY, Measure.STANDARD, "", "whole"),
        (Level.CITY, Measure.STOCK, "", "whole"),
        (Level.COUNTY, Measure.FLOW, "", "whole"),
        (Level.TOWN, Measure.FLOW, "agency", "agency"),
        (Level.CITY, Measure.FLOW, "none", "none"),
    ],
)
def test_of_whom_a_figure_speaks_follows_from_who_reports_it(
    city_with_people, wang, level, measure, chosen, subject
):
    one = factories.indicator(wang, level=level, measure=measure, subject=chosen)
    assert topic_of(one).subject == subject


def test_a_clause_comes_from_the_catalogue_into_the_text(city_with_people, wang):
    one = factories.indicator(wang, clause="{数}职工参加竞赛", unit_name="名")
    topic = topic_of(one)
    assert topic.clause == "{数}职工参加竞赛"
    assert told(fact("", "名", 30, topic=topic)) == "30名职工参加竞赛。"


WORDS = st.text("走访慰问困难职工家庭群众", min_size=2, max_size=8)


@given(before=WORDS, after=WORDS, value=st.integers(1, 9_999_999))
def test_a_clause_holds_its_figure_once_with_its_entry(before, after, value):
    one = kept(f"{before}{{数}}{after}", "名", value)
    speaker = voice(contributor("市总工会", programme("行动", one)))
    [made] = clauses([one], speaker)
    figures = [node for node in made.inlines if isinstance(node, Figure)]
    assert [(node.value, node.entries) for node in figures] == [(Decimal(value), one.entries)]
    assert said(made.inlines) == f"{before}{figures[0].surface}{after}"


def test_the_guard_of_names_sees_no_clause_of_another_topic():
    """phrase_of is remembered by topic: two topics that differ by their clause alone are two."""
    one = fact("荣誉", "名", 4, "推荐")
    other = replace(one, topic=replace(one.topic, clause="{数}获评"))
    assert [phrase_of(item.topic).shape for item in (one, other)] == [Shape.VERB, Shape.HOLDER]
