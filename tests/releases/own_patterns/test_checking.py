"""What a pattern may not be, each fault with the character at which it stands."""

import pytest

from tests import factories
from tests.releases.own_patterns.conftest import SENTENCE
from tracker.releases.own_patterns.checking import checked, cleaned
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.patterns import PatternError


def fault(subject, source):
    with pytest.raises(PatternError) as caught:
        checked(subject, source)
    return caught.value.position, caught.value.reason


def test_a_sound_sentence_is_bound_to_its_indicators(subject, trained, money, households):
    assert checked(subject, SENTENCE).names == (
        ("农民工", trained.pk), ("经济损失", money.pk), ("受益户", households.pk),
    )  # fmt: skip


def test_blanks_around_it_are_no_part_of_it():
    assert cleaned("  共培训{农民工}。\r\n") == "共培训{农民工}。"


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ("共培训{农民}。", 4, "没有名为“农民”的指标或要素"),
        ("共培训{农民工.排名}。", 8, "没有名为“排名”的算法，可用：同比、环比、占比、完成、目标、超额、序时、限额、少、起点、起值、增幅"),
        ("截至{截至.同比}，共培训{农民工}。", 6, "“截至”不能带“.同比”"),
        ("共培训{农民工。", 3, "“{”没有配对的“}”"),
        ("共培训100名，{农民工}。", 3, "句式中不能直接写数字“100”，请改用{指标}或登记为保护名称"),
        ("扎实推进各项工作。", 0, "句式里还没有数，请至少插入一个指标"),
        ("共培训{农民工}", 7, "项目的句式是完整的句子，要以“。”结束"),
        ("共培训{农民工}\n。", 8, "句式中不能换行"),
        ("共培训{农民工}，同比增长{农民工.同比}。", 11, "“{农民工.同比}”自带动词，前面不要再写“增长”"),
        ("共培训{农民工}[，增长了{农民工.增幅}]。", 10, "“{农民工.增幅}”自带动词，前面不要再写“增长了”"),
        ("共培训{农民工}[，挽回{经济损失}。]", 19, "方括号里的内容省去后，句子要仍以“。”结束"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_character(subject, source, position, reason):
    assert fault(subject, source) == (position, reason)


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("共培训近{农民工}。", 4),
        ("共培训超过{农民工}。", 5),
        ("共培训{农民工}左右。", 3),
        ("共培训{农民工}以上。", 3),
        ("共培训<约|>{农民工}。", 7),
        ("共培训[不少于]{农民工}。", 8),
        ("共培训{农民工}[，挽回约{经济损失}]。", 13),
        ("共培训{农民工}[，同比{农民工.同比}左右]。", 12),
    ],
)
def test_words_that_would_change_a_figure_are_refused_at_its_slot(subject, source, position):
    at, reason = fault(subject, source)
    assert at == position
    assert reason.endswith("写在这里会被读成另一个数，请改前后的字；约、近、超、余由数据自己带")


def test_every_variant_is_tried(subject):
    assert checked(subject, "共<培训|帮助>{农民工}。").source == "共<培训|帮助>{农民工}。"
    assert fault(subject, "共<培训|帮助|帮扶约>{农民工}。")[0] == 12


def test_a_protected_name_may_hold_a_numeral(li):
    home = factories.programme("union", "515扶贫工程")
    factories.indicator(li, "贫困户", unit_name="户", programme_=home)
    subject = subject_of(home)
    assert checked(subject, "515扶贫工程帮扶{贫困户}。").source == "515扶贫工程帮扶{贫困户}。"
    assert fault(subject, "516扶贫工程帮扶{贫困户}。")[0] == 0


def test_slots_are_called_by_name_alias_or_code(li, training):
    one = factories.indicator(
        li, "农民工（名）、技工", programme_=training, aliases=["学员"], code="GH-01"
    )
    subject = subject_of(training)
    assert {name: row.pk for name, row in subject.names.items()} == {
        "农民工（名）技工": one.pk, "学员": one.pk, "GH-01": one.pk,
    }  # fmt: skip
    assert subject.offers()[0].text == "{农民工（名）技工}"


def test_what_two_indicators_are_called_is_offered_for_neither(li, training):
    first = factories.indicator(li, "甲", programme_=training, aliases=["人数"], code="A1")
    second = factories.indicator(li, "乙", programme_=training, aliases=["人数", "截至"], code="A2")
    names = subject_of(training).names
    assert (names["甲"], names["A2"]) == (first, second)
    assert {"人数", "截至"} & set(names) == set()


def test_a_retired_indicator_is_no_slot(subject, training, money):
    money.active = False
    money.save()
    assert fault(subject_of(training), "挽回{经济损失}。")[0] == 3


def test_an_indicators_clause_has_one_figure_and_no_end(trained):
    subject = subject_of(trained)
    assert checked(subject, "为{全域}培训工人{数}[，同比{数.同比}]").names == (("数", trained.pk),)
    assert fault(subject, "培训工人{数}。") == (7, "指标的句式是分句，末尾不加标点")
    assert fault(subject, "截至{截至}培训{数}")[0] == 3
    assert fault(subject, "培训{数}[，同比{数.同比}。]")[1] == "指标的句式是分句，末尾不加标点"


def test_percent_and_money_are_tried_as_what_they_are(li, training, money):
    rate = factories.indicator(li, "就业率", unit_name="%", programme_=training, measure="ratio")
    assert checked(subject_of(rate), "就业率达到{数}").names == (("数", rate.pk),)
    assert fault(subject_of(rate), "就业率近{数}")[0] == 4
    assert checked(subject_of(money), "挽回损失{数}").names == (("数", money.pk),)


def test_offers_say_what_they_bring(subject):
    offers = {one.text: one.says for one in subject.offers()}
    assert offers["{经济损失}"] == "经济损失（万元）"
    assert offers["{截至}"] == "截至的时间，如“2020年底”"
    assert subject.operations()[0].text == ".同比"
