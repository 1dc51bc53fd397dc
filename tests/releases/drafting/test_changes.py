"""Tracked changes: all accepted give the new text, all refused the old one."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.releases.drafting.papers import MEMBERS, PAPER, TABLE
from tests.releases.kit import text_of
from tracker.documents.tracked import CAME, SAME, WENT, write_tracked
from tracker.documents.tree import Document, Figure, PageBreak, Paragraph, Section, Text, plain
from tracker.releases.drafting.aligning import MOST_STEPS, kept_spans, opcodes, pairs
from tracker.releases.drafting.changes import changes, touched

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def paper(*lines):
    blocks = tuple(Paragraph((Text(line),) if isinstance(line, str) else line) for line in lines)
    return Document((Text("材料"),), (Section("all", None, blocks),), "official")


def told(old, new):
    """Every line as text: [-gone-] and {+came+}."""
    marks = {SAME: "{}", WENT: "[-{}-]", CAME: "{{+{}+}}"}
    return [
        "".join(marks[s.kind].format(plain(s.inlines)) for s in row.stretches)
        for row in changes(old, new)
        if row.block is None
    ]


def written(old, new):
    return write_tracked(new, changes(old, new), author="吴", at=AT)


def body(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))[0]


def lines_in(content, *, accepted):
    """The paragraphs as Word has them when every change is accepted, or every one refused."""
    gone, kept = (qn("w:del"), qn("w:ins")) if accepted else (qn("w:ins"), qn("w:del"))
    found, line = [], ""
    for paragraph in body(content).iter(qn("w:p")):
        for word in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:br")):
            inside = {parent.tag for parent in word.iterancestors()}
            if gone not in inside:
                line += "\n" if word.tag == qn("w:br") else word.text
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{gone}") is None:
            found.append(line)
            line = ""
    assert kept != gone
    return [one for one in [*found, line] if one]


def test_words_within_a_line():
    assert told(paper("共发展会员九名。"), paper("共吸纳会员九名。")) == [
        "材料", "共[-发展-]{+吸纳+}会员九名。",
    ]  # fmt: skip


def test_lines_that_come_go_and_stay():
    old, new = (
        paper("第一段，很长。", "第二段，也长。"),
        paper("第一段，很长。", "全新的内容！", "第二段，也长。"),
    )
    assert told(old, new) == ["材料", "第一段，很长。", "{+全新的内容！+}", "第二段，也长。"]
    assert told(new, old) == ["材料", "第一段，很长。", "[-全新的内容！-]", "第二段，也长。"]
    assert [touched(changes(*pair)) for pair in ((old, new), (new, old), (old, old))] == [1, 1, 0]


def test_a_figure_is_one_piece():
    old = paper((Text("发展"), MEMBERS, Text("会员")))
    new = paper((Text("发展"), replace(MEMBERS, surface="28万人"), Text("会员")))
    assert told(old, new)[1] == "发展[-29万人-]{+28万人+}会员"


def test_a_typed_number_is_one_piece():
    assert told(paper("共1302家"), paper("共1320家"))[1] == "共[-1302-]{+1320+}家"


def test_a_figure_that_became_words_is_no_change_of_what_is_read():
    assert told(paper((Text("发展"), MEMBERS)), paper("发展29万人"))[1] == "发展29万人"


def test_word_gets_insertions_and_deletions_with_who_and_when():
    content = written(
        paper("共发展会员。", "这一段以后不要了。"), paper("共吸纳会员。", "新的话在这里写！")
    )
    marks = [
        (one.tag, one.get(qn("w:author")), one.get(qn("w:date")))
        for one in body(content).iter(qn("w:ins"), qn("w:del"))
    ]
    assert {name for name, *_ in marks} == {qn("w:ins"), qn("w:del")}
    assert {who for _, *who in ((n, a, d) for n, a, d in marks) for who in who} == {
        "吴", "2026-11-21T09:30:00Z",
    }  # fmt: skip
    ids = [one.get(qn("w:id")) for one in body(content).iter(qn("w:ins"), qn("w:del"))]
    assert len(ids) == len(set(ids))


def test_the_same_versions_give_the_same_bytes():
    assert written(PAPER, replace(PAPER, title=(Text("新"),))) == written(
        PAPER, replace(PAPER, title=(Text("新"),))
    )


def test_figures_keep_their_bookmarks_and_deleted_ones_have_none():
    content = written(paper((MEMBERS,)), paper((Text("共"), MEMBERS, Text("，好"))))
    names = [one.get(qn("w:name")) for one in body(content).iter(qn("w:bookmarkStart"))]
    assert names == ["fig_1"]
    gone = written(paper((Text("共"), MEMBERS)), paper("共有很多"))
    assert list(body(gone).iter(qn("w:bookmarkStart"))) == []


def test_tables_and_page_breaks():
    section = PAPER.sections[2]
    without = replace(PAPER, sections=(*PAPER.sections[:2], replace(section, blocks=())))
    assert lines_in(written(PAPER, without), accepted=True) == printed(without)
    assert lines_in(written(PAPER, without), accepted=False) == printed(PAPER)
    assert lines_in(written(without, PAPER), accepted=True) == printed(PAPER)
    assert lines_in(written(PAPER, PAPER), accepted=True) == printed(PAPER)
    assert "1302万元" in printed(PAPER)


def printed(document):
    """What is read in the file: title, headings, paragraphs, caption and cells."""
    lines = [plain(document.title)]
    for section in document.sections:
        for block in (section.heading, *section.blocks):
            if block == TABLE:
                lines += [plain(TABLE.caption)]
                lines += [plain(cell) for row in (TABLE.head, *TABLE.rows) for cell in row]
            elif block is not None and not isinstance(block, PageBreak):
                lines.append(plain(block.inlines))
    return [line for line in lines if line]


WORDS = st.text(alphabet="甲乙丙，。29万人\n", min_size=1, max_size=12)
INLINE = st.one_of(
    WORDS.map(Text), st.sampled_from(["29万人", "8名"]).map(lambda s: Figure("e1", (1,), s, 8))
)
PAPERS = st.lists(st.lists(INLINE, min_size=1, max_size=4).map(tuple), max_size=5).map(
    lambda lines: paper(*lines)
)


@settings(deadline=None, max_examples=60)
@given(PAPERS, PAPERS)
def test_accepting_gives_the_new_text_and_refusing_the_old(old, new):
    content = written(old, new)
    assert flat(lines_in(content, accepted=True)) == flat(text_of(new).split("\n"))
    assert flat(lines_in(content, accepted=False)) == flat(text_of(old).split("\n"))


def flat(lines):
    """Words without line ends: a deleted paragraph joins its neighbour in Word."""
    return re.sub(r"\s", "", "".join(lines))


def test_the_control_sees_a_change_that_is_lost():
    """Planted: rows of one text written as those of the other."""
    content = write_tracked(paper("甲乙"), changes(paper("甲"), paper("甲")), author="吴", at=AT)
    assert flat(lines_in(content, accepted=True)) != "材料甲乙"


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙8", max_size=30), st.text(alphabet="甲乙丙8", max_size=30))
def test_what_is_kept_stands_in_both(old, new):
    for start, now, length in kept_spans(old, new):
        assert old[start : start + length] == new[now : now + length]


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_every_line_is_paired_once_and_in_order(old, new):
    found = pairs(old, new)
    assert [i for i, _ in found if i is not None] == list(range(len(old)))
    assert [j for _, j in found if j is not None] == list(range(len(new)))


@pytest.mark.parametrize("size", [3000])
def test_endless_repetition_is_compared_in_bounded_time(size):
    old, new = ["一"] * size + ["甲"], ["乙"] + ["一"] * size
    assert size * size > MOST_STEPS
    assert [act for act, *_ in opcodes(old, new)] == ["replace"]
