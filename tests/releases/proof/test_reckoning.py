"""What a sentence reckons with its own figures: the wrong is found, and what looks like it is let be."""

import pytest

from tests.releases.proof.kit import blocking, ground, proved, rules, source
from tracker.releases.proof import prove_text
from tracker.releases.proof.ground import Kin

AID = source("救助困难农民工", 7352, "人次")
FLOW = {AID.indicator: Kin(flow=True)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("帮扶学生2000名，其中帮扶孤儿500名，占24%。", True),
        ("帮扶学生2000名，其中帮扶孤儿500名，约占25%。", False),
        ("帮扶学生1.2万名，其中帮扶孤儿4000名，占33.3%。", False),
        ("帮扶学生2000余名，其中帮扶孤儿500名，占24%。", False),
        ("帮扶学生2000名，其中帮扶孤儿500名；党员占30%。", False),
        ("女职工占38%。", True),
        ("参训人员中女职工占38%。", False),
        ("女职工占职工总数的38%。", False),
        ("男职工占62%，女职工占38%。", False),
    ],
)
def test_a_share_has_its_base_and_follows_from_it(text, found):
    assert ("C11" in rules(proved(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按每人500元标准，为931名学生发放助学金46.55万元。", False),
        ("按每人500元标准，为931名学生发放助学金46.65万元。", True),
        ("为1.2万名学生每人发放500元，共600万元。", False),
        ("为1.2万名学生每人发放500元，共700万元。", True),
        ("为近931名学生每人发放500元，共发放50万元。", False),
        ("为931名学生每人每月发放500元，共发放90万元。", False),
        ("为931名学生和20名教师每人发放500元，共发放90万元。", False),
        ("每户补助2000元，为50户困难家庭发放10万元。", False),
        ("每户补助2000元，为50户困难家庭发放12万元。", True),
        ("资助931名学生，每户补助2000元，发放12万元。", False),
    ],
)
def test_a_rate_times_a_count_is_the_total(text, found):
    assert ("C12" in rules(proved(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("月工资3000元—5000元，人均5600元。", True),
        ("月工资3000元—5000元，人均4600元。", False),
        ("月工资最低3000元，最高5000元，平均2900元。", True),
        ("月工资最低3000元，平均2900元。", False),
        ("补贴最低30人、最高50人，平均5600元。", False),
    ],
)
def test_an_average_lies_between_the_ends(text, found):
    assert ("C15" in rules(proved(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("累计救助困难农民工7352人次。", False),
        ("2020年，全市累计救助困难农民工7352人次。", False),
        ("2016年以来，全市累计救助困难农民工7352人次。", True),
        ("2020年以来，全市累计救助困难农民工7352人次。", False),
        ("近五年来，共救助困难农民工7352人次。", True),
        ("2016—2020年，累计救助困难农民工7352人次。", True),
        ("近五年来，年均救助困难农民工7352人次。", False),
    ],
)
def test_a_sum_of_years_is_not_the_figure_of_one(text, found):
    assert ("C20" in rules(proved(text, AID, kin=FLOW))) is found


def test_what_counts_a_stock_may_be_said_of_any_time():
    assert "C20" not in rules(proved("近五年来，累计救助困难农民工7352人次。", AID))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每年投入1000万元，连续5年共投入5000万元。", False),
        ("每年投入1000万元，连续5年共投入0.6亿元。", True),
        ("每年投入1000余万元，连续5年共投入6000万元。", False),
        ("每年投入1000万元，5年期贷款6000万元。", False),
        ("每年投入1000万元，连续5年获得奖励。", False),
    ],
)
def test_years_times_amount(text, found):
    assert ("C23" in rules(proved(text))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年救助各类困难农民工7352\n人次，成效明显。", True),
        ("全年救助各类困难农民工73\n52人次，成效明显。", True),
        ("全年救助各类困难农民工7352人次\n52人次获奖。", False),
        ("全市困难职工帮扶工作 2020\n2021年的情况。", False),
        ("一、基本情况\n1.救助7352人次。", False),
    ],
)
def test_a_number_stands_on_one_line(text, found):
    assert ("N18" in rules(proved(text))) is found


@pytest.mark.parametrize(
    ("node", "found"), [((9, 15), False), ((11, 15), True), ((9, 11), True), ((9, 13), False)]
)
def test_a_number_is_one_piece(node, found):
    """A figure node that holds only some digits of the number is two runs that read as one."""
    text = "全年救助困难农民工7352人次。"
    report = prove_text(text, ground(AID), anchors=[(*node, AID.key)])
    assert ("N18" in rules(report)) is found


def test_none_of_these_keeps_a_text_from_being_published():
    text = "女职工占38%。为931名学生每人发放500元，共发放56.55万元。每年投入1000万元，连续5年共投入6000万元。"
    assert blocking(proved(text)) == set()
