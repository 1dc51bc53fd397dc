"""What a reader of the sums has to know: made good for, counted once, before or behind the calendar."""

from decimal import Decimal

import pytest

from tests import factories
from tests.ledger.ground import Ground
from tests.releases.kit import text_of
from tests.releases.walking import ready
from tracker.catalogue.models import Target
from tracker.catalogue.spans import span_of
from tracker.ledger.models import Entry
from tracker.ledger.overlaps import count_once
from tracker.releases.compiling import compile_release
from tracker.releases.issuing import Order, issue
from tracker.releases.proof import ground_of, prove_text, stops_issuing
from tracker.releases.recording import document_of


@pytest.fixture
def june(city_with_people, li, wang, city):
    """Two counties: one makes good for March, and both counted the same 10."""
    ground = Ground(city_with_people)
    trained = factories.indicator(li, "培训农民工", level="county", must_say=True)
    for month in range(1, 7):
        for code in ("370102", "370103"):
            entry = ground.say_at(code, trained, f"2026-{month:02d}", 100 + month)
    ground.say_at("370103", trained, "2026-06", 40, adjusts="2026-05")
    first = ground.city.region.children.get(code="370102")
    ground.say_at("370102", trained, "2026-06", -8, adjusts="2026-03")
    other = Entry.objects.get(indicator=trained, region=first, span__key="2026-06", adjusts="")
    count_once(other, entry, Decimal(10), by=wang, reason="两区合办")
    Target.objects.create(indicator=trained, region=city, year=2026, value=2000)
    return trained


def brief(city, wu, key: str, genre: str = "简报") -> str:
    draft = compile_release(genre, city, span_of(key), by=wu)
    return text_of(document_of(draft.versions.get()))


NOTE = (
    "上述数据已核减历下区2026年3月培训农民工8人次；已补计市中区2026年5月培训农民工40人次；"
    "历下区、市中区2026年6月培训农民工重复的10人次已剔除。"
)


@pytest.mark.parametrize("genre", ["简报", "周报"])
def test_an_internal_paper_says_what_its_sums_hold(june, city, wu, genre):
    assert NOTE in brief(city, wu, "2026-06", genre)


def test_a_public_one_and_another_span_say_nothing_of_it(june, city, wu):
    assert "核减" not in brief(city, wu, "2026-06", "通稿")
    assert "数据说明" not in brief(city, wu, "2026-05")


def test_the_pace_is_said_within_the_year_and_all_of_it_is_proved(june, city, wu):
    said = "1264人次，完成年度目标2000人次的63.2%，快于序时进度13.2个百分点"
    draft = compile_release("简报", city, span_of("2026H1"), by=wu)
    version = draft.versions.get()
    assert said in text_of(document_of(version))
    assert stops_issuing(version) == ()


@pytest.mark.parametrize(
    "words",
    ["慢于序时进度13.2个百分点", "快于序时进度14.2个百分点"],
)
def test_another_pace_is_stopped(june, city, words):
    ground = ground_of(city, span_of("2026H1"))
    report = prove_text(f"上半年，全市培训农民工1264人次，{words}。", ground)
    assert [one.figure.raw for one in report.stops] == [words[6:]]


def test_the_sum_of_a_span_is_not_held_to_that_of_another_that_went_out(
    june, city, city_with_people
):
    people = city_with_people.people
    said = {"日期": "2026年6月5日", "报": "市领导"}
    may = compile_release("简报", city, span_of("2026-05"), by=people["wu"], settings=said)
    may = ready(may, people)
    issue(may, by=people["zheng"], version=may.version, order=Order(number=21))
    half = compile_release("简报", city, span_of("2026H1"), by=people["wu"])
    assert stops_issuing(half.versions.get()) == ()


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("已补计市中区2026年5月培训农民工40人次。", []),
        ("市中区2026年上半年救助职工40人次。", ["40人次"]),
        ("已补计历下区2026年5月救助职工40人次。", ["40人次"]),
    ],
)
def test_a_figure_of_the_note_means_nothing_elsewhere(june, city, words, stopped):
    entry = Entry.objects.get(adjusts="2026-05")
    at = words.index("40人次")
    ground = ground_of(city, span_of("2026H1"))
    report = prove_text(words, ground, anchors=((at, at + 4, f"e{entry.pk}"),))
    assert [one.figure.raw for one in report.stops] == stopped
