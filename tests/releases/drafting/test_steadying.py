"""One corrected figure does not turn sentences around that say what they said before."""

from dataclasses import replace
from decimal import Decimal

from tracker.documents.tree import (
    Document,
    Figure,
    Paragraph,
    Passage,
    Section,
    Text,
    figures,
    plain,
)
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.renewing import renewed
from tracker.releases.drafting.steadying import steadied

CASES = Figure("e1", (1,), "356件", Decimal(356), "件")
AGAIN = replace(CASES, key="e9", entries=(9,))
PEOPLE = Figure("e2", (2,), "22名", Decimal(22), "名")


def paper(*paragraphs) -> Document:
    blocks = tuple(Paragraph(tuple(one)) for one in paragraphs)
    return Document((Text("工作情况"),), (Section("all", None, blocks),))


def words(document) -> list[str]:
    return [plain(block.inlines) for block in document.sections[0].blocks]


FORMER = (Text("办理法律援助案件"), CASES, Text("，表彰"), PEOPLE, Text("。"))
TURNED = (Text("办理"), AGAIN, Text("法律援助案件，表彰"), PEOPLE, Text("。"))


def settled(new, swaps, old=FORMER):
    base, fresh = paper(old), paper(new)
    return renewed(base, base, fresh, swaps).document


def test_a_sentence_that_was_only_turned_around_stays_on_the_figure_that_stands_now():
    made = settled(TURNED, {"e1": AGAIN, "e2": PEOPLE})
    assert words(made) == ["办理法律援助案件356件，表彰22名。"]
    assert [one.entries for one in figures(made)] == [(9,), (2,)]


def test_a_figure_that_changed_brings_the_compiler_s_sentence():
    more = replace(AGAIN, value=Decimal(357), surface="357件")
    made = settled((Text("办理"), more, Text("法律援助案件，表彰"), PEOPLE, Text("。")), {"e1": more, "e2": PEOPLE})  # fmt: skip
    assert words(made) == ["办理357件法律援助案件，表彰22名。"]


def test_a_word_more_or_less_brings_the_compiler_s_sentence():
    made = settled((Text("截至目前，"), *TURNED), {"e1": AGAIN, "e2": PEOPLE})
    assert words(made) == ["截至目前，办理356件法律援助案件，表彰22名。"]


def test_two_figures_that_changed_places_are_a_change():
    """甲县5人、乙县3人 after 甲县3人、乙县5人: the same words and numbers, and another fact."""
    five, three = (Figure(f"e{n}", (n,), f"{n}人", Decimal(n), "人") for n in (5, 3))
    here, there = replace(five, key="e11", entries=(11,)), replace(three, key="e12", entries=(12,))
    old = (Text("甲县"), three, Text("、乙县"), five, Text("。"))
    new = (Text("甲县"), here, Text("、乙县"), there, Text("。"))
    made = settled(new, {"e3": here, "e5": there}, old)
    assert words(made) == ["甲县5人、乙县3人。"]


def test_approved_words_are_those_that_stand_now():
    old = (Passage("p1", (Text("就近开班。"),)), Text("办理"), CASES, Text("案件。"))
    new = (Text("办理案件"), AGAIN, Text("。"), Passage("p7", (Text("就近开班。"),)))
    made = settled(new, {"e1": AGAIN}, old)
    assert words(made) == ["就近开班。办理356件案件。"]
    [block] = made.sections[0].blocks
    assert [one.key for one in block.inlines if isinstance(one, Passage)] == ["p7"]


def test_a_new_house_style_is_meant_to_be_seen():
    base, fresh = paper(FORMER), paper(TURNED)
    made = renewed(base, base, fresh, {"e1": AGAIN, "e2": PEOPLE}, steady=False).document
    assert words(made) == ["办理356件法律援助案件，表彰22名。"]


def test_equal_pages_stay_as_they_are():
    page = page_of(paper(FORMER))
    known = {"e1": CASES, "e2": PEOPLE}
    assert steadied(page, page, known, known, known) == page
