"""Whatever is approved: all that must be said is said, and no figure is another one."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.releases.kit import contributor, entries_said, fact, material, programme, text_of
from tracker.documents.text import write_text
from tracker.documents.tree import Passage, Text, figures, walk
from tracker.language.figures import recognise
from tracker.language.guard import stray_numbers
from tracker.language.qualifiers import single
from tracker.language.units import normal_unit
from tracker.releases.compiling import prove
from tracker.releases.facts import Fact, from_to, growth
from tracker.releases.genres import genre
from tracker.releases.wording.voice import Voice

VERBS = ["发展", "培训", "救助", "发放", "覆盖", "选派", "开展", ""]
NAMES = ["农民工会员", "困难职工", "法律服务", "村（社区）", "获市级荣誉称号的职工", "第一书记人数",
         "工友创业园直接吸纳就业", "“希望小屋”"]  # fmt: skip
COUNTS = ["人", "名", "人次", "户", "家", "个", "项", "场", "件", "期"]
TIMES = ["", "近年来", "2016年以来", "脱贫攻坚期间"]
POINTS = ["", "2020年底", "目前"]


@st.composite
def counted(draw) -> Fact:
    return fact(
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(COUNTS)),
        draw(st.integers(2, 9_999_999)),
        draw(st.sampled_from(VERBS)),
        qualifier=draw(st.sampled_from(["", "", "", "余", "多", "约", "近", "超"])),
        cumulative=draw(st.booleans()),
        base=draw(st.sampled_from(TIMES)),
        as_of=draw(st.sampled_from(POINTS)),
        topic_measure=draw(st.sampled_from(["flow", "stock", "distinct"])),
    )


@st.composite
def paid(draw) -> Fact:
    scale, size = draw(st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
    digits = draw(st.integers(0, 2))
    shown = Decimal(draw(st.integers(1, 99_999_999))).scaleb(-digits)
    value = shown * size if scale else Decimal(int(shown) + 1)
    return fact("资金", "元", value, draw(st.sampled_from(VERBS)), scale=scale,
                decimals=digits if scale else 0, base=draw(st.sampled_from(TIMES)))  # fmt: skip


@st.composite
def standards(draw) -> Fact:
    start, now = draw(st.integers(1, 5000)), draw(st.integers(1, 5000))
    one = fact("补贴标准", "元/月", now, topic_measure="standard")
    first = from_to(one, Decimal(start))
    return replace(one, related=(("start", first), ("growth", growth(one, first))))


PROGRAMMES = st.lists(
    st.builds(
        lambda name, facts: programme(name, *facts),
        st.sampled_from(
            ["组织建会行动", "“希望工程”救助项目", "农村低保", "515扶贫工程", "驻村帮扶"]
        ),
        st.lists(counted() | paid() | standards(), min_size=1, max_size=7),
    ),
    min_size=1,
    max_size=7,
)
CITIES = st.builds(
    lambda programmes, seed: material(contributor("市总工会", *programmes), seed=seed),
    PROGRAMMES,
    st.integers(0, 100),
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def compiled(kind, given_):
    document = genre(kind)[1].compose(given_, Voice(given_))
    prove(document, given_.names)
    return document


@pytest.mark.parametrize("kind", ["发布会实录", "简报"])
@FEW
@given(city=CITIES)
def test_every_must_say_entry_is_said(kind, city):
    owed = {entry for one in city.contributors for f in one.facts for entry in f.entries}
    assert owed <= entries_said(compiled(kind, city))


@pytest.mark.parametrize("kind", ["发布会实录", "简报"])
@FEW
@given(city=CITIES)
def test_every_figure_is_read_back_as_what_it_is(kind, city):
    document = compiled(kind, city)
    read = recognise(write_text(document), city.names).figures
    found = Counter((f.value, normal_unit(f.unit), f.qualifier) for f in read)
    printed = Counter((abs(f.value), normal_unit(f.unit), written(f)) for f in figures(document))
    assert printed - found == Counter()


def written(figure) -> str:
    """余 has no room below ten: 超 says the same."""
    word = single(figure.qualifier)
    return "超" if word in ("余", "多") and "超" in figure.surface else word


@FEW
@given(city=CITIES)
def test_keys_of_figures_are_unique(city):
    keys = [figure.key for figure in figures(compiled("发布会实录", city))]
    assert len(set(keys)) == len(keys)


@FEW
@given(city=CITIES)
def test_no_time_is_said_that_is_not_stored(city):
    stored = {f.as_of for one in city.contributors for f in one.facts}
    said = text_of(compiled("发布会实录", city))
    for point in set(POINTS) - stored - {""}:
        assert f"截至{point}" not in said


@FEW
@given(city=CITIES)
def test_no_number_stands_in_plain_words(city):
    document = compiled("发布会实录", city)
    inside = {id(one) for p in walk(document) if isinstance(p, Passage) for one in p.inlines}
    plain_words = [one for one in walk(document) if isinstance(one, Text) and id(one) not in inside]
    assert [one for one in plain_words if stray_numbers(one.text, city.names)] == []
