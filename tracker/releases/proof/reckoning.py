"""Arithmetic that a sentence claims of its own figures, whatever the ledger says of each of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.language.numerals import round_half_up, write_arabic
from tracker.language.qualifiers import Interval
from tracker.language.reading import FigureInText, Role
from tracker.language.units import UnitClass, normal_unit, unit_class
from tracker.releases.proof.ground import Ground, Kin
from tracker.releases.proof.grouping import Group, by_sentence
from tracker.releases.proof.limits import apart, bounds, times
from tracker.releases.proof.rulebook import found
from tracker.releases.proof.verdicts import Checked, Finding, Verdict

_HUNDRED = Decimal(100)
_AVERAGE = re.compile(r"(?:平均|人均|户均|均值)[一-龥]{0,6}$")
_LOWEST, _HIGHEST = re.compile(r"最[低少小][一-龥]{0,4}$"), re.compile(r"最[高多大][一-龥]{0,4}$")
_YEARLY = re.compile(r"(?:每年|年均)[一-龥]{0,8}$")
_IN_A_ROW = re.compile(r"(?:连续|连|为期|分)$")
_OF_WHICH = re.compile(r"其中[^，,。；;\n]{0,16}$")
_SHARE = re.compile(r"占(?:比|到|了)?(?:约|近|超过?)?(?:为|达)?$")
_SHARE_OF_IT = re.compile(r"[^，,。；;]{0,8}[，,（(]?占(?:比|到|了)?(?:约|近|超过?)?(?:为|达)?")
_BASED = re.compile(r"[中内里]|其中|总|全|的|率")
_YEARS = re.compile(
    r"“十[一二三四五六]五”(?:以来|期间|时期|末)|(?P<since>(?:19|20)\d{2})年(?:[一-龥]{0,8})?以来"
    r"|(?:近|过去|这|连续)?(?:[二两三四五六七八九十]|\d{1,2})年(?:多)?(?:来|间)|(?:19|20)\d{2}年?[—－~～至](?:19|20)\d{2}年"
)
_CUMULATED = re.compile(r"累计|共计|总计|合计|共|总共")


def reckoning(text: str, ground: Ground, checked: Sequence[Checked]) -> Iterator[Finding]:
    """Products, averages, shares and spans of years that do not come out."""
    for group in by_sentence(text, checked):
        yield from _shares(text, group)
        yield from _without_base(text, group)
        yield from _products(group)
        yield from _averages(text, group)
        yield from _years_times_amount(text, group)
        yield from _longer_than_its_row(text, ground, group)


def _shares(text: str, group: Group) -> Iterator[Finding]:
    """资助学生2000名，其中孤儿500名，占30%."""
    for whole, part, share in zip(
        group.checked, group.checked[1:], group.checked[2:], strict=False
    ):
        a, b, c = whole.figure, part.figure, share.figure
        if share.verdict == Verdict.DERIVED or not a.value or a.qualifier or b.qualifier:
            continue
        if (
            c.unit == "%"
            and normal_unit(a.unit) == normal_unit(b.unit) != "%"
            and b.value <= a.value
            and _OF_WHICH.search(text[a.end : b.start])
            and _SHARE_OF_IT.fullmatch(text, b.end, c.start)
        ):
            yield from _wrong_share(c, b.value / a.value * _HUNDRED)


def _wrong_share(share: FigureInText, true: Decimal) -> Iterator[Finding]:
    if true not in bounds(share):
        decimals = len(write_arabic(share.value).partition(".")[2])
        right = write_arabic(round_half_up(true, decimals), decimals)
        suggestion = (
            None if share.qualifier else share.raw.replace(write_arabic(share.value), right)
        )
        yield found("C11", share, f"按前面两个数，占比应为{right}%。", suggestion)


def _without_base(text: str, group: Group) -> Iterator[Finding]:
    """女职工占38%: of what? Any count, or a word that names a whole, answers it."""
    shares = [one for one in group.checked if one.figure.role == Role.SHARE]
    if len(shares) != 1 or len(group.checked) != 1 or shares[0].source:
        return
    [one] = shares
    before = text[group.sentence.start : one.figure.start]
    if _SHARE.search(before) and not _BASED.search(before):
        yield found("C11", one.figure, "占比没有写明是占谁的，请补上基数。")


def _products(group: Group) -> Iterator[Finding]:
    """为931名学生每人发放500元，共发放46.55万元: one count, one rate and one total."""
    rates, totals, counts = [], [], []
    for figure in group.figures:
        kind, (_, _, per) = unit_class(figure.unit), figure.unit.partition("/")
        if kind == UnitClass.MONEY:
            (rates if per else totals).append(figure)
        elif kind != UnitClass.PERCENT and figure.role not in (Role.DURATION, Role.CRITERION):
            counts.append(figure)
    if len(rates) != 1 or len(totals) != 1 or len(counts) != 1:
        return
    [rate], [total], [count] = rates, totals, counts
    per = rate.unit.partition("/")[2]
    alike = unit_class(per) == unit_class(count.unit) and per != count.unit.partition("/")[2]
    if unit_class(per) == UnitClass.OTHER:
        alike = per == count.unit
    if not alike or rate.qualifier or count.qualifier or total.start < rate.start:
        return
    if apart(times(bounds(count), bounds(rate)), bounds(total)):
        made = write_arabic(count.value * rate.value)
        yield found("C12", total, f"{count.raw}乘{rate.raw}是{made}元，与“{total.raw}”不符。")


def _averages(text: str, group: Group) -> Iterator[Finding]:
    figures = group.figures
    for figure in figures:
        if not _AVERAGE.search(text, max(0, figure.start - 10), figure.start):
            continue
        others = [one for one in figures if one is not figure and _same_base(one, figure)]
        low = _extreme(text, others, "区间下限", _LOWEST, "最低")
        high = _extreme(text, others, "区间上限", _HIGHEST, "最高")
        if low is None or high is None or low > high:
            continue
        if apart(bounds(figure), Interval(low, high)):
            yield found("C15", figure, f"“{figure.raw}”不在{write_arabic(low)}与{write_arabic(high)}之间。")  # fmt: skip


def _same_base(one: FigureInText, other: FigureInText) -> bool:
    return normal_unit(one.unit).partition("/")[0] == normal_unit(other.unit).partition("/")[0]


def _extreme(
    text: str, figures: Sequence[FigureInText], bound: str, words: re.Pattern[str], word: str
) -> Decimal | None:
    """The one value that is said to be the lowest, or the highest."""
    ends = [
        one.value
        for one in figures
        if one.qualifier in (bound, word) or words.search(text, max(0, one.start - 8), one.start)
    ]
    return ends[0] if len(ends) == 1 else None


def _years_times_amount(text: str, group: Group) -> Iterator[Finding]:
    """每年投入1000万元，连续5年共投入6000万元."""
    figures = group.figures
    for yearly, years, total in zip(figures, figures[1:], figures[2:], strict=False):
        a_year = yearly.unit.endswith("/年") or _YEARLY.search(text, max(0, yearly.start - 12), yearly.start)  # fmt: skip
        if (
            a_year
            and unit_class(yearly.unit) == unit_class(total.unit) == UnitClass.MONEY
            and (years.unit, years.role) == ("年", Role.DURATION)
            and _IN_A_ROW.search(text, max(0, years.start - 4), years.start)
            and "/" not in total.unit
            and apart(times(bounds(yearly), bounds(years)), bounds(total))
        ):
            made = write_arabic(yearly.value * years.value)
            yield found("C23", total, f"{yearly.raw}乘{years.raw}是{made}元，与“{total.raw}”不符。")


def _longer_than_its_row(text: str, ground: Ground, group: Group) -> Iterator[Finding]:
    """“十三五”以来累计 with the figure of one year."""
    for one in group.checked:
        source = one.source
        if source is None or source.op not in ("", "SUM") or not source.span or not ground.kin.get(source.indicator or 0, Kin()).flow:  # fmt: skip
            continue
        before = text[group.sentence.start : one.figure.start]
        years, clause = _YEARS.search(before), re.split("[，,；;]", before)[-1]
        if not years or not _CUMULATED.search(clause) or years["since"] == source.span[:4]:
            continue
        yield found("C20", one.figure, f"写的是“{years[0]}”累计，台账“{source.name}”是{source.span}的数。")  # fmt: skip
