import re
import zipfile
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.trees import documents, figure, png, small
from tracker.documents.canonical import digest
from tracker.documents.characters import printable
from tracker.documents.docx import bookmarks, write_docx
from tracker.documents.profiles import PROFILES
from tracker.documents.tree import (
    Date,
    Heading,
    Image,
    Ordinal,
    PageBreak,
    Paragraph,
    Passage,
    Table,
    Text,
    figures,
)

# The order that ECMA-376 asks for, as far as we use it.
ORDER = {
    "pPr": "pStyle keepNext pageBreakBefore widowControl pBdr tabs autoSpaceDE autoSpaceDN spacing ind jc outlineLvl",
    "rPr": "rFonts color spacing sz szCs lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW vAlign",
    "tbl": "tblPr tblGrid tr",
    "style": "name basedOn next qFormat pPr rPr",
    "sectPr": "headerReference footerReference pgSz pgMar",
    "settings": "evenAndOddHeaders defaultTabStop characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat",
}
# What WPS reads without surprises: no content controls, no text boxes, no alternate content.
USED = """
document body p pPr r rPr t br tab tabs bookmarkStart bookmarkEnd pStyle sz szCs pageBreakBefore ind jc pBdr
spacing drawing sectPr pgSz pgMar headerReference footerReference tbl tblPr tblGrid gridCol tr trPr tc tcPr tcW
vAlign tblW tblBorders top left bottom right insideH insideV tblLayout tblCellMar cantSplit tblHeader
"""


def part(data, name):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def opened(document):
    return docx.Document(BytesIO(write_docx(document)))


def texts(document):
    return [paragraph.text for paragraph in opened(document).paragraphs]


def local(element):
    return element.tag.rpartition("}")[2]


SAMPLE = small(
    Heading(1, (Ordinal("一、"), Text("精准帮扶"))),
    Paragraph(
        (Text("发放"), figure("16.74亿元", "16.74"), Text("，"), Date("2020年底"), Text("前"))
    ),
    Table(
        (Text("各区县"),),
        ((Text("区县"),), (Text("人数"),)),
        (((Text("历下区"),), (figure("5余人", "5", key="t"),)),),
        (1, 2),
    ),
    Image(png(2, 2), "走势图", (Text("资助走势"),)),
    PageBreak(),
    Paragraph((Passage("p", (Text("走访"), figure("30户", "30", key="p"))),)),
    notices=("演示数据", "会前拟稿"),
    masthead="工作简报",
    issue="第6期",
    office="领导小组办公室",
    date="2021年1月8日",
    foot=("报：市委。", "送：各区县。"),
    version="3",
)


def test_two_runs_give_the_same_bytes():
    assert write_docx(SAMPLE) == write_docx(SAMPLE)


def test_the_words_come_in_reading_order():
    assert texts(SAMPLE)[:8] == [
        "工作简报",
        "第6期",
        "领导小组办公室\t2021年1月8日",
        "",
        "新闻发布会材料",
        "一、精准帮扶",
        "发放16.74亿元，2020年底前",
        "各区县",
    ]
    assert texts(SAMPLE)[-6:-1] == ["", "报：市委。", "", "送：各区县。", ""]


def test_every_file_carries_its_version_and_the_digest_of_its_tree():
    core = opened(SAMPLE).core_properties
    assert (core.title, core.version) == ("新闻发布会材料", "3")
    assert core.identifier == f"sha256:{digest(SAMPLE)}"
    assert texts(SAMPLE)[-1] == f"文件版本：3　内容校验（SHA-256）：{digest(SAMPLE)}"


def test_a_file_does_not_tell_when_or_by_which_program_it_was_made():
    data = write_docx(SAMPLE)
    with zipfile.ZipFile(BytesIO(data)) as package:
        times = {entry.date_time for entry in package.infolist()}
        names = [name for name in package.namelist() if name.startswith("docProps")]
    assert (times, names) == ({(1980, 1, 1, 0, 0, 0)}, ["docProps/core.xml"])
    assert re.findall("<dcterms:|creator|python", part(data, "docProps/core.xml")) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_elements_stand_in_the_order_of_the_standard(profile):
    document = small(*SAMPLE.sections[0].blocks, profile=profile, **SAMPLE.meta)
    data = write_docx(document)
    roots = [opened(document).element, opened(document).styles.element]
    roots += [docx.Document(BytesIO(data)).settings.element]
    for element in (element for root in roots for element in root.iter()):
        if order := ORDER.get(local(element)):
            places = [order.split().index(local(child)) for child in element]
            assert places == sorted(places), (local(element), [local(child) for child in element])


