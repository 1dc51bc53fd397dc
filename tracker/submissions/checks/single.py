"""What is wrong or odd about one figure by itself, beside its past and beside others of its kind."""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from accounts.models import Region
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import OWN_SCOPE, EntryMode, Measure, Said, Unit

from ..models import Figure
from ..past import Past
from .finding import ERROR, WARNING, Finding, at, says
from .sheet import Sheet

JUMP, TEN = Decimal(3), Decimal("9.5")
SLIP = Decimal(1000)
FEWEST_PEERS, AMONG_PEERS = 3, 10
# Shares and coverages lie between 0 and 100; these do not.
FREE = ("完成率", "增长率", "增长", "增幅", "增速", "同比", "环比", "进度")
NEAR = Decimal("0.1")


class Place(NamedTuple):
    word: str
    share: Decimal


# What no city has had in a period: three times the people of the largest, 1万亿元, and so on; below
# and above it by the size of the place.
MOST = {
    Unit.Dimension.PERSON: Decimal(10**8),
    Unit.Dimension.HOUSEHOLD: Decimal(10**8),
    Unit.Dimension.ORGANISATION: Decimal(10**8),
    Unit.Dimension.ATTENDANCE: Decimal(10**10),
    Unit.Dimension.MONEY: Decimal(10**12),
}
LEVELS = {
    Region.Level.PROVINCE: Place("一个省", Decimal(10)),
    Region.Level.CITY: Place("一个市", Decimal(1)),
    Region.Level.COUNTY: Place("一个区县", Decimal("0.1")),
    Region.Level.TOWN: Place("一个镇街", Decimal("0.01")),
    Region.Level.VILLAGE: Place("一个村（社区）", Decimal("0.001")),
}


def check_share(sheet: Sheet, cell: Cell, figure: Figure, past: Past) -> Iterator[Finding]:
    is_share = cell.indicator.unit.name == "%" and cell.indicator.measure == Measure.RATIO
    if not is_share or any(word in cell.indicator.name for word in FREE):
        return
    if not 0 <= figure.value <= 100:
        yield at(cell, ERROR, "share", "占比、覆盖率应在0到100之间。", figure=figure)


def check_decimals(sheet, cell, figure, past) -> Iterator[Finding]:
    """More digits than the catalogue allows, where it was changed after they were typed."""
    allowed = cell.indicator.decimals
    usual = figure.entered_unit == cell.indicator.entry_unit
    if allowed is not None and usual and figure.decimals > allowed:
        words = f"最多{allowed}位小数" if allowed else "应为整数"
        yield at(cell, ERROR, "decimals", f"本指标{words}，请核对后填写。", figure=figure)


def check_sign(sheet, cell, figure, past) -> Iterator[Finding]:
    """What is counted is not less than nothing; a correction of an earlier period may be."""
    counts = cell.indicator.measure in (Measure.STOCK, Measure.DISTINCT)
    if figure.value < 0 and (counts or cell.indicator.entry_mode == EntryMode.CUMULATIVE):
        yield at(cell, ERROR, "negative", "数量不能为负数，请核对。", figure=figure)
    elif figure.value < 0 and cell.indicator.measure == Measure.FLOW:
        words = "本期为负数。更正以前期次请用“当期调整”；确为负数请填写情况说明。"
        yield at(cell, ERROR, "negative", words, figure=figure, explainable=True)


def check_falls(sheet, cell, figure, past) -> Iterator[Finding]:
    """A cumulative value that falls below last period's."""
    flows = cell.indicator.measure in (Measure.FLOW, Measure.DISTINCT)
    if cell.indicator.entry_mode != EntryMode.CUMULATIVE or not flows or not past.last:
        return
    if past.last.value is not None and figure.value < past.last.value:
        was = says(past.last.value, cell.indicator)
        words = f"累计数比{sheet.last_word}({was})少。确有核减请填写情况说明，否则请核对。"
        yield at(cell, ERROR, "falls", words, figure=figure, explainable=True)


def check_repeats(sheet, cell, figure, past) -> Iterator[Finding]:
    moves = cell.indicator.measure == Measure.FLOW
    same = past.last is not None and past.last.value == figure.value and figure.value
    if moves and same:
        words = f"与{sheet.last_word}数值完全相同，请确认不是沿用旧数。"
        yield at(cell, WARNING, "repeats", words)


