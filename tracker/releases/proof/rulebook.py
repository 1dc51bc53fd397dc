"""The rules of wording that need the ledger or the figures as they were read: what each is called, and its examples.

Each finds its `bad` text and lets its `good` one be, against the few facts of `ledger`.
"""

from dataclasses import dataclass
from decimal import Decimal

from tracker.language.reading import FigureInText
from tracker.language.rules.rule import HOUSE, LAYOUT, NUMERALS, PRACTICE
from tracker.releases.proof.ground import Aim, Ground, Kin
from tracker.releases.proof.verdicts import Anchored, Finding, Issued, Source

# Findings that keep a text from being published; every other one is only told.
GATES = frozenset({"C07", "C08", "C16", "C17", "C24", "T12", "T13", "Z01", "Z02", "Z03"})
LEDGER = "台账"
_CITY, _YEAR = "3701", "2020"


@dataclass(frozen=True)
class LedgerRule:
    """`severity` is what its findings weigh unless said otherwise; `anchors` are figure nodes of `bad`."""

    id: str
    severity: str
    message: str
    source: str
    bad: str
    good: str
    ledger: Ground = Ground(_CITY, _YEAR, ())
    earlier: tuple[Issued, ...] = ()
    anchors: tuple[Anchored, ...] = ()


def found(
    rule: str,
    place: FigureInText | tuple[int, int],
    message: str,
    suggestion: str | None = None,
    *,
    severity: str = "",
) -> Finding:
    """A finding of one of the rules; what is an error of a gate keeps the text from being published."""
    start, end = (place.start, place.end) if isinstance(place, FigureInText) else place
    weight = severity or BY_ID[rule].severity
    return Finding(rule, weight, start, end, message, suggestion, weight == "E" and rule in GATES)


def _fact(number: int, name: str, value: str | int, unit: str, **more) -> Source:
    usual = {"key": f"e{number}", "span": _YEAR, "region": _CITY, "entries": (number,), "indicator": number}  # fmt: skip
    return Source(
        code=f"I{number}", name=name, value=Decimal(value), unit=unit, **{**usual, **more}
    )


def _ledger(*sources: Source, **more) -> Ground:
    return Ground(_CITY, more.pop("span", _YEAR), sources, **more)


def _aim(value: int, kind: str = "at_least") -> dict:
    return {(1, _CITY): Aim("t1", kind, Decimal(value), 2020)}


_AID = _fact(1, "救助困难农民工", 7352, "人次")
_JOBS = _fact(1, "城镇新增就业", 1125, "人", span="2020Q2")
_SCHOOLS = _fact(1, "新建希望小学", 8, "所"), _fact(2, "改建希望小学", 12, "所")
_WHOLE, _PART = _fact(1, "创建示范村", 512, "个"), _fact(2, "创建重点示范村", 600, "个")
_VILLAGES = _fact(1, "新建示范村", 600, "个")
_HEADS, _VISITS = _fact(1, "受助学生", 900, "人"), _fact(2, "救助学生", 800, "人次")

