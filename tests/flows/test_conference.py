"""The real figures of four agencies, read back out of the Word file that the city compiles."""

import os
import re
import statistics
from collections import Counter

import docx
import pytest

from tests.flows.reading import (
    FOUR,
    annexed_in,
    figures_in,
    matched,
    mentions,
    published,
    sentences,
    talks_in,
    worth,
)
from tracker.language.reading import Role

texts = pytest.mark.skipif(
    "SHIJI_TEXTS" not in os.environ, reason="SHIJI_TEXTS names no folder with agencies.json"
)
BARE = re.compile(r"(?:截至.{2,8}，|此外，|同时，)?(?:全市)?(?:累计|共)?[^，、；]{2,24}")


@pytest.fixture(scope="module")
def talks(material):
    return talks_in(material)


def spoken(talks) -> list[str]:
    return [line for name in FOUR for line in talks[name]]


@texts
def test_every_figure_that_was_published_stands_in_the_word_file(talks, material, report):
    """In the talk, or where the talk has no room in the annexed table."""
    annexed = annexed_in(material)
    owed = [one for one in published() if one.must_say]
    found = {}
    for agency in FOUR:
        found |= matched(
            [one for one in owed if one.agency == agency],
            mentions([*talks[agency], *annexed.get(agency, [])]),
        )
    tell(report, owed, found)
    assert [(one.fid, one.name, one.wording) for one in owed if one.fid not in found] == []
    assert len(owed) == 116


def tell(report, owed, found) -> None:
    """How many stand there, and how rows that share a sentence are counted."""
    rows = Counter(mention.sentence for mention in found.values())
    steps = sum(1 for one in owed if re.search("增长$|[(]调整前[)]|[(]2016年[)]", one.name))
    report(
        f"{len(found)} of {len(owed)} must-say figures stand in the text of the .docx with value, unit and "
        f"qualifier, each in a mention of its own: {sum(rows.values())} mentions in {len(rows)} sentences. "
        f"{steps} of the rows are the start value or the growth of a standard; they are entered with the "
        "present value as one indicator and count as rows of their own."
    )


@texts
def test_no_figure_of_a_talk_is_wrong(talks):
    known = {(one.agency, *one.worth) for one in published()}
    wrong = [
        (agency, figure.raw)
        for agency in FOUR
        for figure in figures_in(talks[agency])
        if figure.role != Role.STRUCTURAL and (agency, *worth(figure)) not in known
    ]
    assert wrong == []


@texts
def test_a_figure_is_said_no_more_often_than_in_body_and_lead(talks):
    for agency in FOUR:
        said = Counter(
            worth(figure) for figure in figures_in(talks[agency]) if figure.role != Role.STRUCTURAL
        )
        rows = Counter(one.worth for one in published() if one.agency == agency)
        assert {key: n for key, n in said.items() if n > rows[key] + 1} == {}


@texts
def test_the_answers_hold_the_confirmed_plans_and_nothing_else(talks):
    plans = {one.worth for one in published() if not one.must_say}
    said = figures_in(talks["答问口径"])
    assert [one.raw for one in said if worth(one) not in plans] == []
    assert len(said) == 5


def test_the_announced_number_of_parts_is_their_number(talks):
    for agency in FOUR:
        text = "\n".join(talks[agency])
        [announced] = [f for f in figures_in(talks[agency]) if f.role == Role.STRUCTURAL]
        assert int(announced.value) == len(re.findall("^[一二三四五六]、.+，", text, re.MULTILINE))


def test_at_most_one_sentence_in_ten_is_bare_name_and_value(talks, report):
    said = list(sentences(spoken(talks)))
    telling = [sentence for sentence in said if figures_in([sentence])]
    bare = [sentence for sentence in said if is_bare(sentence)]
    characters = len("".join(spoken(talks)))
    figures = [f for f in figures_in(spoken(talks)) if f.role != Role.STRUCTURAL]
    report(
        f"{len(bare)} of {len(said)} sentences of the talks ({len(telling)} with figures) are bare "
        f"name and value; {1000 * len(figures) / characters:.1f} figures per 1,000 characters; "
        f"sentences of {statistics.mean(map(len, said)):.0f} characters on average."
    )
    assert len(bare) * 10 <= len(said)


def is_bare(sentence: str) -> bool:
    """One figure in one clause and nothing said about it: 共建成敬老院20处。"""
    clause = sentence.rstrip("。；")
    return len(figures_in([sentence])) == 1 and bool(BARE.fullmatch(clause))


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        ("共建成敬老院20处。", True),
        ("截至2020年底，全市累计出台政策35项。", True),
        ("逐户指导整理居室，共创建示范村101个。", False),
        ("保障8.42万人，发放16.74亿元。", False),
        ("组织律师免费代理案件。", False),
    ],
)
def test_a_bare_sentence_is_known_when_it_is_seen(sentence, bare):
    assert is_bare(sentence) is bare


def test_the_same_material_gives_the_same_bytes(demonstration, material, tmp_path):
    again = tmp_path / "again.docx"
    demonstration.compile(again)
    assert again.read_bytes() == material.read_bytes()


def test_every_page_of_the_document_says_that_it_is_a_demonstration(material):
    [section] = docx.Document(material).sections
    heads = [section.header, section.even_page_header]
    assert section.different_first_page_header_footer is False
    assert [head.paragraphs[0].text for head in heads] == ["演示数据", "演示数据"]
