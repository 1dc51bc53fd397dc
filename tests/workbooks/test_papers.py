"""Reports as people send them: which are refused, and what is read out of the others."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tracker.workbooks import paper_child, papers
from tracker.workbooks.papers import NotAPaper, read


def written(*paragraphs, table=()) -> bytes:
    """A .docx of these paragraphs, then a table."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, words in zip(grid.rows, table, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(**parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_paragraphs_and_rows_of_tables_become_lines():
    data = written(
        "一、主要做法", "", "　培训　职工120人。", table=[["指标", "数值"], ["人数", "120"]]
    )
    assert read(data, "总结.docx").lines == (
        "一、主要做法",
        "培训 职工120人。",
        "指标\t数值",
        "人数\t120",
    )


def test_a_row_keeps_its_columns_where_a_cell_is_empty_or_spans_several():
    document = docx.Document()
    grid = document.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "指标"
    grid.cell(0, 2).text, grid.cell(1, 1).text, grid.cell(1, 2).text = "数值", "其中：女", "12人"
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "总结.docx").lines == ("指标\t\t数值", "\t其中：女\t12人")


def test_tabs_part_cells_and_do_not_indent():
    text = "\t培训职工120人。\n 指标 \t 数值 \n\t人数\t120\t\n"
    assert read(text.encode(), "总结.txt").lines == ("培训职工120人。", "指标\t数值", "\t人数\t120")


def test_insertions_are_read_and_deletions_are_not():
    document = docx.Document()
    paragraph = document.add_paragraph("共")._p
    space = nsdecls("w")
    paragraph.append(
        parse_xml(f'<w:del {space} w:id="1"><w:r><w:delText>425</w:delText></w:r></w:del>')
    )
    paragraph.append(parse_xml(f'<w:ins {space} w:id="2"><w:r><w:t>430</w:t></w:r></w:ins>'))
    paragraph.append(parse_xml(f"<w:r {space}><w:t>个</w:t></w:r>"))
    assert read(saved(document), "稿.docx").lines == ("共430个",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_plain_text_is_read_in_the_encodings_of_offices(encoding):
    data = "共培训120人。\r\n\r\n完成。\u200b".encode(encoding)
    assert read(data, "稿.txt").text == "共培训120人。\n完成。"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"x", "a.pdf", "只能上传"),
        (b"  ", "a.txt", "文件是空的"),
        (b"x" * (papers.MAX_BYTES + 1), "a.txt", "MB"),
        (b"\xff\xff\xfe\x00\x81", "a.txt", "读不出"),
        (b"PK", "a.docx", "不是 Word 文档"),
        (b"PK\x03\x04junk", "a.docx", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "旧版 .doc"),
        (packed(a="1"), "a.docx", "没有 Word 文档"),
        (packed(word__document_xml="<a/>", **{"word__vbaProject.bin": "1"}), "a.docx", "宏"),
        (packed(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "a.docx", "声明"),
        (packed(word__document_xml="<a/>"), "a.docx", "已损坏"),
        (packed(word__document_xml=" " * (200 * 2**20)), "a.docx", "过大"),
        (("字" * (papers.MAX_CHARACTERS + 1)).encode(), "a.txt", "万字"),
        (written(""), "a.docx", "没有文字"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_a_reason(data, name, reason):
    with pytest.raises(NotAPaper, match=reason):
        read(data, name)


def test_a_document_too_long_is_refused_by_the_child():
    assert paper_child.told(written(*["字" * 1000] * 401)) == {"refused": "large"}
