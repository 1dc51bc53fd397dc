"""The dictionaries of a city: who keeps them, what is taken, what each word is good for, and when."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry, Region
from accounts.rules import Refused
from tracker.catalogue.dictionary import (
    add_word,
    drop_word,
    edit_word,
    names_kept_whole,
    words_on,
)
from tracker.catalogue.models import CityWord
from tracker.workflow import Stale


def added(city, by, kind="term", words="残疾人员", instead="残疾人", **fields):
    return add_word(city, by=by, kind=kind, words=words, instead=instead, **fields)


def problem(city, by, **fields):
    with pytest.raises(ValidationError) as refusal:
        added(city, by, **fields)
    return refusal.value.message_dict


def test_an_editor_adds_a_word_and_the_audit_keeps_it(city, wu):
    word = added(city, wu, valid_from=date(2021, 1, 1), note="法律用语")
    assert (word.region, word.by, word.period) == (city, wu, "2021-01-01起")
    entry = AuditEntry.objects.get(act="city_word.add")
    assert (entry.actor, entry.data["words"], entry.data["valid_from"]) == (
        wu,
        "残疾人员",
        "2021-01-01",
    )


def test_the_audit_of_a_change_holds_old_and_new(city, wu):
    word = added(city, wu)
    fields = {"kind": "term", "words": "残疾人员", "instead": "残疾人朋友"}
    edit_word(word, by=wu, version=1, **fields)
    entry = AuditEntry.objects.get(act="city_word.edit")
    assert entry.data["before"]["instead"] == "残疾人"
    assert entry.data["after"]["instead"] == "残疾人朋友"


def test_two_who_change_the_same_word_are_told(city, wu, wang):
    word = added(city, wu)
    edit_word(word, by=wang, version=1, kind="term", words="残疾人员", instead="残疾人朋友")
    with pytest.raises(Stale):
        drop_word(word, by=wu, version=1)


@pytest.mark.parametrize("who", ["li", "zhao", "qian", "zheng", "sun"])
def test_others_than_those_who_compile_are_refused(city, city_with_people, who):
    with pytest.raises(Refused, match="主管和编辑"):
        added(city, city_with_people.people[who])


def test_a_dropped_word_holds_no_more_and_may_come_again(city, wu):
    word = drop_word(added(city, wu), by=wu, version=1)
    assert words_on(city, date(2026, 1, 1))["term"] == []
    again = added(city, wu)
    assert (word.pk != again.pk, CityWord.objects.count()) == (True, 2)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": "残"}, "words"),
        ({"instead": "残疾人员"}, "instead"),
        ({"kind": "agency", "words": "扶贫办", "instead": ""}, "instead"),
        ({"kind": "formula", "words": "四项", "instead": "甲、乙、丙"}, "instead"),
        ({"kind": "formula", "words": "四项", "instead": "甲、乙、丙、甲"}, "instead"),
        ({"valid_from": date(2021, 1, 2), "valid_to": date(2021, 1, 1)}, "valid_to"),
    ],
)
def test_what_could_never_be_found_is_said_at_its_field(city, wu, fields, field):
    assert list(problem(city, wu, **fields)) == [field]


def test_the_same_word_is_taken_once_for_a_day(city, wu):
    added(city, wu)
    assert problem(city, wu) == {
        "words": ["同一类里已有这个词（起始日期相同），请修改原来的一条。"]
    }
    added(city, wu, valid_from=date(2022, 1, 1))
    assert CityWord.objects.count() == 2


@pytest.mark.parametrize(
    "words",
    [
        "515扶贫工程",
        "12345热线",
        "三支一扶",
        "1+1+N工作法",
        "十大行动",
        "8个专项行动",
        "稳就业36条",
        "515就业工程",
    ],
)
def test_a_name_may_hold_a_numeral(city, wu, words):
    added(city, wu, kind="name", words=words)
    assert names_kept_whole() == (words,)


@pytest.mark.parametrize(
    "words",
    ["1302万元", "培训3221名", "增长21.2%", "共7352人次", "投入40余万元", "7352", "7352人次就业"],
)
def test_a_figure_is_no_name_or_it_would_escape_the_proof(city, wu, words):
    assert "数据" in problem(city, wu, kind="name", words=words)["words"][0]


def test_dates_say_when_a_word_holds_and_names_hold_for_old_documents_too(city, wu):
    added(city, wu, valid_from=date(2021, 1, 1), valid_to=date(2022, 12, 31))
    added(city, wu, kind="name", words="515扶贫工程", valid_to=date(2020, 12, 31))
    held = [len(words_on(city, date(year, 6, 1))["term"]) for year in (2020, 2021, 2022, 2023)]
    assert held == [0, 1, 1, 0]
    assert names_kept_whole() == ("515扶贫工程",)


def test_a_county_uses_the_words_of_its_city_and_not_the_other_way_round(city, wu):
    county = Region.objects.get(code="370102")
    added(county, wu)
    assert words_on(city, date(2026, 1, 1))["term"] == []
    added(city, wu, words="弱势群体", instead="困难群众")
    assert [one.words for one in words_on(county, date(2026, 1, 1))["term"]] == [
        "残疾人员",
        "弱势群体",
    ]


def test_the_lists_are_those_of_the_lead_office_and_the_auditors(city, wu, city_with_people):
    word = added(city, wu)
    seen = {
        name: list(CityWord.objects.visible_to(user)) == [word]
        for name, user in city_with_people.people.items()
    }
    assert {name for name, there in seen.items() if there} == {"wang", "wu", "zheng", "zhao"}
