"""A Word file goes out, is edited elsewhere, and comes back onto the version."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest

from tests.releases.drafting.papers import PAPER, TABLE
from tests.releases.kit import text_of
from tracker.documents.docx import write_docx
from tracker.documents.tracked import write_tracked
from tracker.documents.tree import Heading, Paragraph, Text, figures
from tracker.releases.drafting.changes import changes
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.rebuilding import rebuilt
from tracker.releases.drafting.returned import returned
from tracker.workbooks.papers import read

AT = datetime(2026, 11, 21, tzinfo=UTC)
META = {
    "masthead": "工作简报", "issue": "第3期", "office": "市协调办公室", "date": "2026年6月30日",
    "version": "第1版", "foot": ("报：市委", "送：各单位"), "notices": ("演示数据",),
}  # fmt: skip
SENT = replace(PAPER, profile="brief", meta=META)


def edited(document=SENT, **words):
    """The file of the document with words replaced run by run, as an office does it."""
    file = docx.Document(BytesIO(write_docx(document)))
    for paragraph in file.paragraphs:
        for run in paragraph.runs:
            for old, new in words.items():
                if old in run.text:
                    run.text = run.text.replace(old, new)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def back(content, document=SENT):
    return rebuilt(returned(read(content, "稿.docx").lines, document), document)


def test_what_comes_back_untouched_is_the_document():
    assert back(edited()) == SENT


def test_changed_words_and_kept_figures():
    made = back(edited(发展会员="吸纳会员"))
    assert "市总工会吸纳会员29万人。" in text_of(made)
    assert figures(made) == figures(SENT)
    assert made.sections[0].blocks[0].key == "programme1"


def test_a_changed_number_is_words():
    made = back(edited(**{"29万人": "30万人"}))
    assert "发展会员30万人" in text_of(made)
    assert "e1" not in [figure.key for figure in figures(made)]


def test_what_was_changed_in_a_table_is_not_taken():
    made = back(edited(历下区="历城区"))
    assert TABLE in made.sections[2].blocks
    assert made.meta == META


def test_a_new_paragraph_and_one_less():
    file = docx.Document(BytesIO(write_docx(SENT)))
    for paragraph in file.paragraphs:
        if paragraph.text.startswith("大桥村"):
            paragraph.text = "完全另写的一段。"
        if "挽回" in paragraph.text:
            paragraph.insert_paragraph_before("新添加的一段，共八项。")
    buffer = BytesIO()
    file.save(buffer)
    made = back(buffer.getvalue())
    assert Paragraph((Text("完全另写的一段。"),)) in made.sections[0].blocks
    assert "新添加的一段，共八项。" in text_of(made)
    assert made.sections[0].heading == Heading(1, (Text("发展会员"),))


def test_a_file_with_tracked_changes_is_read_as_accepted():
    newer = replace(SENT, sections=(replace(SENT.sections[0], blocks=(
        Paragraph((Text("只剩这一段。"),)), *SENT.sections[0].blocks[2:])), *SENT.sections[1:]))  # fmt: skip
    content = write_tracked(newer, changes(SENT, newer), author="吴", at=AT)
    assert text_of(back(content)) == text_of(newer)


def test_a_title_of_two_lines_stays_one_title():
    two = replace(SENT, title=(Text("全市工作\n情况汇报"),))
    assert back(edited(two), two) == two


@pytest.mark.parametrize("lines", [[], ["工作材料"], ["别的"], ["第3期"], ["一"] * 50])
def test_whatever_comes_back_is_a_page_with_one_title(lines):
    page = returned(lines, SENT)
    assert [line.kind for line in page].count("title") == 1
    assert page[0].kind == "title"
    assert rebuilt(page, SENT).sections


def test_the_page_itself_comes_back_by_its_lines():
    lines = [line.text for line in page_of(SENT) if line.text]
    assert rebuilt(returned(lines, SENT), SENT) == SENT
