"""Which programmes stand together, and under which heading."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.conference import raised
from tests.releases.kit import fact, programme
from tracker.language.guard import stray_numbers
from tracker.releases.patterns import Chooser
from tracker.releases.themes import MOST_PARTS, heading_of, parts, theme_of, themes

NAMES = st.sampled_from(
    [
        "组织建会",
        "技能培训",
        "劳动竞赛",
        "困难帮扶",
        "法律援助",
        "助老行动",
        "农村低保",
        "制度建设",
        "驻村帮扶",
        "庭院美",
        "敬老院改造",
        "招商引资",
        "学校体检",
        "河道绿化",
        "其他工作",
    ]
)


def test_a_programme_has_the_theme_of_its_words():
    assert theme_of(programme("组织建会行动")).name == "组织"
    assert theme_of(programme("经济困难老年人补贴")).name == "兜底"
    assert theme_of(programme("困难儿童生活保障")).name == "兜底"
    assert theme_of(programme("“金晖助老”志愿者行动")).name == "关爱"
    assert theme_of(programme("没有听说过的事")).name == ""


def test_a_programme_that_tells_only_how_standards_moved_is_about_standards():
    assert theme_of(programme("农村特困供养标准", raised("特困供养标准", 643, 1179))).standards


def test_every_programme_stands_in_one_part_in_its_order():
    given_ = [programme(name) for name in ("技能培训", "困难帮扶", "电商创业", "农村低保")]
    made = parts(given_)
    assert [[p.name for p in part.programmes] for part in made] == [
        ["技能培训", "电商创业"],
        ["困难帮扶"],
        ["农村低保"],
    ]


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=15, unique=True))
def test_there_are_five_parts_at_most_and_nothing_is_lost(names):
    given_ = [programme(name, fact("甲", "个", 5)) for name in names]
    made = parts(given_)
    assert len(made) <= MOST_PARTS
    assert sorted(p.name for part in made for p in part.programmes) == sorted(names)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=15, unique=True), st.integers(0, 50))
def test_headings_are_parallel_and_different(names, seed):
    chooser = Chooser(seed)
    made = [heading_of(part, chooser) for part in parts([programme(name) for name in names])]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch("[一-龥]{6}，[一-龥]{6}", heading) for heading in made)


def test_the_table_of_themes_is_in_order():
    assert [
        len(phrase) for theme in themes() for phrase in theme.does + theme.so if len(phrase) != 6
    ] == []
    assert [
        phrase for theme in themes() for phrase in theme.does + theme.so if stray_numbers(phrase)
    ] == []
    assert themes()[-1].words == ()
