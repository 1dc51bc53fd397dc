"""What is one matter stands together, in the text or in the table."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.kit import contributor, fact, material, programme
from tracker.releases.bundles import LARGEST, bundles, core, ranked
from tracker.releases.facts import from_to
from tracker.releases.selection import concise, room, to_the_point, within_quota
from tracker.releases.weighing import numbers


def named(found):
    return [[one.topic.name for one in bundle] for bundle in found]


def names(one):
    return [fact.topic.name for fact in one.facts]


def raised(name, now, start, unit="元/月"):
    one = fact(name, unit, now, "提高", topic_measure="standard")
    return replace(one, related=(("start", from_to(one, Decimal(start))),))


def test_what_was_done_alike_at_one_time_is_one_matter():
    found = bundles(
        [
            fact("竞赛", "项", 600, "组织"),
            fact("奖状单位", "家", 17, "评选"),
            fact("奖章个人", "名", 22, "评选"),
            fact("先锋号", "家", 37, "评选", base="近几年"),
        ]
    )
    assert named(found) == [["竞赛"], ["奖状单位", "奖章个人"], ["先锋号"]]


def test_money_and_people_of_one_verb_are_two_matters():
    assert named(bundles([fact("物资", "元", 9, "发放"), fact("证书", "人", 9, "发放")])) == [
        ["物资"],
        ["证书"],
    ]


def test_a_whole_keeps_its_parts_and_standards_their_steps():
    whole = fact("示范村", "个", 512, "创建")
    part = fact("贫困村", "个", 154, "认定", topic_wholes=frozenset({whole.topic.id}))
    found = bundles([raised("甲档", 150, 100), whole, raised("乙档", 120, 80), part])
    assert named(found) == [["甲档", "乙档"], ["示范村", "贫困村"]]


def test_more_than_a_few_alike_are_no_matter_of_their_own():
    many = [fact(f"区{n}", "个", 9, "覆盖") for n in range(LARGEST + 1)]
    assert named(bundles(many)) == [[f"区{n}"] for n in range(LARGEST + 1)]
    assert len(bundles(many[:-1])) == 1


def social():
    return programme(
        "社会组织参与",
        fact("社会组织", "家", 1498, "引导"),
        fact("资金", "元", 302000000, "投入", topic_subject="none"),
        fact("项目", "个", 829, "开展", topic_subject="none"),
        fact("困难群众", "人", 3636000, "惠及", topic_subject="none"),
    )


def test_an_effect_comes_behind_whoever_had_it_and_before_the_money():
    assert named(ranked(social())) == [["社会组织"], ["困难群众"], ["资金"], ["项目"]]
    one, two = (core(social(), least) for least in (1, 2))
    assert (len(one), len(two), core(social(), 0)) == (2, 3, set())


def test_what_came_of_it_stands_before_what_went_into_it():
    found = ranked(
        programme("小屋", fact("资金", "元", 10000000, "筹集"), fact("小屋", "个", 425, "建成"))
    )
    assert named(found) == [["小屋"], ["资金"]]


def pointed(whole):
    return names(to_the_point(whole, contributor("市总工会", whole, crowd())))


def crowd():
    return programme("其他", *[fact(f"对象{n}", "人", 50 + n, f"服务{n}") for n in range(20)])


def test_the_last_number_of_a_programme_is_not_left_out_alone():
    assert pointed(social()) == ["社会组织", "资金", "项目", "困难群众"]


def test_awards_of_one_kind_are_left_out_together():
    found = pointed(
        programme(
            "竞赛行动",
            fact("竞赛", "项", 600, "组织"),
            fact("职工参赛", "人次", 7000, "吸引"),
            fact("奖状单位", "家", 17, "评选"),
            fact("奖章个人", "名", 22, "评选"),
            fact("先锋号单位", "家", 37, "评选"),
        )
    )
    assert found == ["竞赛", "职工参赛"]


def test_all_steps_of_a_standard_are_said():
    steps = [raised(f"{level}档", 150 + n, 100) for n, level in enumerate("甲乙丙")]
    assert pointed(programme("提标", *steps)) == ["甲档", "乙档", "丙档"]


def test_what_is_read_keeps_more_than_what_is_heard():
    """The planted control: the talk of the same agency leaves some of it to the table."""
    full = [
        programme(f"行动{n}", fact(f"群众{n}", "人", 900 + n, "救助"), fact(f"资金{n}", "元", 9000, "发放"))
        for n in range(9)
    ]  # fmt: skip
    given = material(contributor("市民政局", *full))
    read, left = concise(given)
    assert (len(read.contributors[0].facts), [*left.values()]) == (18, [()])
    heard, left = concise(given, spoken=True)
    assert sum(map(numbers, heard.contributors[0].facts)) <= room(given.contributors[0]) == 12
    assert all(p.facts and names(p)[0].startswith("群众") for p in heard.contributors[0].programmes)


def test_room_that_is_left_goes_to_the_weightiest():
    full = [
        programme(f"行动{n}", fact(f"群众{n}", "人", 900 + n, "救助"), fact(f"资金{n}", "元", 9000, "发放"))
        for n in range(7)
    ]  # fmt: skip
    kept, left = within_quota(contributor("市民政局", *full))
    assert [fact.topic.name for fact in left] == ["资金0", "资金1"]
    assert sum(map(numbers, kept.facts)) == 12


UNITS = st.sampled_from(["人", "元", "个", "家", "户", "元/月"])
FACTS = st.builds(
    lambda unit, verb, value, must, subject, moves: (
        raised(verb or "标准", value + 1, value)
        if moves
        else fact(f"{verb}对象", unit, value, verb, must_say=must, topic_subject=subject)
    ),
    UNITS,
    st.sampled_from(["", "培训", "救助", "发放", "惠及"]),
    st.integers(1, 10**6),
    st.booleans(),
    st.sampled_from(["whole", "agency", "none"]),
    st.booleans(),
)
PROGRAMMES = st.lists(st.lists(FACTS, min_size=0, max_size=8), min_size=1, max_size=9)


@settings(deadline=None)
@given(facts=st.lists(FACTS, max_size=12))
def test_every_figure_is_of_one_matter_and_none_is_lost(facts):
    found = bundles(facts)
    assert sorted(one.key for bundle in found for one in bundle) == sorted(f.key for f in facts)
    assert all(len(bundle) <= LARGEST for bundle in found)
    taken = ranked(programme("行动", *facts))
    assert sorted(one.key for bundle in taken for one in bundle) == sorted(f.key for f in facts)


@settings(deadline=None)
@given(made=PROGRAMMES)
def test_no_matter_is_torn_between_text_and_table(made):
    """Unless the text bears all that must be said and a part of the matter must be."""
    one = contributor("市总工会", *[programme(f"行动{n}", *facts) for n, facts in enumerate(made)])
    for spoken in (True, False):
        kept, left = within_quota(one, spoken=spoken)
        assert {f.key for f in kept.facts} | {f.key for f in left} == {f.key for f in one.facts}
        said = {fact.key for fact in kept.facts}
        for whole in one.programmes:
            for bundle in bundles(whole.facts):
                stands = {fact.key in said for fact in bundle}
                owed = {fact.must_say for fact in bundle}
                assert len(stands) == 1 or len(owed) == 2
