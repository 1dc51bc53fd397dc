"""A rank and a count are settled by the ledger where it can, and go nowhere where it cannot."""

from decimal import Decimal

import pytest

from tests.releases.proof.kit import CITY, ground, in_other, proved, source
from tracker.releases.proof import prove_text
from tracker.releases.proof.ground import Aim, Place

JOBS = source("城镇新增就业", 7000, "人", programme="就业")
LI, SHI, HUAI = (
    in_other(JOBS, value, region=code, place=name)
    for code, name, value in (("370102", "历下区", 3000), ("370103", "市中区", 2500), ("370104", "槐荫区", 1500))
)  # fmt: skip
PLACES = {
    "370102": Place(("历下区", "历下")),
    "370103": Place(("市中区", "市中")),
    "370104": Place(("槐荫区", "槐荫")),
}
FULL = (JOBS, LI, SHI, HUAI)
AIMS = {
    (JOBS.indicator, code): Aim(f"t{code}", "at_least", value, 2020)
    for code, value in (
        ("370102", Decimal(2800)),
        ("370103", Decimal(2500)),
        ("370104", Decimal(2000)),
    )
}


def judged(text, *sources, **fields):
    """(raw, verdict, op) of the last figure."""
    about = {"places": PLACES, "aims": AIMS, **fields}
    one = prove_text(text, ground(*(sources or FULL), **about)).figures[-1]
    return one.figure.raw, str(one.verdict), one.source.op if one.source else ""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("市中区城镇新增就业2500人，位居全市第二。", "derived"),
        ("市中区城镇新增就业2500人，位居全市第一。", "mismatch"),
        ("市中区城镇新增就业2500人，居全市前两位。", "derived"),
        ("槐荫区城镇新增就业1500人，列全市第三位。", "derived"),
        ("槐荫区城镇新增就业1500人，列全市前2位。", "mismatch"),
        ("历下区城镇新增就业全市第一。", "derived"),
        ("槐荫区城镇新增就业全市第一。", "mismatch"),
        ("历下区城镇新增就业3000人，居全省第一。", "unsupported"),
        ("城镇新增就业7000人，居全省第一。", "unsupported"),
        ("历下区植树造林居全市第一。", "unsupported"),
        ("对排名前10%的企业给予奖励。", "no_ledger"),
        ("约谈排名后3位的区县。", "no_ledger"),
        ("前三名获得奖励。", "no_ledger"),
    ],
)
def test_a_rank_is_settled_among_the_counties(text, verdict):
    assert judged(text)[1] == verdict


def test_a_wrong_rank_is_told_the_right_one():
    report = prove_text("市中区城镇新增就业2500人，位居全市第一。", ground(*FULL, places=PLACES))
    assert report.figures[-1].hint == "按“城镇新增就业”推算的名次应为2位。"


def test_a_rank_stands_on_what_every_county_reported():
    report = prove_text("市中区城镇新增就业2500人，位居全市第二。", ground(*FULL, places=PLACES))
    assert set(report.figures[-1].source.entries) == {
        SHI.entries[0],
        LI.entries[0],
        HUAI.entries[0],
    }


def test_where_a_county_has_not_reported_there_is_no_rank():
    text = "市中区城镇新增就业2500人，位居全市第二。"
    assert judged(text, JOBS, LI, SHI)[1] == "unsupported"


def test_of_a_ceiling_the_least_is_the_first():
    least = {key: Aim(aim.key, "at_most", aim.value, 2020) for key, aim in AIMS.items()}
    assert judged("槐荫区城镇新增就业1500人，居全市第一。", aims=least)[1] == "derived"


def test_equal_values_share_their_rank():
    equal = in_other(JOBS, 3000, region="370103", place="市中区")
    assert judged("市中区城镇新增就业3000人，并列全市第一。", JOBS, LI, equal, HUAI)[1] == "derived"


def test_a_rank_that_was_reported_is_quoted():
    reported = source("低保标准全省排名", 2, "位")
    assert judged("低保标准居全省第2位。", reported)[1] == "verified"
    assert judged("低保标准居全省第1位。", reported)[1] != "verified"


def test_a_rank_is_no_count_of_persons():
    heads = source("评选劳动模范", 3, "名")
    assert judged("评选劳动模范工作居全省第三。", heads)[1] == "unsupported"


def test_a_post_with_a_number_in_its_name_is_no_rank():
    posts = source("选派第一书记", 2, "名")
    report = proved("低保标准居全省第一，连续选派第一书记。", posts)
    assert [(str(one.verdict), one.source) for one in report.figures] == [("unsupported", None)]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("全市3个区县均开展城镇新增就业工作。", "derived"),
        ("全市5个区县均开展城镇新增就业工作。", "mismatch"),
        ("有2个区县完成城镇新增就业目标。", "derived"),
        ("有3个区县完成城镇新增就业目标。", "mismatch"),
        ("城镇新增就业超额完成目标的有1个区县。", "derived"),
        ("有4个区县开展植树。", "unsupported"),
        ("历下区、市中区等2个区县开展培训。", "derived"),
        ("总工会、团市委和妇联3家单位联合印发通知。", "derived"),
        ("总工会、团市委和妇联4家单位联合印发通知。", "mismatch"),
        ("总工会、团市委、妇联等17家单位联合印发通知。", "unsupported"),
    ],
)
def test_a_count_is_settled_by_the_counties_or_by_what_is_listed(text, verdict):
    assert judged(text)[1] == verdict


def test_those_for_which_money_was_reported_by_name_are_counted():
    paid = source("发放助学金", 60000, "元", region=CITY)
    rows = [in_other(paid, 20000, member=f"第{number}小学", region=CITY) for number in "一二三"]
    text = "发放助学金6万元，惠及{}所小学。"
    assert judged(text.format(3), paid, *rows)[1:] == ("derived", "COUNT")
    assert judged(text.format(4), paid, *rows)[1] == "unsupported"
