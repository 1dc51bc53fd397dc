"""Both ends of a range are said as one figure with the city's mark, and proved by both rows."""

import pytest

from tests import factories
from tests.releases.kit import fact, said, voice
from tracker.documents.text import write_text
from tracker.documents.tree import figures
from tracker.releases.house.keeping import set_house
from tracker.releases.house.style import House, Style
from tracker.releases.proof import flatten, prove_text
from tracker.releases.proof.grounding import ground_of
from tracker.releases.recording import document_of
from tracker.releases.wording.clauses import clauses

LOW, HIGH = "区间下限", "区间上限"


def ends(name="服务对象年龄", unit="岁", low=6, high=16):
    return (
        fact(f"{name}下限", unit, low, qualifier=LOW),
        fact(f"{name}上限", unit, high, qualifier=HIGH),
    )


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("", "服务对象年龄为6—16岁"),
        ("～", "服务对象年龄为6～16岁"),
        ("至", "服务对象年龄为6至16岁"),
    ],
)
def test_both_ends_are_said_as_one_with_the_citys_mark(mark, words):
    speaker = voice(style=Style(range_mark=mark))
    [clause] = clauses(ends(), speaker)
    assert (said(clause.inlines), speaker.remarks) == (words, [])


def test_money_repeats_its_unit():
    [clause] = clauses(ends("月补助标准", "元", 3000, 5000), voice())
    assert said(clause.inlines) == "月补助标准为3000元—5000元"


def test_the_figure_stands_on_the_rows_of_both_ends():
    low, high = ends()
    [clause] = clauses((low, high), voice())
    [figure] = [one for one in clause.inlines if hasattr(one, "surface")]
    assert (figure.entries, figure.role) == ((*low.entries, *high.entries), "range")


@pytest.mark.parametrize(
    "facts",
    [
        ends()[:1],
        (ends()[0], ends(unit="人")[1]),
        (ends()[0], ends("受助儿童年龄")[1]),
        ends(low=16, high=6),
    ],
)
def test_ends_that_do_not_belong_together_are_told_and_not_said(facts):
    speaker = voice()
    assert clauses(facts, speaker) == []
    assert len(speaker.remarks) == len(facts)


def test_a_compiled_range_is_proved_by_both_rows_whatever_its_mark(
    approved, ground, li, training, city, year, wu
):
    for name, value, qualifier in (("服务年龄下限", 6, LOW), ("服务年龄上限", 16, HIGH)):
        one = factories.indicator(
            li, name, unit_name="岁", programme_=training, measure="stock", must_say=True
        )
        ground.say(one, "2020", value, entered_unit="岁", qualifier=qualifier)
    set_house(city, House(range_mark="～"), by=wu, version=0)
    document = document_of(approved.version("简报"))
    assert "服务年龄为6～16岁" in write_text(document)
    [figure] = [one for one in figures(document) if one.role == "range"]
    flat = flatten(document)
    report = prove_text(flat.text, ground_of(city, year), anchors=flat.anchors, public=False)
    told = [str(one.verdict) for one in report.figures if one.figure.raw == figure.surface]
    assert (told, report.stops) == (["verified", "verified"], ())
