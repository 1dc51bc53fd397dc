import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.trees import documents, figure, png, small
from tracker.documents.canonical import digest
from tracker.documents.characters import SIGN, printable
from tracker.documents.markdown import write_markdown
from tracker.documents.text import write_text
from tracker.documents.tree import (
    Heading,
    Image,
    Ordinal,
    PageBreak,
    Paragraph,
    Table,
    Text,
    figures,
)

PIECES = small(
    Heading(1, (Ordinal("一、"), Text("做法"))),
    Paragraph((Text("共"), figure("5户", "5"), Text("。"))),
    Paragraph((Text("李明："),), "speaker"),
    Paragraph((Text("编者按"),), "note"),
    Table(
        (Text("表"),),
        ((Text("区县"),), (Text("户数"),)),
        (((Text("历下"),), (figure("5户", "5"),)),),
    ),
    Image(png(2, 2), "走势图", (Text("说明"),)),
    PageBreak(),
    masthead="工作简报",
    issue="第6期",
    office="办公室",
    date="2021年1月8日",
    foot=("报：市委。",),
    notices=("演示数据",),
    version="2",
)


def test_plain_text_reads_from_top_to_bottom():
    assert write_text(PIECES).splitlines() == [
        "演示数据",
        "工作简报",
        "第6期",
        "办公室　　2021年1月8日",
        "新闻发布会材料",
        "　　一、做法",
        "　　共5户。",
        "　　李明：",
        "　　编者按",
        "表",
        "区县\t户数",
        "历下\t5户",
        "（图：走势图）",
        "说明",
        "报：市委。",
        f"文件版本：2　内容校验（SHA-256）：{digest(PIECES)}",
    ]


def test_markdown_has_headings_quotations_and_tables():
    assert write_markdown(PIECES).split("\n\n") == [
        "**演示数据**",
        "工作简报",
        "第6期",
        "办公室　　2021年1月8日",
        "---",
        "# 新闻发布会材料",
        "## 一、做法",
        "共5户。",
        "**李明：**",
        "> 编者按",
        "**表**",
        "| 区县 | 户数 |\n| --- | --- |\n| 历下 | 5户 |",
        "（图：走势图）说明",
        "---",
        "---",
        "报：市委。",
        "---",
        f"文件版本：2　内容校验（SHA-256）：{digest(PIECES)}\n",
    ]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. 一", "1\\. 一"),
        ("35.50万元", "35.50万元"),
        ("- 一", "\\- 一"),
        ("a*b_c|d", "a\\*b\\_c\\|d"),
        ("<b>", "\\<b\\>"),
        ("# 一", "\\# 一"),
        ("===", "\\==="),
        ("一\n二", "一\\\n二"),
    ],
)
def test_a_mark_in_the_text_stays_text_in_markdown(text, escaped):
    document = small(Paragraph((Text(text),)))
    assert write_markdown(document).split("\n\n")[1] == escaped


def test_an_empty_table_and_a_table_without_head_are_written():
    empty = small(Table((), (), ()))
    assert write_markdown(empty).split("\n\n")[1] == "|  |\n| --- |"
    headless = small(Table((), (), (((Text("甲"),),),)))
    assert write_markdown(headless).split("\n\n")[1] == "|  |\n| --- |\n| 甲 |"


def test_a_letter_has_addressee_signature_and_date():
    document = small(addressee="市政府", signature="市总工会", date="2021年4月9日")
    assert write_text(document).splitlines()[:4] == [
        "新闻发布会材料",
        "市政府：",
        "市总工会",
        "2021年4月9日",
    ]


def test_date_and_place_stand_under_the_title():
    assert write_text(small(date="2021年1月8日", place="新闻发布厅")).splitlines()[1] == (
        "（2021年1月8日　新闻发布厅）"
    )


@given(documents)
def test_every_figure_of_a_tree_stands_in_its_text(document):
    text = write_text(document)
    missing = [
        found.surface
        for found in figures(document)
        if "\n" not in printable(found.surface)
        and "\t" not in found.surface
        and printable(found.surface) not in text
    ]
    assert missing == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_only_what_cannot_be_printed_is_replaced(text):
    shown = printable(text)
    assert printable(shown) == shown
    assert len(shown) == len(text.replace("\r\n", "\n"))
    assert all(
        new in (old, SIGN, "\n") for old, new in zip(text.replace("\r\n", "\n"), shown, strict=True)
    )
