"""What a target does not let a text say, by its kind."""

import pytest

from tests.releases.proof.kit import aim, proved, source
from tracker.releases.proof import Verdict

DISPUTES = source("劳动争议案件", 301, "件")
VILLAGES = source("服务覆盖村", 4198, "个")
RATE = source("参保覆盖率", "99.96", "%")
STUDENTS, DISABLED = source("帮扶困难学生", 275, "人"), source("资助残疾学生", 219, "人")


def stops(text: str, *sources, aims) -> list[str]:
    """What of the text stops publication, in words."""
    report = proved(text, *sources, aims=aims)
    return [f.message for f in report.findings if f.blocks] or [
        one.hint for one in report.figures if one in report.stops
    ]


LIMIT = "“劳动争议案件”是控制目标（不超过320件），不写完成率；应写控制在320件以内、少19件。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("劳动争议案件301件，完成年度目标的94.06%。", [LIMIT]),
        ("劳动争议案件301件，完成率94.06%。", [LIMIT]),
        ("劳动争议案件301件，完成年度目标320件的94.06%。", [LIMIT]),
        ("劳动争议案件301件，控制在320件以内，少19件。", []),
    ],
)
def test_a_limit_is_kept_and_never_completed(text, told):
    assert stops(text, DISPUTES, aims=aim(DISPUTES, 320, "at_most")) == told


SHORT = "“服务覆盖村”为4198个，全部是4203个，还差5个，不能写全覆盖。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("服务覆盖村4198个，实现全覆盖。", [SHORT]),
        ("全市4203个村实现服务全覆盖。", [SHORT]),
        ("村级服务点实现全覆盖。", []),
        ("服务覆盖村4198个，力争年底实现全覆盖。", []),
        ("服务覆盖村4198个，覆盖率99.88%。", []),
        ("服务覆盖村4198个，覆盖率100%。", ["台账中没有这个数。"]),
    ],
)
def test_full_coverage_is_said_only_where_nothing_is_left(text, told):
    assert stops(text, VILLAGES, aims=aim(VILLAGES, 4203, "full")) == told


def test_a_whole_that_is_reached_may_be_said():
    assert stops("服务覆盖村4198个，实现全覆盖。", VILLAGES, aims=aim(VILLAGES, 4198, "full")) == []


def test_what_is_short_of_the_whole_is_not_rounded_to_it():
    [one] = proved("参保覆盖率100%。", RATE).figures
    assert one.verdict == Verdict.MISMATCH
    [other] = proved("参保覆盖率99.96%。", RATE).figures
    assert other.verdict == Verdict.VERIFIED


def test_a_rate_that_belongs_to_another_figure_is_traced_to_it():
    aims = aim(STUDENTS, 200) | aim(DISABLED, 27)
    text = "帮扶困难学生275人，完成年度任务的811%。"
    told = "按“帮扶困难学生”推算的完成率应为138%。811%是“资助残疾学生”219人的完成率，基数不同。"
    assert stops(text, STUDENTS, DISABLED, aims=aims) == [told]
    without = stops(text, STUDENTS, DISABLED, aims=aim(DISABLED, 27))
    assert without == ["台账中没有这个数。811%是“资助残疾学生”219人的完成率，基数不同。"]
