"""What is done in a programme, said by its name; and who does it, before how it was done."""

import pytest

from tests.releases.conference import raised
from tests.releases.kit import contributor, fact, programme, said, voice, words
from tracker.releases.wording.opening import opened
from tracker.releases.wording.outlook import outlook
from tracker.releases.wording.programmes import account
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.titles import bare, title_of


@pytest.mark.parametrize(
    ("name", "told", "title"),
    [
        ("提升素质行动", "", "开展提升素质行动"),
        ("“希望工程”救助项目", "", "实施“希望工程”救助项目"),
        ("敬老院改造提升计划", "对照要求分年实施改造", "推进敬老院改造提升计划"),
        ("特困供养", "分类落实集中供养", "做好特困供养"),
        ("特困供养", "按月发放供养金，逐户核对人员变化，再落实照料协议", "落实特困供养"),
        ("社会救助兜底总体", "", "做好社会救助兜底"),
        ("“生活富”家政技能培训与就业", "", "推进“生活富”家政技能培训与就业"),
        ("残疾人两项补贴（市级）", "", "落实残疾人两项补贴"),
        ("农村低保标准", "", "农村低保标准"),
    ],
)
def test_a_name_gets_the_verb_of_its_end_and_none_is_said_twice(name, told, title):
    assert title_of(programme(name), told) == title


def test_a_name_that_is_nothing_but_the_whole_stays():
    assert [bare(programme(name)) for name in ("总体", "低保总体")] == ["总体", "低保"]


def saying(one, told="", *facts, seed=0, **fields):
    kept = [words("practice", told)] if told else []
    p = programme("提升素质行动", *facts, words=kept, **fields)
    speaker = voice(contributor("市总工会", p), seed=seed)
    who = speaker.material.contributors[0] if one else None
    return said(account(p, speaker, Timeline(), who))


@pytest.mark.parametrize("seed", range(6))
def test_words_that_begin_with_a_verb_follow_the_programme_in_either_order(seed):
    assert saying(True, "按照需求开班。", seed=seed) in (
        "济南市总工会开展提升素质行动，按照需求开班。",
        "在提升素质行动中，济南市总工会按照需求开班。",
    )


@pytest.mark.parametrize("seed", range(6))
def test_words_with_a_doer_of_their_own_do_not_get_a_second_one_before_them(seed):
    assert saying(True, "志愿者逐户走访。", seed=seed) == (
        "济南市总工会开展提升素质行动，志愿者逐户走访。"
    )


@pytest.mark.parametrize("told", ["市总工会按照需求开班。", "济南市总工会按照需求开班。"])
def test_words_that_name_the_agency_themselves_stand_alone(told):
    assert saying(True, told) == told


def test_an_agency_that_speaks_itself_says_we_and_what_for():
    trained = fact("职工", "名", 30, "培训")
    assert saying(False, "", trained, purpose="让职工有一技之长").startswith(
        "我们开展提升素质行动，让职工有一技之长。"
    )
    assert "一技之长" not in saying(True, "", trained, purpose="让职工有一技之长")


def test_nothing_to_tell_names_nobody():
    empty = programme("提升素质行动")
    speaker = voice(contributor("市总工会", empty))
    one = speaker.material.contributors[0]
    assert account(empty, speaker, Timeline(), one) == ()
    assert said((speaker.agency(one),)) == "济南市总工会", "the full name is still to come"


def test_a_raised_standard_is_the_subject_of_its_sentence():
    standard = programme("农村低保标准", raised("农村低保标准", 300, 676, "2016年"))
    speaker = voice(contributor("市民政局", standard))
    one = speaker.material.contributors[0]
    assert said(opened(one, standard, speaker)) == ""
    assert said(account(standard, speaker, Timeline(), one)).startswith(
        "全市农村低保标准从2016年的300元/月提高至676元/月"
    )


@pytest.mark.parametrize(
    ("plans", "told"),
    [
        (["工会系统将扩大范围。"], "下一步，工会系统将扩大范围。"),
        (["将扩大范围。", "持续走访。"], "下一步，济南市甲局将扩大范围。济南市乙局持续走访。"),
        (["今后将扩大范围。", "今后，各级妇联将回访。"], "今后将扩大范围。各级妇联将回访。"),
        ([], ""),
    ],
)
def test_plans_stand_behind_one_opening_each_with_who_plans_it(plans, told):
    people = [
        contributor(f"市{name}局", programme("服务", words=[words("next", plan)]))
        for name, plan in zip("甲乙", plans, strict=False)
    ]
    assert said(outlook(people, voice(*people))) == told
