"""What follows in one step from facts; and that a wrong computation is found."""

from decimal import Decimal

import pytest

from tests.releases.proof.kit import aim, before, in_other, only, part_of, proved, said, source

STANDARD = source("农村低保标准", 676, "元/月", programme="低保")
WAS = before(STANDARD, 300)
JOBS = source("城镇新增就业", 112500, "人", programme="就业")
LAST = in_other(JOBS, 100000, span="2019")
RATE = source("入学率", "53.2", "%", programme="教育")
RATE_LAST = in_other(RATE, "50.1", span="2019")
WHOLE, PART = (
    source("帮扶学生", 2000, "名", programme="助学"),
    source("帮扶孤儿", 500, "名", programme="助学"),
)


@pytest.mark.parametrize(
    ("text", "entries", "op"),
    [
        ("农村低保标准由300元/月提高到676元/月，增长125.33%。", (STANDARD, WAS), "GROWTH"),
        ("农村低保标准由300元/月提高到676元/月，增长125.3%。", (STANDARD, WAS), "GROWTH"),
        ("农村低保标准由300元/月提高到676元/月，增加376元/月。", (STANDARD, WAS), "DIFFERENCE"),
        ("城镇新增就业11.25万人，同比增长12.5%。", (JOBS, LAST), "GROWTH"),
        ("城镇新增就业11.25万人，比上年增加12500人。", (JOBS, LAST), "DIFFERENCE"),
        ("入学率53.2%，比上年提高3.1个百分点。", (RATE, RATE_LAST), "POINTS"),
        ("帮扶学生2000名，其中帮扶孤儿500名，占25%。", (WHOLE, PART), "SHARE"),
    ],
)
def test_what_follows_is_derived(text, entries, op):
    figures = proved(text, *entries).figures
    assert {str(one.verdict) for one in figures} <= {"verified", "rounded", "derived"}
    assert (str(figures[-1].verdict), figures[-1].source.op) == ("derived", op)


@pytest.mark.parametrize(
    ("text", "entries", "right"),
    [
        ("农村低保标准由300元/月提高到676元/月，增长225.33%。", (STANDARD, WAS), "125.33%"),
        ("城镇新增就业11.25万人，同比增长15.2%。", (JOBS, LAST), "12.5%"),
        ("入学率53.2%，比上年提高1.3个百分点。", (RATE, RATE_LAST), "3.1个百分点"),
    ],
)
def test_a_wrong_computation_is_a_mismatch_and_the_right_one_is_said(text, entries, right):
    found = only(text, *entries)
    assert str(found.verdict) == "mismatch"
    assert f"应为{right}" in found.hint


def test_a_growth_rate_may_follow_from_the_values_shown():
    entry, last = source("发放补贴", 123870000, "元"), None
    last = in_other(entry, 100380000, span="2019")
    text = "发放补贴由2019年的1亿元增加到1.24亿元，增长24%。"
    assert said(text, entry, last)[-1] == ("24%", "derived")


def test_completion_and_excess_are_two_facts():
    done = source("新建示范村", 600, "个")
    target = aim(done, 440)
    assert said("新建示范村600个，完成目标的136.36%。", done, aims=target)[-1] == (
        "136.36%",
        "derived",
    )
    assert said("新建示范村600个，超过目标36.36%。", done, aims=target)[-1] == ("36.36%", "derived")
    report = proved("新建示范村600个，超过目标任务136.36%。", done, aims=target)
    assert str(report.figures[-1].verdict) == "derived"
    assert "C10" in {one.rule for one in report.findings}


def test_a_target_may_be_quoted():
    done = source("新建示范村", 600, "个")
    found = proved("新建示范村目标440个。", done, aims=aim(done, 440)).figures[-1]
    assert (str(found.verdict), found.source.op, found.source.value) == (
        "verified",
        "TARGET",
        Decimal(440),
    )


def test_a_declared_part_has_its_share_without_the_whole_in_the_sentence():
    kin = part_of(PART, WHOLE)
    assert said("帮扶孤儿500名，占25%。", WHOLE, PART, kin=kin)[-1] == ("25%", "derived")


def test_an_announced_total_of_what_is_listed_is_derived():
    one, other = source("省级园区", 12, "家"), source("市级园区", 30, "家")
    assert said("省级园区12家、市级园区30家，共42家。", one, other)[-1] == ("42家", "derived")


def test_no_percentage_is_borne_out_by_two_entries_that_stand_apart():
    one, other = source("植树造林", 300, "亩"), source("建成泵站", 400, "座")
    assert said("植树造林300亩。\n干群满意度提高到75%。", one, other)[-1] == ("75%", "unsupported")
