"""Two hands on one version: both changes are in the merged text, or a person chooses."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.drafting.papers import PAGE, PAPER, typed
from tracker.releases.drafting.merging import BOTH, MINE, THEIRS, merged_page, merged_places
from tracker.releases.drafting.page import Line, Run
from tracker.releases.drafting.rebuilding import rebuilt


def merge(mine, theirs, choice=MINE, base=PAGE):
    places = merged_places(base, mine, theirs)
    choices = {number: choice for number, place in enumerate(places) if place.disputed}
    return merged_page(places, choices), len(choices)


def line(words):
    return Line("paragraph", (Run(words),), style="body")


def test_nothing_changed_gives_the_text():
    page, disputed = merge(PAGE, PAGE)
    assert (rebuilt(page, PAPER), disputed) == (PAPER, 0)


def test_changes_in_different_lines_are_both_taken():
    mine, theirs = typed(2, "发展会员", "吸纳会员"), typed(3, "效果明显", "成效显著")
    page, disputed = merge(mine, theirs)
    assert ("吸纳会员" in page[2].text, "成效显著" in page[3].text, disputed) == (True, True, 0)


def test_the_same_change_on_both_sides_is_made_once():
    mine = typed(2, "发展会员", "吸纳会员")
    assert merge(mine, mine) == (mine, 0)


def test_a_line_changed_on_both_sides_is_chosen_by_a_person():
    mine, theirs = typed(2, "发展会员", "吸纳会员"), typed(2, "发展会员", "新增会员")
    assert [
        [one.text for one in merge(mine, theirs, choice)[0][2:4]] for choice in (MINE, THEIRS, BOTH)
    ] == [
        [mine[2].text, PAGE[3].text],
        [theirs[2].text, PAGE[3].text],
        [theirs[2].text, mine[2].text],
    ]


def test_a_figure_in_another_form_is_a_change():
    runs = [replace(run, text="290000人") if run.figure else run for run in PAGE[2].runs]
    theirs = (*PAGE[:2], replace(PAGE[2], runs=tuple(runs)), *PAGE[3:])
    assert merge(PAGE, theirs)[0] == theirs


def test_deleted_here_and_changed_there_is_chosen():
    mine, theirs = (*PAGE[:3], *PAGE[4:]), typed(3, "效果明显", "成效显著")
    assert merge(mine, theirs) == (mine, 1)
    assert merge(mine, theirs, THEIRS)[0] == theirs


def test_deleted_here_and_left_there_is_deleted():
    mine = (*PAGE[:3], *PAGE[4:])
    assert merge(mine, PAGE) == (mine, 0)
    assert merge(PAGE, mine) == (mine, 0)


def test_new_lines_of_both_are_kept():
    mine = (*PAGE[:3], line("我加的一段话"), *PAGE[3:])
    theirs = (*PAGE[:3], line("别人写了新内容"), *PAGE[3:])
    page, disputed = merge(mine, theirs)
    assert [one.text for one in page[3:5]] == ["别人写了新内容", "我加的一段话"]
    assert disputed == 0
    assert merge(mine, mine)[0] == mine


LINES = st.sampled_from([line(words) for words in ("甲段有字", "乙段有话", "丙段又长", "丁")])
TEXTS = st.lists(LINES, max_size=6).map(lambda lines: (PAGE[0], *lines))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_who_changed_alone_has_it_her_way(base, changed):
    assert merge(changed, base, base=base)[0] == changed
    assert merge(base, changed, base=base)[0] == changed


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_a_merged_text_begins_with_its_only_title(base, mine, theirs):
    for choice in (MINE, THEIRS, BOTH):
        kinds = [one.kind for one in merge(mine, theirs, choice, base)[0]]
        assert (kinds[0], kinds.count("title")) == ("title", 1)