def times_of(now: Decimal, then: Decimal | None) -> Decimal | None:
    return now / then if then and now > 0 and then > 0 else None


def is_slip(times: Decimal) -> bool:
    return times >= SLIP or times <= 1 / SLIP


def compared(sheet: Sheet, past: Past) -> list[tuple[str, Decimal]]:
    """What the figure is measured by: last period, the same period last year."""
    known = ((sheet.last_word, past.last), ("上年同期", past.year_ago))
    return [(name, entry.value) for name, entry in known if entry and entry.value]


def check_slips(sheet, cell, figure, past) -> Iterator[Finding]:
    """A value some 10,000 (or 100,000,000) times off: the unit was probably mistaken."""
    for name, then in compared(sheet, past):
        times = times_of(figure.value, then)
        if times and is_slip(times):
            was, now = says(then, cell.indicator), says(figure.value, cell.indicator)
            words = f"本次为{now}，{name}为{was}，相差上千倍，疑似单位错（如把万元填成元）。"
            words += "核实无误请填写情况说明。"
            yield at(cell, ERROR, "unit", words, figure=figure, explainable=True)
            return


def check_jumps(sheet, cell, figure, past) -> Iterator[Finding]:
    """Far from last period, or from the same period last year: the first that is odd is said."""
    for name, then in compared(sheet, past):
        times = times_of(figure.value, then)
        if times and not is_slip(times) and (words := jump_words(name, times)):
            yield at(cell, WARNING, "jump" if name == sheet.last_word else "jump-year", words)
            return


def jump_words(name: str, times: Decimal) -> str:
    """比上月多9倍，疑似单位错; empty where there is no jump."""
    if times >= TEN:
        return f"比{name}多{more_of(times)}倍，疑似单位错，请确认。"
    if times >= JUMP:
        return f"比{name}多约{more_of(times)}倍，请确认。"
    if times <= 1 / TEN:
        return f"不足{name}的九分之一，疑似单位错，请确认。"
    return f"不足{name}的三分之一，请确认。" if times <= 1 / JUMP else ""


def more_of(times: Decimal) -> str:
    return format((times - 1).quantize(Decimal(1)), "f")


def check_peers(sheet, cell, figure, past) -> Iterator[Finding]:
    """Ten times what others usually say; only where its own past says nothing about it."""
    if cell.scope or not (said := sheet.peers.get(cell.place[0])) or compared(sheet, past):
        return
    others = [value for value in said if value > 0]
    if len(others) < FEWEST_PEERS:
        return
    usual = Decimal(median(others))
    if cell.indicator.measure == Measure.FLOW and figure.value >= usual * AMONG_PEERS:
        words = f"比其他单位同期的中位数（{says(usual, cell.indicator)}）多"
        yield at(cell, WARNING, "peers", f"{words}{more_of(figure.value / usual)}倍，请确认。")


def check_scope(sheet, cell, figure, past) -> Iterator[Finding]:
    """Asked for 本级 and said about what the whole place came to last time."""
    if cell.scope != OWN_SCOPE or figure.kind != Said.VALUE:
        return
    whole = sheet.wholes.get(cell.place[:2])
    if not whole:
        return
    own = past.last.value if past.last and past.last.value is not None else Decimal(0)
    if whole >= 2 * own and abs(figure.value - whole) <= whole * NEAR:
        words = f"这里只填本级的数，与{sheet.last_word}{cell.region.name}全部的合计"
        words += f"（{says(whole, cell.indicator)}）相近，疑似把下级的数也填了进来，请确认。"
        yield at(cell, WARNING, "scope", words)


def check_size(sheet, cell, figure, past) -> Iterator[Finding]:
    """More than a place of its level can have; only where its own past says nothing about it."""
    level = LEVELS.get(cell.region.level)
    most = MOST.get(cell.indicator.unit.dimension)
    if not level or not most or compared(sheet, past) or abs(figure.value) < most * level.share:
        return
    words = f"{says(figure.value, cell.indicator)}超出了{level.word}可能达到的数量，"
    words += "疑似单位错或多输了数字。核实无误请填写情况说明。"
    yield at(cell, ERROR, "size", words, figure=figure, explainable=True)


EVERY = (
    check_share, check_decimals, check_sign, check_falls, check_repeats, check_jumps, check_slips,
    check_peers, check_scope, check_size,
)  # fmt: skip
