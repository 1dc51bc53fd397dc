"""A thousand random cities: what must be said is said, no figure is read back as another one, in every kind of document.

The short form runs with every test; SHIJI_LEDGERS=1000 is the long one.
"""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.releases.kit import contributor, entries_said, material, programme, words
from tests.releases.test_properties import counted, paid, standards
from tracker.releases.compiling import prove
from tracker.releases.genres import genre, genres
from tracker.releases.quality import measure
from tracker.releases.snapshot import Snapshot
from tracker.releases.wording.voice import Voice

LEDGERS = int(os.environ.get("SHIJI_LEDGERS", "6"))
MANY = settings(max_examples=LEDGERS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = [
    "组织建会行动",
    "“希望工程”救助项目",
    "农村低保",
    "515扶贫工程",
    "驻村帮扶",
    "社会组织参与",
]
TOLD = {
    "practice": "按照用工单位的需求列出课程单，就近开班。学完即可上岗。",
    "case": "小雯有了自己的书桌。",
    "quote": "日子有奔头。",
    "next": "继续做好服务。",
}


@st.composite
def facts(draw):
    """Anything that a city may have approved; some of it need not be said, some is part of another."""
    one = draw(counted() | paid() | standards())
    return replace(one, must_say=draw(st.booleans()))


@st.composite
def agencies(draw, number: int):
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    made = []
    for name in names:
        told = draw(st.sets(st.sampled_from(sorted(TOLD))))
        said = [words(kind, TOLD[kind], speaker="孟远") for kind in sorted(told)]
        rows = draw(st.lists(facts(), max_size=8))
        made.append(
            programme(name, *rows, words=said, purpose=draw(st.sampled_from(["", "让群众得实惠"])))
        )
    return contributor("市" + "甲乙丙丁"[number] + "局", *made)


@st.composite
def cities(draw):
    count = draw(st.integers(1, 3))
    return material(
        *(draw(agencies(number)) for number in range(count)), seed=draw(st.integers(0, 99))
    )


def compiled(kind: str, city):
    document = genre(kind)[1].compose(city, Voice(city))
    prove(document, city.names)
    return document


@pytest.mark.parametrize("kind", sorted(genres()))
@MANY
@given(city=cities())
def test_all_is_said_and_nothing_wrong(kind, city):
    document = compiled(kind, city)
    owed = {e for one in city.contributors for f in one.facts if f.must_say for e in f.entries}
    assert owed <= entries_said(document)
    found = measure(document, Snapshot(city, (), (), tuple(owed), ()))
    assert (found.said, found.wrong) == (found.owed, ())


@pytest.mark.parametrize("kind", sorted(set(genres()) - {"yearbook", "short_items"}))
@MANY
@given(city=cities())
def test_nothing_that_was_approved_is_lost(kind, city):
    """What the text leaves out stands in the table: no figure falls between the two."""
    every = {e for one in city.contributors for f in one.facts for e in f.entries}
    assert every <= entries_said(compiled(kind, city))
