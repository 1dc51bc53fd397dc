"""A Word file of somebody else's with new words in old formatting."""

from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt

from tracker.documents.rewriting import rewrite_docx, text_of_docx


@pytest.fixture
def paper() -> bytes:
    """Two paragraphs and a table; the figure 3221名 lies across three runs."""
    document = docx.Document()
    first = document.add_paragraph("全市共培训农民工")
    first.add_run("32").bold = True
    first.add_run("21").italic = True
    last = first.add_run("名，增长12.5%。")
    last.font.size = Pt(16)
    document.add_paragraph("其他不变。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "资金", "1302万元"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def place(data: bytes, words: str) -> tuple[int, int]:
    start = text_of_docx(data).index(words)
    return start, start + len(words)


def runs(data: bytes) -> list[tuple]:
    paragraph = docx.Document(BytesIO(data)).paragraphs[0]
    return [(run.text, run.bold, run.italic, run.font.size) for run in paragraph.runs]


def test_each_paragraph_and_each_row_is_a_line(paper):
    assert text_of_docx(paper).split("\n") == [
        "全市共培训农民工3221名，增长12.5%。",
        "其他不变。",
        "资金\t1302万元",
    ]


def test_a_row_stays_one_line_though_a_cell_has_two_paragraphs():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单位", "培训（人次）"
    table.cell(1, 0).text, table.cell(1, 1).text = "历下区", "3221"
    table.cell(1, 0).add_paragraph("总工会")
    document.add_paragraph("以上为全年数。")
    out = BytesIO()
    document.save(out)
    assert text_of_docx(out.getvalue()).split("\n") == [
        "单位\t培训（人次）", "历下区 总工会\t3221", "以上为全年数。",
    ]  # fmt: skip
    made = rewrite_docx(out.getvalue(), [(*place(out.getvalue(), "3221"), "4105")])
    assert text_of_docx(made).split("\n")[1] == "历下区 总工会\t4105"


def test_new_words_take_the_formatting_of_the_first_character_they_replace(paper):
    made = rewrite_docx(paper, [(*place(paper, "3221名"), "4105名")])
    assert runs(made) == [
        ("全市共培训农民工", None, None, None),
        ("4105名", True, None, None),
        ("", None, True, None),
        ("，增长12.5%。", None, None, Pt(16)),
    ]


def test_several_changes_do_not_move_one_another(paper):
    changes = [
        (*place(paper, "3221名"), "10万余名"),
        (*place(paper, "12.5%"), "3%"),
        (*place(paper, "增长"), "下降"),
        (*place(paper, "1302万元"), "2000万元"),
    ]
    assert text_of_docx(rewrite_docx(paper, changes)).split("\n") == [
        "全市共培训农民工10万余名，下降3%。",
        "其他不变。",
        "资金\t2000万元",
    ]


def test_what_is_not_changed_stays_byte_for_byte_in_its_place(paper):
    made = rewrite_docx(paper, [])
    before, after = docx.Document(BytesIO(paper)), docx.Document(BytesIO(made))
    assert before.element.body.xml == after.element.body.xml


def test_doubtful_places_are_yellow(paper):
    made = rewrite_docx(paper, [], [place(paper, "增长12.5%")])
    paragraph = docx.Document(BytesIO(made)).paragraphs[0]
    assert [run.font.highlight_color for run in paragraph.runs] == [
        None,
        None,
        None,
        WD_COLOR_INDEX.YELLOW,
    ]


def test_a_place_marked_twice_is_marked_once(paper):
    made = rewrite_docx(paper, [], [place(paper, "增长"), place(paper, "12.5%")])
    assert made.count(b"PK") > 0
    xml = docx.Document(BytesIO(made)).paragraphs[0]._p.xml
    assert xml.count("w:highlight") == 1


def test_words_that_were_struck_out_are_not_read(paper):
    document = docx.Document(BytesIO(paper))
    paragraph = document.paragraphs[1]._p
    gone = docx.oxml.OxmlElement("w:del")
    gone.append(paragraph.r_lst[0])
    paragraph.append(gone)
    out = BytesIO()
    document.save(out)
    assert text_of_docx(out.getvalue()).split("\n")[1] == ""
