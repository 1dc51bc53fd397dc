import re
from datetime import date

import pytest

from tracker.language.rules import RULES, check
from tracker.language.rules.terms import TERMS, term

DAY = date(2023, 5, 4)
ids = [rule.id for rule in RULES]


def held_on(rule):
    return rule.valid_from or rule.valid_to or DAY


def found(rule, text):
    return [item for item in check(text, on=held_on(rule), also=[rule.id]) if item.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_finds_its_bad_example_and_leaves_its_good_one(rule):
    assert (bool(found(rule, rule.bad)), found(rule, rule.good)) == (True, [])


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_suggestion_settles_what_was_found(rule):
    text = rule.bad
    for finding in reversed([item for item in found(rule, text) if item.suggestion is not None]):
        text = text[: finding.start] + finding.suggestion + text[finding.end :]
        assert [item for item in found(rule, text) if item.start == finding.start] == []


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_finding_points_into_the_text_and_says_what_is_wrong(rule):
    for finding in found(rule, "前文。\n" + rule.bad + "\n后文。"):
        assert 0 <= finding.start < finding.end <= len(rule.bad) + 8
        assert re.search("[一-龥]", finding.message)


def test_there_are_at_least_sixty_rules_each_with_its_own_id_and_source():
    assert (len(set(ids)), len(RULES) >= 60) == (len(ids), True)
    assert [rule.id for rule in RULES if not rule.source] == []


def test_rules_are_switched_off_and_on_by_id():
    assert [item.rule for item in check("新建800平米，截止2020年底")] == ["U01", "D01"]
    assert [item.rule for item in check("新建800平米，截止2020年底", off=["U01"])] == ["D01"]
    assert [item.rule for item in check("今年完成。")] == []
    assert [item.rule for item in check("今年完成。", also=["D03"])] == ["D03"]


@pytest.mark.parametrize(
    ("on", "rules"),
    [(None, []), (date(2020, 6, 1), []), (date(2021, 6, 1), ["T01a"]), (date(2026, 6, 1), [])],
)
def test_a_dated_term_holds_only_within_its_dates(on, rules):
    assert [item.rule for item in check("走访贫困户。", on=on)] == rules


@pytest.mark.parametrize(
    "text",
    [
        "主持人：【待补：主持人职务、姓名】",
        "【待补：发布会时间】，我们在【待补：发布会地点】举行发布会。",
        "市工作成果发布办公室　2021年4月16日",
        "一、基本情况\n三、四级困难残疾人生活补贴按时发放",
        "第　期\n报：【待补】\n送：【待补】",
    ],
)
def test_what_the_system_itself_writes_is_no_finding(text):
    assert check(text) == []


def test_exceptions_of_a_term_are_left_alone():
    assert [item.rule for item in check("为大学生村官、原贫困户和老板娘服务。", on=DAY)] == []


def test_a_city_adds_its_own_terms_by_the_same_columns():
    row = dict.fromkeys(TERMS.read_text("utf-8").splitlines()[0].split(","), "") | {
        "id": "X1",
        "severity": "error",
        "wrong": "甲办",
        "right": "乙局",
        "message": "已更名。",
    }
    assert [(item.start, item.suggestion) for item in term(row).apply("由甲办负责")] == [
        (1, "乙局")
    ]


def test_clean_official_prose_has_no_finding():
    text = (
        "截至2020年底，全市共选派4名同志担任第一书记，协调资金410万元，受益群众3000余人。\n"
        "一、完善机制\n一是加强领导。由300元/月提高到676元/月，增长125.33%。\n"
        "二、落实责任\n市委、市政府印发“实施意见”“工作方案”，保障8.42万户，其中农村5.1万户。"
    )
    assert check(text, on=date(2020, 12, 31)) == []
