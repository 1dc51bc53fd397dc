"""Rules of wording that need the ledger: what a wrong figure is called, and how it should be written."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.catalogue.spans import year_ago_key
from tracker.language.reading import FigureInText, Role
from tracker.language.units import SCALES, normal_unit, unit_class
from tracker.language.writing import write_figure
from tracker.releases.proof.aims import against_aims
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.grouping import by_sentence
from tracker.releases.proof.reckoning import reckoning
from tracker.releases.proof.rulebook import found
from tracker.releases.proof.saying import same_unit
from tracker.releases.proof.slips import CUT, DIGIT, QUALIFIER, SCALE, SWAPPED, UNIT, slip
from tracker.releases.proof.verdicts import Anchored, Checked, Finding, Source, Verdict

# A line that breaks off within a number, or between a number and its unit; not a list or a table.
_TORN = re.compile(
    r"(?<=[一-龥]{4})[^\n\t\d]{0,12}(?P<head>\d{1,9}(?:\.\d{1,4})?)\n(?P<tail>\d{1,9}(?:\.\d{1,4})?[余多]?[万亿]?(?:人次|人|元|户|名|家|个|件|亩|吨|%|％)"
    r"|(?:万|亿|余|多|人次|万元|亿元|万人|元|户|个百分点|%|％)(?![一-龥]{0,6}\n))"
)
_COMPUTED = {"SHARE": ("C11", "占比"), "GROWTH": ("C01", "增长率")}
_SLIPS = {
    SCALE: ("N16", "数量级与台账不符。"),
    SWAPPED: ("N17", "数字颠倒。"),
    DIGIT: ("N17", "有一位数字与台账不同。"),
    CUT: ("C19", "应四舍五入，不应截去尾数。"),
    QUALIFIER: ("Q07", "限定词与台账相反或多余。"),
    UNIT: ("U03", "计量单位与台账不符。"),
}
_HUNDRED = Decimal(100)
_DONE = re.compile(r"已(?!经?计划)|建成|完成了|实现了")
_PLANNED = re.compile(r"计划|拟|目标|任务")
_WHOLE, _OWN = re.compile(r"全[市县区州省镇乡]"), re.compile(r"[市县区州省镇乡]本级|本级")
_OVER_TARGET = re.compile(
    r"超额(?:完成|实现)|超过(?:年度)?(?:目标|任务|计划)|提前(?:完成|实现)(?:年度)?(?:目标|任务)"
)
_WITHIN = re.compile(r"控制在[^，。；]{0,12}以内|未超过(?:控制)?(?:目标|指标|计划)")
_FIRST = re.compile(
    r"(?:全国|全省|全市)(?:率先|首家|首个|首创|唯一|第一)|率先在(?:全国|全省)|居(?:全国|全省)第一|排名第一"
)
_YEAR_ON_YEAR = re.compile(r"同比")
_PERCENT_OF = re.compile(
    r"(?:超过|超额|超)(?:完成)?(?:年度)?(?:目标|任务|计划)(?:任务)?[^，。；]{0,6}$"
)


def wording(
    text: str, ground: Ground, checked: Sequence[Checked], anchors: Sequence[Anchored] = ()
) -> Iterator[Finding]:
    """Findings of the ledger-bound rules."""
    for one in checked:
        yield from _of_figure(text, ground, one)
    yield from _against_targets(text, ground, checked)
    yield from against_aims(text, ground, checked)
    yield from _firsts(text, ground, checked)
    yield from reckoning(text, ground, checked)
    yield from _torn(text, checked, anchors)


def _of_figure(text: str, ground: Ground, one: Checked) -> Iterator[Finding]:
    figure, source = one.figure, one.source
    clause = _clause(text, figure)
    if one.verdict == Verdict.MISMATCH and source and (named := _SLIPS.get(slip(figure, source))):
        yield found(named[0], figure, named[1], corrected(figure, source))
    if one.verdict == Verdict.MISMATCH and source and source.op in _COMPUTED:
        rule, what = _COMPUTED[source.op]
        yield found(rule, figure, f"{what}不对：{one.hint}")
    if one.verdict == Verdict.DIRECTION:
        yield found("C24", figure, one.hint or "方向与台账相反。")
    if one.verdict == Verdict.LOOSE and source:
        yield found("Q08", figure, "概数离实际数太远。", corrected(figure, source))
    if source is None or one.verdict not in (Verdict.VERIFIED, Verdict.ROUNDED, Verdict.DERIVED):
        return
    if "/" in normal_unit(source.unit) and "/" not in figure.unit and not source.op:
        yield found("U10", figure, f"台账单位是“{source.unit}”，文中没有写出。")
    if figure.role != Role.TARGET and _PLANNED.search(source.name) and _DONE.search(clause) and not _PLANNED.search(clause):  # fmt: skip
        yield found("Q11", figure, f"“{source.name}”是计划数，文中写成了已经完成。")
    if _OWN.search(source.name) and _WHOLE.search(clause) and not _OWN.search(clause):
        yield found("S01", figure, f"这是“{source.name}”的数，不是全域的数。")
    elif _OWN.search(clause) and not _OWN.search(source.name) and not source.op:
        yield found("S01", figure, f"“{source.name}”不是本级的数。")
    if source.op == "GROWTH" and _YEAR_ON_YEAR.search(clause):
        base = source.key.rpartition("@")[2]
        if base and base not in (year_ago_key(source.span), "start"):
            yield found("C22", figure, f"写的是同比，算的是与{base}相比。")
    both = source.op == "COMPLETION" or source.op == "OVER_TARGET" and figure.value >= _HUNDRED
    if both and _PERCENT_OF.search(clause):
        said = "完成目标的" if source.op == "COMPLETION" else "超过目标"
        yield found("C10", figure, f"没有写明基数；按台账，这是{said}百分比。")


def _clause(text: str, figure: FigureInText) -> str:
    before = text[max(0, figure.start - 40) : figure.start]
    return re.split(r"[，,。；;\n]", before)[-1]


def corrected(figure: FigureInText, source: Source) -> str | None:
    """The right number written as the wrong one was: in 万, with as many decimals as it needs."""
    display = next((scale for scale in ("亿", "万") if scale in figure.raw), "")
    if display and source.value < SCALES[display]:
        display = "万" if source.value >= SCALES["万"] else ""
    unit = figure.unit if same_unit(figure.unit, source.unit) else source.unit
    if (
        unit_class(unit) == "money"
        and not display
        and source.value >= 10**6
        and source.value % 100 == 0
    ):
        display = "万"
    qualifier = "" if source.qualifier.startswith("区间") else source.qualifier
    try:
        return write_figure(source.value, unit, display=display, qualifier=qualifier)
    except ValueError:
        return None


def _against_targets(text: str, ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """超额完成 where the target was missed; 控制在…以内 where it was exceeded."""
    for group in by_sentence(text, [one for one in checked if one.source]):
        sentence = group.sentence
        over, within = _OVER_TARGET.search(sentence.text), _WITHIN.search(sentence.text)
        for one in group.checked if over or within else ():
            aim = ground.aims.get((one.source.indicator, one.source.region))
            if aim is None or aim.value is None or one.source.op:
                continue
            missed = over and aim.kind == "at_least" and one.source.value < aim.value
            exceeded = (over or within) and aim.kind == "at_most" and one.source.value > aim.value
            if missed or exceeded:
                match = over or within
                start, end = sentence.start + match.start(), sentence.start + match.end()
                message = (
                    f"“{one.source.name}”为{one.source.value:f}，目标为{aim.value:f}，没有达到。"
                )
                yield found("C24", (start, end), message)
                break


def _firsts(text: str, ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """率先, 首家, 唯一 need a row of the ledger that bears them out; a rank has its own verdict."""
    shown = [source.name for source in ground.sources]
    ranked = {one.figure.start for one in checked if one.figure.role == Role.RANK}
    for match in _FIRST.finditer(text):
        word = match[0][-2:]
        if ranked.isdisjoint(range(*match.span())) and not any(word in name for name in shown):
            yield found("C18", match.span(), f"“{match[0]}”在台账中没有依据，请核实。")


def _torn(text: str, checked: Sequence[Checked], anchors: Sequence[Anchored]) -> Iterator[Finding]:
    """A number in two pieces: on two lines, or with only a part of its digits in a figure node."""
    for match in _TORN.finditer(text):
        place = match.start("head"), match.end("tail")
        yield found(
            "N18",
            place,
            "一个数被分在两行，请连起来。",
            text[place[0] : place[1]].replace("\n", ""),
        )
    nodes = sorted(anchors)
    starts = [start for start, _, _ in nodes]
    for figure in (one.figure for one in checked):
        at = bisect_left(starts, figure.end) - 1
        start, end, _ = nodes[at] if at >= 0 else (0, 0, None)
        inside = figure.start < end and (start > figure.start or end < figure.end)
        digits = text[start - 1 : start + 1] if start > figure.start else text[end - 1 : end + 1]
        if inside and re.fullmatch(r"[\d.][\d.万亿]", digits):
            yield found("N18", figure, f"“{figure.raw}”只有一部分取自台账，请连成一个数。")
