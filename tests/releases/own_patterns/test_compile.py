"""A compile says what was approved in the city's own words, and keeps which version of them it used."""

import pytest

from tests import factories
from tests.releases.kit import text_of
from tests.releases.own_patterns.conftest import SENTENCE
from tracker.documents.canonical import digest
from tracker.releases.compiling import compose, roster_day
from tracker.releases.coverage import coverage
from tracker.releases.genres import genre, genres
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.checking import checked
from tracker.releases.own_patterns.preview import periods_of, preview
from tracker.releases.own_patterns.standing import own_of, patterns_kept
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.patterns import Own
from tracker.releases.proof import prove_version
from tracker.releases.recording import document_of
from tracker.releases.snapshot import take

NEW = "{全域}共有{农民工}参加培训[，挽回{经济损失}]。"


@pytest.fixture
def holds(city, subject, wang, wei):
    """holds(source): proposed by 王, approved by 魏."""

    def approve(source, about=subject):
        return verbs.approve(verbs.propose(city, about, source, by=wang), by=wei)

    return approve


def text(version) -> str:
    return text_of(document_of(version))


def test_the_text_says_it_in_the_citys_words_and_once(approved, holds):
    made = holds(SENTENCE)
    version = approved.version("简报")
    assert text(version).count("3221名") == 1
    assert "截至2020年底，全市累计培训3221名。" in text(version)
    assert version.snapshot["patterns"] == [[made.pk, 1]]


def test_figures_of_one_time_stand_in_one_sentence(approved, holds, ground, money):
    """The sum has no as-of of its own: it is no part of the sentence, and is said after it."""
    holds(SENTENCE)
    before = text(approved.version("简报"))
    assert "截至2020年底，全市累计培训3221名。" in before
    assert "累计挽回经济损失1302万元。" in before


def test_its_figures_keep_their_entries_and_are_proved(approved, holds):
    holds(SENTENCE)
    version = approved.version("简报")
    cited = version.citations.filter(entry=approved.people).values_list("surface", flat=True)
    assert list(cited) == ["3221名"]
    assert prove_version(version).stops == ()
    assert coverage(version).unsaid == ()


@pytest.mark.parametrize("folder", sorted(genres()))
def test_every_kind_of_document_says_all_that_must_be_said(approved, holds, trained, folder):
    holds(SENTENCE)
    holds("培训工人{数}", subject_of(trained))
    version = approved.version(folder)
    assert coverage(version).unsaid == ()
    assert [words for words in version.remarks if "读成" in words] == []


def test_what_waits_or_was_refused_is_not_used(approved, city, subject, wang, wei):
    plain = digest(document_of(approved.version("简报")))
    made = verbs.propose(city, subject, NEW, by=wang)
    assert digest(document_of(approved.version("简报"))) == plain
    verbs.reject(made, by=wei, answer="不用")
    version = approved.version("简报")
    assert (digest(document_of(version)), version.snapshot["patterns"]) == (plain, [])


def test_the_editor_is_told_why_a_pattern_was_not_used(approved, holds):
    holds("{全域}培训{农民工}，惠及{受益户}。")
    release = approved.compile("简报")
    said = "项目“提升素质行动”的句式（第1版）没有用上：“{受益户}”本期没有核定的数，或本文种不写。已用系统默认句式。"
    assert said in release.missing
    assert "3221名" in text(release.versions.get())


def again(approved, version):
    """The document once more, of the patterns that the snapshot names."""
    folder = version.snapshot["genre"]
    _, kind = genre(folder)
    settings = version.snapshot["settings"]
    snapshot = take(
        approved.region, approved.year, [], settings, version.snapshot["seed"],
        roster_day(settings), is_public=not kind.is_internal, by_county=kind.by_county,
        patterns=patterns_kept(version),
    )  # fmt: skip
    return compose(kind, snapshot)[0]


def test_the_same_snapshot_gives_the_same_bytes_after_another_pattern_holds(approved, holds):
    holds(SENTENCE)
    first = approved.version("通稿")
    holds(NEW)
    second = approved.version("通稿")
    made = again(approved, first)
    assert digest(made) == digest(again(approved, first))
    assert text_of(made) == text(first)
    assert text(second) != text(first)
    assert text_of(again(approved, second)) == text(second)


def test_the_default_comes_back(approved, holds):
    plain = text(approved.version("简报"))
    holds(NEW)
    assert text(approved.version("简报")) != plain
    holds("")
    assert text(approved.version("简报")) == plain


def test_a_renamed_indicator_keeps_its_slot(approved, holds, trained):
    made = holds(SENTENCE)
    trained.name = "外来务工人员"
    trained.save()
    assert own_of(made).indicators == set(made.slots.values())
    assert "全市累计培训3221名。" in text(approved.version("简报"))


def test_another_regions_pattern_is_not_used(approved, holds, ground):
    holds(SENTENCE)
    county = ground.region("370102")
    assert take(county, approved.year, [], {}, 0, approved.year.end).patterns == ()


def test_a_preview_reads_the_approved_figures_and_shows_each_variant(approved, subject, city):
    assert [span.key for span in periods_of(subject, city)] == ["2020"]
    own = Own(0, 0, SENTENCE, tuple((name, one.pk) for name, one in subject.names.items()))
    made = preview(subject, own, city, approved.year)
    said = ["".join(getattr(i, "text", getattr(i, "surface", "")) for i in t) for t in made.texts]
    assert len(said) == 2
    assert "3221名" in made.default[0]
    assert made.remarks == ()


def test_a_pattern_costs_a_compile_no_question_for_each(
    approved, holds, trained, money, django_assert_max_num_queries, django_assert_num_queries
):
    holds("培训工人{数}", subject_of(trained))
    with django_assert_max_num_queries(60) as one:
        take(approved.region, approved.year, [], {}, 0, approved.year.end)
    holds("挽回损失{数}", subject_of(money))
    holds(SENTENCE)
    with django_assert_num_queries(len(one)):
        take(approved.region, approved.year, [], {}, 0, approved.year.end)


@pytest.fixture
def women(approved, ground, li):
    """Two figures of one unit that only their names keep apart: 2万余人次 trained, 20余万 placed."""
    home = factories.programme("union", "家政技能培训与就业")
    rows = (("妇女", "年均培训", 20000, "ratio", "period"),
            ("妇女就业", "安置", 200000, "flow", "cumulative"))  # fmt: skip
    for name, verb, value, measure, mode in rows:
        kind = {"unit_name": "人次", "measure": measure, "entry_mode": mode}
        one = factories.indicator(li, name, verb=verb, programme_=home, **kind)
        said = {"entered": str(value // 10**4), "entered_unit": "万人次", "qualifier": "余"}
        ground.say(one, "2020", value, **said)
    return subject_of(home)


@pytest.mark.parametrize(
    ("source", "stopped"),
    [
        ("{全域}累计年均培训{妇女}，安置{妇女就业}。", True),
        ("{全域}累计年均培训妇女{妇女}，安置妇女就业{妇女就业}。", False),
    ],
)
def test_a_sentence_that_does_not_say_what_is_counted_is_told(
    approved, city, women, source, stopped
):
    made = preview(women, checked(women, source), city, approved.year)
    assert bool(made.stops) == stopped
    assert (made.remarks, len(made.texts)) == ((), 1)
