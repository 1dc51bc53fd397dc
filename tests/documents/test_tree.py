import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from tests.documents.trees import documents, figure, small
from tracker.documents.canonical import digest, from_json, to_json
from tracker.documents.tree import (
    Agency,
    Date,
    Figure,
    Heading,
    Image,
    Name,
    Ordinal,
    PageBreak,
    Paragraph,
    Passage,
    Person,
    StrayNumber,
    Table,
    Text,
    figures,
    is_whole,
    plain,
    refuse_stray_digits,
    runs,
    walk,
)


def digits(text):
    return re.findall(r"\d+", text)


@given(documents)
def test_every_tree_comes_back_from_its_json(document):
    assert from_json(to_json(document)) == document


@given(documents)
def test_the_json_of_a_tree_read_back_is_the_same_to_the_letter(document):
    assert to_json(from_json(to_json(document))) == to_json(document)


def test_a_value_keeps_the_decimals_it_was_entered_with():
    document = small(Paragraph((figure("16.70亿元", "16.70"),)))
    assert '"value":"16.70"' in to_json(document)
    assert str(figures(from_json(to_json(document)))[0].value) == "16.70"


def test_the_digest_does_not_depend_on_the_order_of_meta():
    one = small(place="济南", date="2021年1月8日")
    other = small(date="2021年1月8日", place="济南")
    assert digest(one) == digest(other)
    assert len(digest(one)) == 64


def test_the_digest_changes_with_one_character():
    assert digest(small(title="甲")) != digest(small(title="乙"))


@pytest.mark.parametrize("text", ["[]", "{}", '{"node":"text","text":"词"}', '{"node":"other"}'])
def test_json_that_is_no_document_is_refused(text):
    with pytest.raises(ValueError, match="not a document tree"):
        from_json(text)


def test_an_infinite_number_has_no_place_in_a_tree():
    document = replace(small(), meta={"rate": float("inf")})
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(document)


def test_json_says_what_each_node_is():
    nodes = json.loads(to_json(small(Paragraph((Text("词"),)))))
    assert nodes["sections"][0]["blocks"][0]["inlines"] == [{"node": "text", "text": "词"}]


def test_a_figure_inside_a_passage_is_found_and_read_in_order():
    first, second = figure("3场", "3", key="a"), figure("5场", "5", key="b")
    document = small(Paragraph((first, Passage("p", (Text("举办"), second)), Text("。"))))
    assert figures(document) == (first, second)
    assert [plain(inlines) for _, inlines in runs(document)] == ["新闻发布会材料", "3场举办5场。"]
    assert [type(inline) for inline in walk(document)] == [
        Text, Figure, Passage, Text, Figure, Text,
    ]  # fmt: skip


def test_a_meta_value_is_read_as_one_line_or_as_lines():
    document = small(place="济南", notices=("演示数据", "会前拟稿"))
    assert document.line("place") == "济南"
    assert document.line("notices") == "演示数据\n会前拟稿"
    assert document.line("date") == ""
    assert document.lines("place") == ("济南",)
    assert document.lines("notices") == ("演示数据", "会前拟稿")
    assert document.lines("date") == ()


EXEMPT = (
    figure("5万元", "5"),
    Agency("a", "第1中学"),
    Person("p", "一明"),
    Date("2020年12月"),
    Ordinal("第6场"),
    Name("515扶贫工程"),
    Passage("p", (Text("走访30户"),)),
)


def test_only_what_holds_a_number_keeps_together_on_a_line():
    dates = ("2020年12月", "截至2020年底", "近年来", "脱贫攻坚战以来")
    assert [is_whole(Date(words)) for words in dates] == [True, True, False, False]
    assert (is_whole(figure("5万元", "5")), is_whole(Text("5万元"))) == (True, False)


def test_a_figure_without_a_choice_is_written_as_ever_and_with_one_comes_back():
    """What was signed before origins could be chosen keeps its digest."""
    plainly = small(Paragraph((figure("5万元", "5"),)))
    assert "chosen_for" not in to_json(plainly)
    chosen = small(Paragraph((replace(figure("5万元", "5"), chosen_for="投入5万元"),)))
    assert from_json(to_json(chosen)) == chosen
    assert digest(chosen) != digest(plainly)


def test_numbers_with_an_origin_pass_assembly():
    refuse_stray_digits(small(Paragraph((Text("资助"), *EXEMPT, Text("。")))), digits)


CAUGHT = [
    (Heading(1, (Text("5件实事"),)), "第1部分第1段"),
    (Paragraph((Text("资助5人"),)), "第1部分第1段"),
    (Table((Text("5张表"),), (), ()), "第1部分第1段表题"),
    (Table((), ((Text("5"),),), ()), "第1部分第1段表格第0行第1列"),
    (Table((), ((),), (((), (Text("5"),)),)), "第1部分第1段表格第1行第2列"),
    (Image(b"", "图", (Text("5人"),)), "第1部分第1段图片说明"),
]


@pytest.mark.parametrize(("block", "place"), CAUGHT)
def test_a_number_in_plain_words_is_refused_with_its_place(block, place):
    with pytest.raises(StrayNumber) as caught:
        refuse_stray_digits(small(block), digits)
    assert (caught.value.place, caught.value.found) == (place, "5")


def test_a_number_in_the_title_or_a_section_heading_is_refused():
    titled = small(title="第6场")
    with pytest.raises(StrayNumber, match="标题：文字中出现没有来源的数字“6”：第6场"):
        refuse_stray_digits(titled, digits)
    headed = small(PageBreak())
    section = replace(headed.sections[0], heading=Heading(1, (Text("6项"),)))
    with pytest.raises(StrayNumber, match="第1部分标题"):
        refuse_stray_digits(replace(headed, sections=(section,)), digits)


def test_a_number_cut_into_two_text_nodes_is_read_as_one():
    with pytest.raises(StrayNumber) as caught:
        refuse_stray_digits(small(Paragraph((Text("共1"), Text("2人")))), digits)
    assert caught.value.found == "12"
