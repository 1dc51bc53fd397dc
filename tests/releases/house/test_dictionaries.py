"""What the dictionaries do: a name is kept whole, wrong words are named with the right one, by the day of what is told."""

from datetime import date

import pytest

from accounts.models import Region
from tests.releases.proof.kit import blocking
from tracker.catalogue.dictionary import add_word
from tracker.documents.text import write_text
from tracker.releases.house.keeping import set_house
from tracker.releases.house.style import House
from tracker.releases.proof import prove_text
from tracker.releases.proof.grounding import ground_of
from tracker.releases.recording import document_of
from tracker.submissions.texts import numbers_in, whole_names


@pytest.fixture
def added(city, wu):
    def add(kind, words, instead="", **fields):
        return add_word(city, by=wu, kind=kind, words=words, instead=instead, **fields)

    return add


@pytest.fixture
def said(city, year):
    """The findings of a text about 2020: rule, words, suggestion."""

    def of(text, span=year):
        report = prove_text(text, ground_of(city, span))
        own = [one for one in report.findings if one.rule in ("T15", "A08", "N22", "Z01", "Z03")]
        return [(one.rule, text[one.start : one.end], one.suggestion, one.blocks) for one in own]

    return of


def test_a_sensitive_word_stops_the_text_and_a_term_does_not(added, said):
    added("sensitive", "老城改造", "城市更新")
    added("term", "弱势群体", "困难群众")
    assert said("推进老城改造，帮助弱势群体。") == [
        ("Z03", "老城改造", "城市更新", True), ("T15", "弱势群体", "困难群众", False),
    ]  # fmt: skip


def test_an_old_name_of_an_agency_is_named_from_the_day_of_its_change(added, said):
    added("agency", "民政救助局", "社会救助局", valid_from=date(2020, 12, 31))
    assert said("民政救助局组织走访。") == [("A08", "民政救助局", "社会救助局", False)]


def test_a_word_holds_for_what_is_told_of_its_days_only(added, said, year):
    added("term", "帮扶户", "监测户", valid_from=date(2021, 1, 1))
    added("sensitive", "旧提法", "新提法", valid_to=date(2019, 12, 31))
    assert said("走访帮扶户，不用旧提法。") == []


def test_a_right_word_that_holds_the_wrong_one_is_let_be(added, said):
    added("term", "扶贫", "消费扶贫")
    added("sensitive", "工友", "工友创业园")
    assert said("开展消费扶贫，建设工友创业园。") == []
    assert [one[1] for one in said("开展扶贫，走访工友。")] == ["扶贫", "工友"]


def test_a_fixed_list_of_the_city_keeps_its_order(added, said):
    added("formula", "四进行动", "进企业、进社区、进乡村、进校园")
    assert said("开展进社区、进企业、进乡村、进校园活动。") == [
        ("Z01", "进社区、进企业、进乡村、进校园", "进企业、进社区、进乡村、进校园", True)
    ]


def test_a_protected_name_is_no_figure_in_a_text_and_in_a_document(added, city, year, training):
    ground = ground_of(city, year)
    text = "实施515就业工程。"
    assert [one.figure.raw for one in prove_text(text, ground).figures] == ["515"]
    added("name", "515就业工程")
    assert prove_text(text, ground_of(city, year)).figures == ()
    assert numbers_in(text, whole_names(training)) == ()


def test_a_theme_may_hold_a_protected_name(approved, added):
    added("name", "515就业工程")
    release = approved.compile("简报", settings={"主题": "515就业工程"})
    assert "515就业工程" in write_text(document_of(release.versions.get()))


def test_the_citys_mark_of_ranges_is_asked_for_and_nothing_without_one(city, wu, said):
    assert said("标准为3000元—5000元。") == []
    set_house(city, House(range_mark="～"), by=wu, version=0)
    assert said("标准为3000元—5000元。") == [("N22", "3000元—5000元", "3000元～5000元", False)]


def test_another_city_has_words_of_its_own(added, said, year):
    added("sensitive", "老城改造", "城市更新")
    assert (
        blocking(prove_text("推进老城改造。", ground_of(Region.objects.get(code="37"), year)))
        == set()
    )
