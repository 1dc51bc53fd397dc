"""环比, 占比 and the members of a breakdown in a city's own sentence: offered, said, proved; nothing without a base."""

from dataclasses import replace

import pytest

from accounts.models import AuditEntry
from tests import factories
from tests.releases.kit import text_of
from tests.releases.own_patterns.test_compile import again
from tracker.catalogue.spans import span_of
from tracker.documents.canonical import digest
from tracker.documents.tree import plain
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.checking import checked
from tracker.releases.own_patterns.preview import preview
from tracker.releases.own_patterns.standing import own_of
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.patterns import PatternError
from tracker.releases.proof import prove_version
from tracker.releases.recording import document_of

SENTENCE = "{全域}培训职工{培训职工}[，环比{培训职工.环比}][，其中女职工{培训职工·女}，占{培训职工·女.占比}]。"


@pytest.fixture
def workers(li, training):
    return factories.indicator(
        li, "培训职工", unit_name="名", programme_=training, verb="培训", must_say=True,
        breakdown="性别", members=["女", "男"],
    )  # fmt: skip


@pytest.fixture
def subject(workers, training):
    return subject_of(training)


@pytest.fixture
def may(ground, workers):
    return ground.say(workers, "2026-05", 800, entered_unit="名")


@pytest.fixture
def june(ground, workers):
    for member, value in (("", 1000), ("女", 400), ("男", 600)):
        ground.say(workers, "2026-06", value, entered_unit="名", member=member)


@pytest.fixture
def holds(city, subject, wang, wei):
    def approve(source=SENTENCE):
        return verbs.approve(verbs.propose(city, subject, source, by=wang), by=wei)

    return approve


def compiled(approved):
    return approved.version("简报", span=span_of("2026-06"))


def told(version) -> str:
    return text_of(document_of(version))


def test_the_change_on_the_month_before_and_the_share_are_said_and_proved(
    approved, may, june, holds
):
    holds()
    version = compiled(approved)
    said = "全市培训职工1000名，环比增长25%，其中女职工400名，占40%。"
    assert said in told(version)
    assert prove_version(version).stops == ()
    cited = set(version.citations.values_list("surface", flat=True))
    assert {"1000名", "25%", "400名", "40%"} <= cited


def test_without_a_month_before_nothing_is_said_of_it(approved, june, holds):
    holds()
    version = compiled(approved)
    assert "全市培训职工1000名，其中女职工400名，占40%。" in told(version)
    assert "环比" not in told(version)
    assert prove_version(version).stops == ()


def test_without_the_member_its_bracket_falls(approved, ground, workers, may, holds):
    ground.say(workers, "2026-06", 1000, entered_unit="名")
    holds()
    assert "全市培训职工1000名，环比增长25%。" in told(compiled(approved))


def test_a_fall_and_a_standstill_choose_their_own_words(approved, ground, workers, june, holds):
    ground.say(workers, "2026-05", 1250, entered_unit="名")
    holds()
    assert "环比下降20%，其中" in told(compiled(approved))


def test_a_base_that_does_not_compare_is_no_base(approved, ground, workers, may, holds, li):
    workers.definitions.create(number=2, unit=workers.unit, comparability="none", by=li)
    ground.say(workers, "2026-06", 1000, entered_unit="名")
    holds()
    version = compiled(approved)
    assert ("全市培训职工1000名。" in told(version), "环比" in told(version)) == (True, False)


def test_who_asks_for_nothing_of_it_gets_the_bytes_as_before(approved, may, june, holds):
    before = digest(document_of(compiled(approved)))
    holds("{全域}培训职工{培训职工}。")
    holds("")
    assert digest(document_of(compiled(approved))) == before


def test_the_same_snapshot_says_the_same_again(approved, may, june, holds):
    holds()
    version = compiled(approved)
    approved.year = span_of("2026-06")
    assert again(approved, version).sections == document_of(version).sections


def test_a_member_is_kept_with_its_indicator_and_read_again(subject, holds, workers):
    made = holds()
    assert made.slots == {"培训职工": workers.pk, "培训职工·女": [workers.pk, "女"]}
    own = own_of(made)
    assert own.members == (("培训职工·女", "女"),)
    assert replace(checked(subject, SENTENCE), id=made.pk, number=1) == own
    assert AuditEntry.objects.filter(act="pattern.propose").count() == 1


def test_the_editor_page_offers_the_members_and_what_is_computed(subject):
    offers = {one.text: one.says for one in subject.offers()}
    assert offers["{培训职工·女}"] == "培训职工·女（名）"
    assert {".环比", ".占比"} <= {one.text for one in subject.operations()}


def test_a_preview_says_it_on_the_approved_figures(approved, subject, city, may, june):
    look = preview(subject, checked(subject, SENTENCE), city, span_of("2026-06"))
    assert [plain(inlines) for inlines in look.texts] == [
        "2026年6月，全市培训职工1000名，环比增长25%，其中女职工400名，占40%。共培训男职工600名。"
    ]
    assert look.stops == ()


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ("{全域}培训{培训职工·老}。", 7, "没有名为“培训职工·老”的指标或要素"),
        ("{全域}培训{培训职工·女.环比}。", 14, "没有名为“环比”的算法，可用：占比"),
        ("{全域}培训{培训职工}，环比增长{培训职工.环比}。", 15, "“{培训职工.环比}”自带动词，前面不要再写“增长”"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told_at_its_character(subject, source, position, reason):
    with pytest.raises(PatternError) as caught:
        checked(subject, source)
    assert (caught.value.position, caught.value.reason) == (position, reason)


def test_a_clause_of_an_indicator_has_no_members(workers):
    assert [one.text for one in subject_of(workers).offers()] == ["{数}", "{全域}", "{地区}"]
