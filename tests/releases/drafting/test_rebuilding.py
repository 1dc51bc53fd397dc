"""What a page claims becomes part of the document only where the document knows it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.releases.drafting.papers import (
    BOUND,
    MEMBERS,
    MONEY,
    PAGE,
    PAPER,
    TABLE,
    WORDS,
    typed,
    with_line,
)
from tests.releases.kit import text_of
from tracker.documents.tree import (
    Date,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Passage,
    Section,
    Text,
    figures,
)
from tracker.releases.drafting.page import (
    BadPage,
    Line,
    Run,
    from_plain,
    page_of,
    read_json,
    to_plain,
)
from tracker.releases.drafting.rebuilding import rebuilt, same, settled


def inlines(document, section=0, block=0):
    return document.sections[section].blocks[block].inlines


def test_a_page_that_nobody_touched_is_the_document():
    assert settled(PAPER) == PAPER
    assert rebuilt(from_plain(to_plain(PAGE)), PAPER) == PAPER


def test_words_around_a_figure_change_and_the_figure_stays():
    made = rebuilt(typed(2, "发展会员", "共发展会员"), PAPER)
    assert "共发展会员29万人" in text_of(made)
    assert figures(made) == figures(PAPER)


def test_any_number_may_be_typed_and_is_words():
    made = rebuilt(typed(2, "。", "，另有九家企业和8个乡镇。"), PAPER)
    assert inlines(made)[-1] == Text("，另有九家企业和8个乡镇。")


def test_a_figure_that_was_typed_over_is_words():
    page = with_line(2, Run("会员"), Run("30万人", figure="e1"))
    assert inlines(rebuilt(page, PAPER)) == (Text("会员30万人"),)


def test_a_figure_that_the_document_does_not_have_is_words():
    page = with_line(2, Run("会员"), Run("29万人", figure="e99"))
    assert inlines(rebuilt(page, PAPER)) == (Text("会员29万人"),)


def test_a_key_of_another_figure_does_not_carry_its_entry():
    page = with_line(2, Run("会员"), Run("29万人", figure="e2_2"))
    assert inlines(rebuilt(page, PAPER)) == (Text("会员29万人"),)


@pytest.mark.parametrize("surface", ["290000人", "近30万人"])
def test_another_true_form_keeps_the_source_and_the_value(surface):
    page = with_line(2, Run("会员"), Run(surface, figure="e1"))
    [_, figure] = inlines(rebuilt(page, PAPER))
    assert (figure.surface, figure.entries, figure.value) == (surface, (1,), MEMBERS.value)


def test_a_form_that_hides_too_much_is_words():
    page = with_line(2, Run("会员"), Run("20余万人", figure="e1"))
    assert inlines(rebuilt(page, PAPER)) == (Text("会员20余万人"),)


def test_a_form_chosen_once_can_be_changed_again_by_the_true_value():
    rounded = rebuilt(with_line(2, Run("近30万人", figure="e1")), PAPER)
    page = with_line(2, Run("290000人", figure="e1"), page=page_of(rounded))
    made = rebuilt(page, rounded, {"e1": MEMBERS})
    assert inlines(made)[0].surface == "290000人"


@pytest.mark.parametrize("surface", ["300名", "200余名", "近400名", "约300名"])
def test_what_was_reported_with_yu_cannot_be_made_exact(surface):
    paper = Document((Text("材料"),), (Section("all", None, (Paragraph((BOUND,)),)),))
    page = with_line(1, Run(surface, figure="e7"), page=page_of(paper))
    assert inlines(rebuilt(page, paper)) == (Text(surface),)


def test_a_copied_figure_gets_a_key_of_its_own():
    page = with_line(2, Run("29万人", figure="e1"), Run("，再说"), Run("29万人", figure="e1"))
    assert [figure.key for figure in figures(rebuilt(page, PAPER))][:2] == ["e1", "e1_2"]


def test_approved_words_stay_a_passage_only_verbatim():
    assert inlines(rebuilt(PAGE, PAPER), 0, 1)[0] == WORDS
    changed = inlines(rebuilt(typed(3, "大桥村", "小桥村"), PAPER), 0, 1)
    assert [type(one) for one in changed] == [Text, Figure, Text]
    assert changed[0] == Text("小桥村投入")


def test_a_passage_cannot_be_claimed_for_other_words():
    page = with_line(2, Run("大家都说好。", passage="p9"))
    assert inlines(rebuilt(page, PAPER)) == (Text("大家都说好。"),)


def test_a_name_is_a_node_again_only_if_the_document_has_it():
    page = with_line(
        2, Run("近年来", kind="date"), Run("去年", kind="date"), Run("九", kind="name")
    )
    assert inlines(rebuilt(page, PAPER)) == (Date("近年来"), Text("去年九"))


def test_kept_blocks_that_the_page_lost_come_back_where_they_stood():
    bare = tuple(line for line in PAGE if line.kind != "block")
    assert rebuilt(bare, PAPER) == PAPER


def test_a_kept_block_may_move_but_not_multiply():
    table = PAGE[-1]
    page = (*PAGE[:2], replace(table, opens=""), *PAGE[2:-2], PAGE[-2], table)
    made = rebuilt(page, PAPER)
    assert made.sections[0].blocks[0] == TABLE
    assert sum(block == TABLE for part in made.sections for block in part.blocks) == 1


def test_a_block_that_only_the_page_knows_is_nothing():
    page = (*PAGE, Line("block", block="0" * 16))
    assert rebuilt(page, PAPER) == PAPER


def test_a_section_begins_once_and_keeps_its_name():
    split = replace(PAGE[1], runs=(Run("第二段"),))
    made = rebuilt((PAGE[0], PAGE[1], split, *PAGE[2:]), PAPER)
    assert [part.key for part in made.sections] == ["one", "two", "three"]
    assert made.sections[0].blocks[0] == Heading(1, (Text("第二段"),))


def test_a_key_of_a_paragraph_stays_with_the_first_half():
    first, second = replace(PAGE[2], runs=(Run("甲。"),)), replace(PAGE[2], runs=(Run("乙。"),))
    made = rebuilt((*PAGE[:2], first, second, *PAGE[3:]), PAPER)
    assert [block.key for block in made.sections[0].blocks[:2]] == ["programme1", ""]


def test_the_same_words_in_another_version_are_the_same():
    assert same(PAPER, replace(PAPER, meta={"version": "第2版"}))
    assert not same(PAPER, replace(PAPER, title=(Text("材料"),)))


@pytest.mark.parametrize(
    "sent",
    [
        "", "{", "[]", "{}", "7", '[{"kind": "paragraph"}]', '[{"kind": "title"}, {"kind": "title"}]',
        '[{"kind": "title", "runs": 3}]', '[{"kind": "title", "runs": [7]}]',
        '[{"kind": "title"}, {"kind": "script"}]', '[{"kind": "title", "runs": [{"text": 5}]}]',
        '[{"kind": "title"}, {"kind": "paragraph", "key": "' + "k" * 101 + '"}]', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_in_words(sent):
    with pytest.raises(BadPage, match="。$"):
        read_json(sent)


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud800", "\\u0008"])
def test_what_no_database_and_no_file_can_hold_is_made_visible(odd):
    [title] = read_json(f'[{{"kind": "title", "runs": [{{"text": "甲{odd}乙"}}]}}]')
    assert title.text == "甲〓乙"


def test_a_page_has_its_length():
    lines = [{"kind": "title"}, {"kind": "paragraph", "runs": [{"text": "长" * 200_000}]}]
    assert len(from_plain(lines)) == 2
    with pytest.raises(BadPage, match="最多"):
        from_plain([*lines, {"kind": "paragraph", "runs": [{"text": "长"}]}])


RUNS = st.builds(
    Run,
    st.text(alphabet="甲29万人，。3余⟦⟧\n", max_size=8),
    st.sampled_from(["", "e1", "e2_2", "pf5", "e99"]),
    st.sampled_from(["", "date", "agency"]),
    st.sampled_from(["", "p9", "p1"]),
)
LINES = st.builds(
    Line,
    st.sampled_from(["heading", "paragraph", "block"]),
    st.lists(RUNS, max_size=5).map(tuple),
    st.just(1),
    st.just("body"),
    st.sampled_from(["", "programme1"]),
    st.sampled_from(["", "one", "two", "new"]),
    st.sampled_from(["", PAGE[-1].block]),
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=6))
def test_whatever_a_page_claims_every_figure_says_what_its_entry_says(lines):
    made = rebuilt((PAGE[0], *lines), PAPER)
    true = {"e1": MEMBERS, "e2": MONEY, "pf5": WORDS.inlines[1]}
    for figure in figures(made):
        origin = true[figure.key.partition("_")[0]]
        assert (figure.value, figure.entries) == (origin.value, origin.entries)
        assert figure.surface == origin.surface
    keys = [figure.key for figure in figures(made)]
    assert len(keys) == len(set(keys))
    kept = [b for part in made.sections for b in part.blocks if isinstance(b, PageBreak)]
    assert len(kept) == 1
    assert Passage not in {type(one) for one in made.title}