RULES: tuple[LedgerRule, ...] = (
    LedgerRule("C01", "E", "增长率与台账推算的不符。", LEDGER, "城镇新增就业1125人，环比增长25.1%。", "城镇新增就业1125人，环比增长12.5%。", _ledger(_JOBS, _fact(1, "城镇新增就业", 1000, "人", span="2020Q1", key="e2"), span="2020Q2")),
    LedgerRule("C07", "E", "其中数大于总数。", PRACTICE, "走访困难家庭154户，其中低保户512户。", "走访困难家庭512户，其中低保户154户。"),
    LedgerRule("C08", "E", "各部分之和与总数不符。", PRACTICE, "东部160人、中部866人、西部5380人，合计6416人。", "东部160人、中部866人、西部5380人，合计6406人。"),
    LedgerRule("C09", "W", "说的项数与列出的项数不符。", PRACTICE, "采取四项措施。一是抓培训。二是抓就业。三是抓保障。", "采取三项措施。一是抓培训。二是抓就业。三是抓保障。"),
    LedgerRule("C10", "W", "完成目标的百分比没有写明基数。", PRACTICE, "新建示范村600个，超过目标任务136.36%。", "新建示范村600个，超过目标36.36%。", _ledger(_VILLAGES, aims=_aim(440))),
    LedgerRule("C11", "W", "占比没有写明基数，或与前后两个数推算的不符。", PRACTICE, "资助学生2000名，其中孤儿500名，占30%。", "资助学生2000名，其中孤儿500名，占25%。"),
    LedgerRule("C12", "W", "人数与标准相乘，不等于总额。", PRACTICE, "为931名学生每人发放500元，共发放56.55万元。", "为931名学生每人发放500元，共发放46.55万元。"),
    LedgerRule("C13", "W", "各项占比之和不是100%。", PRACTICE, "一产占9.1%，二产占38.2%，三产占51.7%。", "一产占9.1%，二产占38.2%，三产占52.7%。"),
    LedgerRule("C14", "E", "人次少于人数，或次序与约定的相反。", LEDGER, "受助学生900人，救助学生800人次。", "受助学生900人。", _ledger(_HEADS, _VISITS, kin={1: Kin(not_above=frozenset({2}))})),
    LedgerRule("C15", "E", "平均数不在最低与最高之间。", PRACTICE, "月工资最高5000元、最低3000元，平均5600元。", "月工资最高5000元、最低3000元，平均4600元。"),
    LedgerRule("C16", "E", "同一数据与已印发的文稿不同。", PRACTICE, "全年救助困难农民工7352人次。", "全年救助困难群众。", _ledger(_AID), (Issued("一季度简报", _AID, "7000人次", Decimal(7000), "", None),)),
    LedgerRule("C17", "E", "标题中的数与正文不符。", PRACTICE, "救助困难农民工8352人次\n全年救助困难农民工7352人次。", "救助困难农民工7352人次\n全年救助困难农民工7352人次。", _ledger(_AID)),
    LedgerRule("C18", "W", "率先、首家、唯一、第一在台账中没有依据。", LEDGER, "在全省率先完成改造。", "较早完成改造。"),
    LedgerRule("C19", "W", "应四舍五入，不应截去尾数。", NUMERALS, "农业转移人口12.3万人。", "农业转移人口12.4万人。", _ledger(_fact(1, "农业转移人口", 123900, "人"))),
    LedgerRule("C20", "E", "几年累计用了一年的数。", LEDGER, "“十三五”以来，累计救助困难农民工7352人次。", "2020年，累计救助困难农民工7352人次。", _ledger(_AID, kin={1: Kin(flow=True)})),
    LedgerRule("C22", "W", "同比、环比的基期与台账的不符。", LEDGER, "城镇新增就业1125人，同比增长12.5%。", "城镇新增就业1125人，环比增长12.5%。", _ledger(_JOBS, _fact(1, "城镇新增就业", 1000, "人", span="2020Q1", key="e2"), span="2020Q2")),
    LedgerRule("C23", "E", "年数与每年金额相乘，不等于总额。", PRACTICE, "每年投入1000万元，连续5年共投入6000万元。", "每年投入1000万元，连续5年共投入5000万元。"),
    LedgerRule("C24", "E", "方向与台账或目标相反。", LEDGER, "城镇新增就业1125人，环比下降12.5%。", "城镇新增就业1125人，环比增长12.5%。", _ledger(_JOBS, _fact(1, "城镇新增就业", 1000, "人", span="2020Q1", key="e2"), span="2020Q2")),
    LedgerRule("N16", "E", "数量级与台账不符。", LEDGER, "挽回经济损失1302元。", "挽回经济损失1302万元。", _ledger(_fact(1, "挽回经济损失", 13020000, "元"))),
    LedgerRule("N17", "W", "数字颠倒，或有一位与台账不同。", LEDGER, "救助困难农民工7532人次。", "救助困难农民工7352人次。", _ledger(_AID)),
    LedgerRule("N18", "W", "一个数被分在两行或两段里。", LAYOUT, "全年救助各类困难农民工73\n52人次，成效明显。", "全年救助各类困难农民工7352人次，\n成效明显。"),
    LedgerRule("Q07", "E", "限定词与台账相反或多余。", LEDGER, "资助困难学生近30万人。", "资助困难学生30余万人。", _ledger(_fact(1, "资助困难学生", 301234, "人"))),
    LedgerRule("Q08", "W", "概数离实际数太远。", HOUSE, "救助困难群众2000余人次。", "救助困难群众2700人次。", _ledger(_fact(1, "救助困难群众", 2700, "人次"))),
    LedgerRule("Q11", "E", "计划数写成了已经完成。", LEDGER, "已建成托养机构30家。", "计划新建托养机构30家。", _ledger(_fact(1, "计划新建托养机构", 30, "家"))),
    LedgerRule("S01", "E", "统计范围与台账不符：全市、本级、系统混用。", LEDGER, "全市培训职工4321人。", "市本级培训职工4321人。", _ledger(_fact(1, "培训职工（本级）", 4321, "人"))),
    LedgerRule("U03", "E", "计量单位与台账不符，如人与人次。", LEDGER, "救助困难农民工7352人。", "救助困难农民工7352人次。", _ledger(_AID)),
    LedgerRule("U10", "E", "丢了每月、每人等单位。", LEDGER, "农村低保标准676元。", "农村低保标准676元/月。", _ledger(_fact(1, "农村低保标准", 676, "元/月"))),
)  # fmt: skip
BY_ID = {rule.id: rule for rule in RULES}