def test_only_elements_that_wps_reads_are_used():
    body = opened(SAMPLE).element
    ours = {local(element) for element in body.iter() if element.tag.startswith(qn("w:body")[:-4])}
    assert ours <= set(USED.split())


def test_every_figure_stands_alone_in_its_bookmark():
    body = opened(SAMPLE).element.body
    starts = body.findall(f".//{qn('w:bookmarkStart')}")
    held = {}
    for start in starts:
        end = next(start.itersiblings())
        held[start.get(qn("w:name"))] = "".join(t.text for t in end.iter(qn("w:t")))
        assert local(list(start.itersiblings())[1]) == "bookmarkEnd"
    assert held == {"fig_1": "16.74亿元", "fig_2": "5余人", "fig_3": "30户"}
    assert {name: found.surface for name, found in bookmarks(SAMPLE).items()} == held


@given(documents)
@settings(max_examples=30, deadline=None)
def test_bookmarks_are_numbered_in_reading_order_whatever_the_tree(document):
    names = re.findall(
        r'bookmarkStart[^>]*w:name="(\w+)"', part(write_docx(document), "word/document.xml")
    )
    assert names == list(bookmarks(document))
    assert list(bookmarks(document).values()) == list(figures(document))


def test_characters_inside_figures_never_begin_a_line():
    forbidden = opened(SAMPLE).settings.element.find(qn("w:noLineBreaksBefore")).get(qn("w:val"))
    assert forbidden.endswith("人亿余元年户")
    assert forbidden.startswith("!%),.")


def test_a_table_repeats_its_head_and_never_splits_a_row():
    table = opened(SAMPLE).tables[0]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    splits = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert (heads, splits) == ([True, False], [True, True])
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == [
        "表格文字",
        "表格数字",
    ]
    assert [column.width.twips for column in table.columns] == [2948, 5896]


def test_page_numbers_stand_outside_and_notices_on_every_page():
    section = opened(SAMPLE).sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert [p._p.pPr.find(qn("w:jc")).get(qn("w:val")) for p in (odd, even)] == ["right", "left"]
    assert section.header.paragraphs[0].text == "演示数据　会前拟稿"
    assert section.even_page_header.paragraphs[0].text == "演示数据　会前拟稿"


def test_an_approval_sheet_has_no_page_number_and_a_speech_has_it_in_the_middle():
    assert (
        "word/footer1.xml"
        not in zipfile.ZipFile(BytesIO(write_docx(small(profile="approval")))).namelist()
    )
    footer = opened(small(profile="speech")).sections[0].footer.paragraphs[0]
    assert footer._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "center"


def test_the_page_of_an_official_document_is_that_of_the_standard():
    section = opened(small()).sections[0]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]


def test_the_paragraph_after_a_page_break_begins_the_page():
    paragraphs = opened(SAMPLE).paragraphs
    breaks = [p.text for p in paragraphs if p._p.pPr.find(qn("w:pageBreakBefore")) is not None]
    assert breaks == ["走访30户"]


def test_a_table_without_caption_can_begin_a_page():
    document = small(PageBreak(), Table((), (), (((Text("甲"),),),)))
    assert opened(document).paragraphs[1]._p.pPr.find(qn("w:pageBreakBefore")) is not None


def test_a_picture_is_read_aloud_and_never_wider_than_the_text():
    inline = opened(SAMPLE).inline_shapes[0]
    assert inline._inline.docPr.get("descr") == "走势图"
    wide = opened(small(Image(png(900, 90), "长图"))).inline_shapes[0]
    assert (wide.width.twips, wide.height.twips) == (8844, 884)


def test_the_name_of_a_masthead_is_as_large_as_one_line_allows():
    short, long = (
        opened(small(masthead=name)) for name in ("工作简报", "泉城脱贫攻坚工作动态简报")
    )
    sizes = [document.paragraphs[0].runs[0].font.size.pt for document in (short, long)]
    assert sizes == [52, 36]


def test_a_line_break_in_a_title_is_a_line_break_in_the_file():
    assert texts(small(title="新闻发布会\n会前材料"))[0] == "新闻发布会\n会前材料"


def test_the_styles_bear_the_fonts_of_the_standard():
    styles = opened(small()).styles
    fonts = {
        name: styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_value_comes_out_of_a_docx_as_it_was_entered(value):
    assert texts(small(title=value))[0] == printable(value)


def test_style_names_are_unlike_so_that_word_keeps_them_apart():
    for profile in PROFILES.values():
        names = sorted(look.name for look in profile.looks.values())
        assert all(one != other for one, other in pairwise(names))
