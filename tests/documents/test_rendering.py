"""Pages as an office sees them: typst and LibreOffice, read back with poppler."""

import random
import re
from io import BytesIO

import docx
import pytest
from fontTools.ttLib import TTFont

from tests.documents.office import convert, fonts, pages, run
from tests.documents.trees import figure, small
from tracker.documents.characters import printable
from tracker.documents.docx import bookmarks, write_docx
from tracker.documents.faces import OWN
from tracker.documents.pdf import write_pdf
from tracker.documents.tree import Date, Heading, Ordinal, PageBreak, Paragraph, Table, Text

pytestmark = pytest.mark.rendering

TABLE = (OWN / "characters.txt").read_text(encoding="utf-8").replace("\n", "")
FULL = small(
    PageBreak(), Paragraph((Text(TABLE[: 28 * 44]),), "flush"), title="整页", notices=("演示数据",)
)
MIXED = small(
    Heading(1, (Ordinal("一、"), Text("扶上马、送一程"))),
    Paragraph(
        (Text("共发放"), figure("1674.35万元", "1674.35"), Text("，"), Date("2020年底前完成"))
    ),
    Table((Text("情况表"),), ((Text("区县"),),), (((figure("5人", "5"),),),)),
    Paragraph((Text("“引号”；《书名》——破折号……"),), "question"),
    title="新闻发布会\n会前材料",
)


def as_pdf(document, folder, writer):
    return (
        write_pdf(document) if writer == "typst" else convert(write_docx(document), folder, "pdf")
    )


@pytest.mark.parametrize("writer", ["typst", "libreoffice"])
def test_a_full_page_holds_22_lines_of_28_characters(tmp_path, writer):
    text_pages = [page for page in pages(as_pdf(FULL, tmp_path, writer)) if page]
    for page in text_pages[1:3]:
        assert page[0] == "演示数据"
        assert [len(line) for line in page[1:]] == [28] * 22


def test_the_intended_fonts_are_embedded_and_no_others():
    styles = ("body", "question", "speaker", "part")
    document = small(*(Paragraph((Text("汉字"),), style) for style in styles))
    assert fonts(write_pdf(document)) == {
        "FandolFang-Regular",
        "ShijiKai-Regular",
        "NotoSansCJKsc-Medium",
        "NotoSerifCJKsc-Bold",
        "NotoSerifCJKsc-Regular",
    }


def test_what_the_office_font_lacks_comes_from_the_serif_behind_it():
    with_rare = run(
        "pdftotext", "-", "-", input=write_pdf(small(Paragraph((Text("喆㎡"),))))
    ).decode()
    assert "喆㎡" in with_rare.replace(" ", "")


def test_all_standard_characters_come_out_of_the_pdf(tmp_path):
    document = small(Paragraph((Text(TABLE),), "flush"), title="字表")
    lines = [line for page in pages(write_pdf(document)) for line in page]
    assert "".join(lines[1:-1]).startswith(TABLE)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_words_survive_libreoffice(tmp_path, ending):
    converted = convert(write_docx(MIXED), tmp_path, ending)
    if ending == "pdf":
        words = "".join(line for page in pages(converted) for line in page)
        written = "".join(line for page in pages(write_pdf(MIXED)) for line in page)
        assert words == written
    else:
        ours, theirs = (docx.Document(BytesIO(data)) for data in (write_docx(MIXED), converted))
        assert [p.text for p in theirs.paragraphs] == [p.text for p in ours.paragraphs]
        assert theirs.tables[0].rows[1].cells[0].text == "5人"


def test_bookmarks_survive_a_round_trip_through_libreoffice(tmp_path):
    body = docx.Document(BytesIO(convert(write_docx(MIXED), tmp_path, "docx"))).element.body
    word = body.nsmap["w"]
    found = {}
    for start in body.iter(f"{{{word}}}bookmarkStart"):
        text = ""
        for element in start.itersiblings():
            if element.tag == f"{{{word}}}bookmarkEnd":
                break
            text += "".join(node.text or "" for node in element.iter(f"{{{word}}}t"))
        found[start.get(f"{{{word}}}name")] = text
    assert found == {name: figure.surface for name, figure in bookmarks(MIXED).items()}


@pytest.mark.parametrize("writer", ["typst", "libreoffice"])
def test_no_number_is_torn_apart_by_the_end_of_a_line(tmp_path, writer):
    whole = (figure("2.3万余名", "23000"), figure("35.50万元", "35.5"), Date("2020年12月"))
    blocks = [
        Paragraph((Text("字" * room), inline, Text("；后面还有字")))
        for room in range(17, 27)
        for inline in whole
    ]
    lines = [line for page in pages(as_pdf(small(*blocks), tmp_path, writer)) for line in page]
    for inline in whole:
        # LibreOffice 7.4 drops a document's own list of characters that begin no line; Word and
        # WPS keep it, so there the unit stays with its number as well (test_docx).
        kept = inline.surface if writer == "typst" else re.match(r"[\d.]+", inline.surface)[0]
        assert sum(kept in line for line in lines) == 10
    assert [line for line in lines if line.startswith("；")] == []


def test_the_page_number_stands_right_on_odd_and_left_on_even_pages():
    pdf = write_pdf(small(Paragraph((Text("一"),)), PageBreak(), Paragraph((Text("二"),))))
    boxes = run("pdftotext", "-bbox", "-", "-", input=pdf).decode()
    left = [float(line.split('"')[1]) for line in boxes.splitlines() if ">—</word>" in line]
    first_odd, _, first_even, _ = left
    assert first_odd > 400
    assert first_even == pytest.approx(79.4 + 14, abs=1)


def test_any_value_comes_out_of_the_pdf_as_it_was_entered():
    pick = random.Random(10)  # noqa: S311 - the same values every time
    shown = sorted(set().union(*(TTFont(path).getBestCmap() for path in OWN.glob("*.[ot]tf"))))
    values = ["<&>\"' ]]>", "\x00\x1f\x7f"] + [
        "".join(map(chr, pick.choices(shown, k=12))) for _ in range(400)
    ]
    blocks = (Paragraph((Text(value),), "flush") for value in values)
    text = run("pdftotext", "-raw", "-", "-", input=write_pdf(small(*blocks, profile="approval")))
    expected = "".join("".join(printable(value).split()) for value in values)
    assert expected in "".join(text.decode().split())
