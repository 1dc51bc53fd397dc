"""What a target does not let a text say: a rate of a limit, full coverage where something is left, and
the completion of another figure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.language.nearness import pairs
from tracker.language.reading import FigureInText
from tracker.language.writing import write_figure
from tracker.releases.proof.deriving import HUNDRED, completion_of, holds
from tracker.releases.proof.ground import Aim, Ground
from tracker.releases.proof.grouping import by_sentence
from tracker.releases.proof.rulebook import found
from tracker.releases.proof.slips import said
from tracker.releases.proof.verdicts import Checked, Finding, Source

_DONE = re.compile(r"完成[^，。；\n]{0,24}$")
_FULL = re.compile(r"全覆盖|全部覆盖|覆盖(?:所有|全部|全[市县区州省镇乡])|无一遗漏")
_WISHED = re.compile(r"未|没有|力争|争取|努力|推进|推动|逐步|加快|目标|计划|要求|确保|下一步")
_BEFORE, _NEAR = 12, 8
_ORDINARY = frozenset(["覆盖", "全覆", "部覆"])


def against_aims(text: str, ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """Rates of limits and claims of full coverage that the ledger does not bear out."""
    short = list(_short(ground))
    for group in by_sentence(text, checked):
        sentence, inside = group.sentence, group.checked
        yield from _rates_of_limits(text, ground, inside)
        match = _FULL.search(text, sentence.start, sentence.end) if short else None
        if match is None or _WISHED.search(text, max(sentence.start, match.start() - _BEFORE), match.start()):  # fmt: skip
            continue
        named = {one.source.indicator for one in inside if one.source}
        words = pairs(sentence.text) - _ORDINARY
        for source, whole in short:
            own = pairs(source.name) - _ORDINARY
            if source.indicator in named or 2 * len(own & words) >= len(own) > 0:
                yield found("C24", match.span(), _lacking(source, whole))
                break


def _short(ground: Ground) -> Iterator[tuple[Source, Decimal]]:
    """What has a target of full coverage and has not reached the whole."""
    for (indicator, region), aim in ground.aims.items():
        if aim.kind == "full" and region == ground.region:
            for source in ground.now(indicator):
                whole = _whole(aim, source)
                if not source.op and whole is not None and source.value < whole:
                    yield source, whole


def _rates_of_limits(text: str, ground: Ground, inside: Sequence[Checked]) -> Iterator[Finding]:
    """控制在320件以内，少19件, never 完成94.06%."""
    for at, one in enumerate(inside):
        figure = one.figure
        if figure.unit != "%" or not _DONE.search(text, max(0, figure.start - 30), figure.start):
            continue
        for other in inside[:at][: -_NEAR - 1 : -1]:
            if other.source is None:
                continue
            aim = ground.aims.get((other.source.indicator, other.source.region))
            if aim and aim.kind == "at_most" and aim.value is not None and not other.source.op:
                yield found("C24", figure, _limit(other.source, aim.value))
                break


def _limit(source: Source, limit: Decimal) -> str:
    gap = abs(limit - source.value)
    word = "少" if source.value <= limit else "超出"
    kept = write_figure(limit, source.unit)
    return (
        f"“{source.name}”是控制目标（不超过{kept}），不写完成率；"
        f"应写控制在{kept}以内、{word}{write_figure(gap, source.unit)}。"
    )


def _whole(aim: Aim, source: Source) -> Decimal | None:
    return HUNDRED if aim.value is None and source.unit == "%" else aim.value


def _lacking(source: Source, whole: Decimal) -> str:
    left = write_figure(whole - source.value, "个百分点" if source.unit == "%" else source.unit)
    return (
        f"“{source.name}”为{said(source)}，全部是{write_figure(whole, source.unit)}，"
        f"还差{left}，不能写全覆盖。"
    )


def whose_rate(figure: FigureInText, ground: Ground, but: int | None = None) -> str:
    """811%是“…”219人的完成率: where the rate belongs to one other figure; empty without exactly one."""
    if figure.unit != "%":
        return ""
    fitting = [
        source
        for (indicator, region), aim in ground.aims.items()
        if indicator != but and region == ground.region and aim.kind == "at_least" and aim.value
        for source in ground.now(indicator)
        if not source.op and holds(figure, completion_of(source, aim.value))
    ]
    if len(fitting) != 1:
        return ""
    [source] = fitting
    return f"{figure.raw}是“{source.name}”{said(source)}的完成率，基数不同。"
