"""The textarea: the same document without JavaScript."""

import pytest

from tests.releases.drafting.papers import MEMBERS, PAGE, PAPER
from tests.releases.kit import text_of
from tracker.documents.tree import Heading, Paragraph, Text, figures
from tracker.releases.drafting.marked import marked, read_marked
from tracker.releases.drafting.page import BadPage
from tracker.releases.drafting.rebuilding import known, rebuilt

TEXT = marked(PAGE, known(PAPER).blocks)


def made(text):
    return rebuilt(read_marked(text, PAGE), PAPER)


def test_what_is_shown():
    lines = TEXT.split("\n")
    assert lines[:4] == [
        "工作材料", "# 发展会员", "近年来，市总工会发展会员⟦e1:29万人⟧。",
        "大桥村投入⟦pf5:40万元⟧，就近开班。效果明显。",
    ]  # fmt: skip
    assert lines[4].startswith("⟦分页:")
    assert lines[-1].startswith("⟦表格:")


def test_what_comes_back_untouched_is_the_document():
    assert made(TEXT) == PAPER
    assert made(TEXT.replace("\n", "\r\n")) == PAPER


def test_words_change_and_the_rest_of_the_line_keeps_what_it_was():
    document = made(TEXT.replace("发展会员⟦", "吸纳会员⟦"))
    before = PAPER.sections[0].blocks[0]
    assert document.sections[0].blocks[0] == Paragraph(
        (*before.inlines[:3], Text("吸纳会员"), MEMBERS, Text("。")), key="programme1"
    )


def test_typing_within_the_marks_makes_words():
    document = made(TEXT.replace("29万人", "30万人"))
    assert [figure.key for figure in figures(document)] == ["pf5", "e2_2", "e2"]
    assert "发展会员30万人。" in text_of(document)


def test_a_number_without_marks_is_words():
    assert [f.key for f in figures(made(TEXT.replace("⟦e1:29万人⟧", "29万人")))] == [
        "pf5", "e2_2", "e2",
    ]  # fmt: skip


def test_a_changed_passage_is_no_passage_but_keeps_its_figure():
    document = made(TEXT.replace("大桥村", "小桥村"))
    assert [type(one).__name__ for one in document.sections[0].blocks[1].inlines] == [
        "Text", "Figure", "Text",
    ]  # fmt: skip


def test_lines_come_and_go():
    document = made(TEXT.replace("# 发展会员\n", "# 发展会员\n新的一段，共8项。\n## 小标题\n"))
    assert document.sections[0].blocks[:2] == (
        Paragraph((Text("新的一段，共8项。"),)),
        Heading(2, (Text("小标题"),)),
    )
    shorter = made("\n".join(TEXT.split("\n")[:2]))
    assert [type(b).__name__ for part in shorter.sections for b in part.blocks] == [
        "PageBreak", "Table",
    ]  # fmt: skip


def test_a_paragraph_becomes_a_heading_and_one_of_another_level():
    document = made(TEXT.replace("近年来，", "### 近年来，"))
    assert document.sections[0].blocks[0].level == 3
    assert made(TEXT.replace("# 发展会员", "## 发展会员")).sections[0].heading.level == 2


@pytest.mark.parametrize("broken", ["⟦e1:29万人", "29万人⟧", "⟦⟦⟧", "⟦e1⟧", "⟦:29万人⟧"])
def test_broken_marks_lose_no_words(broken):
    words = "".join(char for char in broken if char not in "⟦⟧")
    assert words in text_of(made(TEXT.replace("⟦e1:29万人⟧", broken)))


def test_an_empty_text_keeps_the_title():
    assert text_of(made("")).startswith("工作材料")


def test_a_text_has_its_length():
    with pytest.raises(BadPage):
        read_marked("长" * 400_001, PAGE)
    with pytest.raises(BadPage):
        read_marked("\n" * 10_001, PAGE)
