"""The rules of wording that need the ledger, each with what it finds and what it lets be."""

import pytest

from tests.releases.proof.kit import in_other, proved, rules, source

PLANNED = source("计划新建托养机构", 30, "家")
OWN = source("培训职工（本级）", 4321, "人")
STANDARD = source("农村低保标准", 676, "元/月")
LOOSE = source("救助困难群众", 2700, "人次")
JOBS = source("城镇新增就业", 1125, "人", span="2020Q2")
BEFORE = in_other(JOBS, 1000, span="2020Q1")


@pytest.mark.parametrize(
    ("rule", "bad", "good", "entries", "fields"),
    [
        ("Q11", "已建成托养机构30家。", "计划新建托养机构30家。", (PLANNED,), {}),
        ("S01", "全市培训职工4321人。", "市本级培训职工4321人。", (OWN,), {}),
        ("U10", "农村低保标准676元。", "农村低保标准676元/月。", (STANDARD,), {}),
        ("Q08", "救助困难群众2000余人次。", "救助困难群众2700人次。", (LOOSE,), {}),
        ("C22", "城镇新增就业1125人，同比增长12.5%。", "城镇新增就业1125人，环比增长12.5%。", (JOBS, BEFORE), {"span": "2020Q2"}),
        ("C18", "在全省率先完成改造。", "较早完成改造。", (), {}),
    ],
)  # fmt: skip
def test_a_rule_finds_its_bad_example_and_not_its_good_one(rule, bad, good, entries, fields):
    assert rule in rules(proved(bad, *entries, **fields))
    assert rule not in rules(proved(good, *entries, **fields))


def test_a_first_that_the_ledger_bears_out_is_let_be():
    ranked = source("低保标准全省第一", 1, "位")
    assert "C18" not in rules(proved("标准居全省第一。", ranked))


def test_a_first_that_is_a_rank_is_told_once_by_its_verdict():
    report = proved("培训工作居全省第一。")
    assert ([str(one.verdict) for one in report.figures], "C18" in rules(report)) == (["unsupported"], False)  # fmt: skip


def test_none_of_these_keeps_a_text_from_being_published():
    text = "全市培训职工4321人。农村低保标准676元。在全省率先完成。"
    assert proved(text, OWN, STANDARD).stops == ()


def test_rules_that_need_no_ledger_are_told_too():
    assert "D01" in rules(proved("截止2020年底，工作完成。"))
