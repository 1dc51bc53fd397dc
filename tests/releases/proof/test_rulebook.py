"""Every rule that needs the ledger, by its own examples; and that the list of rules tells the truth."""

import re

import pytest

from tracker.language import rules as of_words
from tracker.releases.proof import GATES, prove_text
from tracker.releases.proof.rulebook import RULES

# What the design binds to the ledger or to the document: C, Q07-Q11, U03, N16-N18, S01.
WANTED = {f"C{number:02}" for number in range(1, 25)} | {
    "Q07", "Q08", "Q09", "Q10", "Q11", "U03", "U10", "N16", "N17", "N18", "S01",
}  # fmt: skip
ids = [rule.id for rule in RULES]


def found(rule, text):
    report = prove_text(text, rule.ledger, earlier=rule.earlier)
    return [one for one in report.findings if one.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_finds_its_bad_example_and_lets_its_good_one_be(rule):
    assert ([one.severity for one in found(rule, rule.bad)], found(rule, rule.good)) == ([rule.severity], [])  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_finding_points_into_the_text_says_what_is_wrong_and_blocks_only_as_a_gate(rule):
    for one in found(rule, rule.bad):
        assert 0 <= one.start < one.end <= len(rule.bad)
        assert re.search("[一-龥]", one.message)
        assert one.blocks is (rule.id in GATES and rule.severity == "E")


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_suggestion_settles_what_was_found(rule):
    for one in found(rule, rule.bad):
        if one.suggestion is not None:
            mended = rule.bad[: one.start] + one.suggestion + rule.bad[one.end :]
            assert found(rule, mended) == []


def test_every_rule_of_the_design_exists_once_with_a_source():
    plain = [rule.id for rule in of_words.RULES]
    assert WANTED - {*ids, *plain} == set()
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in RULES if not (rule.source and rule.message)] == []


def test_an_id_means_one_thing_whether_words_or_the_ledger_tell_it():
    plain = {rule.id: rule for rule in of_words.RULES}
    assert sorted({*plain} & {*ids}) == ["C01", "C07"]
