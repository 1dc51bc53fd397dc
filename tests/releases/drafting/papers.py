"""A small document with everything that an editor meets, and pages made of it by hand."""

from dataclasses import replace
from decimal import Decimal

from tracker.documents.tree import (
    Agency,
    Date,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Passage,
    Section,
    Table,
    Text,
)
from tracker.releases.drafting.page import Run, page_of

MEMBERS = Figure("e1", (1,), "29万人", Decimal(290000), "人")
MONEY = Figure("e2", (2,), "1302万元", Decimal(13020000), "元")
VILLAGE = Figure("pf5", (), "40万元", Decimal(400000), "元")
BOUND = Figure("e7", (7,), "300余名", Decimal(300), "名", "余")
TABLE = Table((Text("附表"),), ((Text("单位"),), (Text("数"),)), (((Text("历下区"),), (MONEY,)),))
WORDS = Passage("p9", (Text("大桥村投入"), VILLAGE, Text("，就近开班。")))
PAPER = Document(
    (Text("工作材料"),),
    (
        Section(
            "one",
            Heading(1, (Text("发展会员"),)),
            (
                Paragraph(
                    (Date("近年来"), Text("，"), Agency("a3", "市总工会"), Text("发展会员"), MEMBERS, Text("。")),
                    key="programme1",
                ),
                Paragraph((WORDS, Text("效果明显。")), "lead"),
                PageBreak(),
            ),
        ),
        Section("two", None, (Paragraph((Text("挽回经济损失"), replace(MONEY, key="e2_2"), Text("。"))),)),
        Section("three", Heading(1, (Text("附件"),)), (TABLE,)),
    ),
    meta={"version": "第1版"},
)  # fmt: skip
PAGE = page_of(PAPER)


def with_line(number: int, *runs: Run, page=PAGE):
    """The page with other runs in one line."""
    lines = list(page)
    lines[number] = replace(lines[number], runs=runs)
    return tuple(lines)


def typed(number: int, old: str, new: str, page=PAGE):
    """The page with words typed over others within one run of plain words."""
    runs = [replace(run, text=run.text.replace(old, new)) for run in page[number].runs]
    return with_line(number, *runs, page=page)
