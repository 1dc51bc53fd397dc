from html.parser import HTMLParser

import pytest
from hypothesis import given

from tests.documents.trees import documents, figure, png, small
from tracker.documents.html import write_html, write_page
from tracker.documents.tree import (
    Agency,
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

VOID = {"br", "hr", "img", "meta"}


class Reader(HTMLParser):
    """Notes every element and fails for one that is not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words = [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def body(*blocks, **meta):
    return write_html(small(*blocks, **meta)).splitlines()[2:-2]


def test_a_figure_is_a_button_that_knows_its_fact():
    paragraph = Paragraph((Text("共"), figure("5户", "5", key="f-7")), key="p-1")
    assert body(paragraph) == [
        '<p class="body" data-key="p-1">共<button type="button" class="figure" data-fact="f-7">5户</button></p>'
    ]


def test_a_passage_and_an_agency_keep_their_marks():
    passage = Passage("p<1>", (Text("走访"), figure("3户", "3", key="g")))
    assert body(Paragraph((Agency("a", "市总工会"), passage))) == [
        '<p class="body"><span class="agency">市总工会</span><span class="passage" data-passage="p&lt;1&gt;">'
        '走访<button type="button" class="figure" data-fact="g">3户</button></span></p>'
    ]


def test_headings_descend_from_the_title():
    assert body(Heading(1, (Ordinal("一、"), Text("做法"))), Heading(2, (Text("细则"),))) == [
        '<h2 class="heading1"><span class="ordinal">一、</span>做法</h2>',
        '<h3 class="heading2">细则</h3>',
    ]


def test_a_table_says_what_its_head_is():
    table = Table((Text("表"),), ((Text("区县"),),), (((figure("5", "5"),),),))
    assert body(table) == [
        '<table><caption>表</caption><thead><tr><th scope="col">区县</th></tr></thead><tbody>',
        '<tr><td class="number"><button type="button" class="figure" data-fact="f">5</button></td></tr>',
        "</tbody></table>",
    ]


def test_a_picture_has_its_text_and_stands_in_the_file():
    seen = dict(Reader(write_html(small(Image(png(2, 2), '"图"', (Text("说明"),))))).seen)
    assert seen["img"]["alt"] == '"图"'
    assert seen["img"]["src"].startswith("data:image/png;base64,iVBOR")


def test_a_break_and_a_red_rule_are_rules():
    assert body(PageBreak()) == ['<hr class="break">']
    assert '<hr class="rule rule-red">' in write_html(small(masthead="简报", office="办公室"))
    assert '<hr class="rule">' in write_html(small(foot=("报：市委。",)))


ATTACKS = ["<script>alert(1)</script>", '" onclick="x', "'><img src=x>", "&lt;", "]]>"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_was_entered_becomes_markup(attack):
    document = small(
        Paragraph((Text(attack), figure(attack, "1", key=attack)), key=attack),
        title=attack,
        notices=(attack,),
        office=attack,
        masthead=attack,
    )
    for text in (write_html(document), write_page(document)):
        reader = Reader(text)
        assert {tag for tag, _ in reader.seen} <= {
            *("html", "head", "meta", "title", "style", "body"),
            *("article", "p", "h1", "span", "hr", "button", "data"),
        }
        assert attack in reader.words


@given(documents)
def test_every_tree_gives_well_formed_html_without_inline_style_or_script(document):
    reader = Reader(write_html(document))
    names = {name for _, attributes in reader.seen for name in attributes}
    assert names <= {
        "class",
        "type",
        "data-fact",
        "data-key",
        "data-passage",
        "scope",
        "src",
        "alt",
    }
    assert sum(tag == "button" for tag, _ in reader.seen) == len(figures(document))


def test_a_whole_page_stands_alone_and_its_figures_are_data():
    page = write_page(small(Paragraph((figure("1.50万元", "1.50"),))))
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert '<data class="figure" value="1.50">1.50万元</data>' in page
    assert "<button" not in page


def test_a_text_that_begins_at_the_second_level_skips_none():
    page = write_html(small(Heading(2, (Text("市总工会"),)), Heading(3, (Text("培训"),))))
    assert '<h2 class="heading2">市总工会</h2>' in page
    assert '<h3 class="heading3">培训</h3>' in page
