"""Whether a figure says a source: value, qualifier and unit, by the table of qualifiers."""

from decimal import Decimal

from tracker.language.qualifiers import Agreement, Interval, agrees, interval, single
from tracker.language.reading import FigureInText
from tracker.language.units import UnitClass, normal_unit, unit_class
from tracker.releases.proof.verdicts import Source, Verdict

# Units that measure; all others are measure words, which vary with the noun (家, 个, 处).
_MEASURING = frozenset(
    [
        "公里",
        "米",
        "厘米",
        "毫米",
        "亩",
        "公顷",
        "吨",
        "公斤",
        "千克",
        "克",
        "平方米",
        "平方公里",
        "立方米",
        "升",
        "千瓦时",
        "千瓦",
        "兆瓦",
        "吉瓦",
        "℃",
        "小时",
        "分钟",
        "秒",
        "天",
        "日",
        "年",
        "月",
        "个月",
        "周",
        "岁",
        "周岁",
        "倍",
        "成",
        "番",
        "百分点",
        "%",
        "‰",
        "度",
        "海里",
        "斤",
        "千米",
        "学时",
        "课时",
    ]
)
HUNDRED = Decimal(100)
_LOOSE_CLASSES = (UnitClass.ORGANISATION, UnitClass.OTHER)
_EXACT_SYNONYMS = {"多": "余", "左右": "约", "上下": "约", "逾": "超", "突破": "超"}


def same_unit(stated: str, stored: str) -> bool:
    """人 and 名 are one, 人 and 人次 are not; 家 and 个 are one, 亩 and 公里 are not; rates may be left out."""
    if stated == stored:
        return True
    base, _, rate = normal_unit(stated).partition("/")
    other, _, other_rate = normal_unit(stored).partition("/")
    if rate and other_rate and rate != other_rate:
        return False
    if base in _MEASURING or other in _MEASURING:
        return base == other
    kind, wanted = unit_class(base), unit_class(other)
    return kind == wanted or (kind in _LOOSE_CLASSES and wanted in _LOOSE_CLASSES)


def never_whole(figure: FigureInText, source: Source) -> bool:
    """100% of what is short of it: 99.96% is rounded to 100% by nobody."""
    percent = figure.unit == source.unit == "%" and not figure.qualifier
    return percent and figure.value == HUNDRED > source.value


def agreement(figure: FigureInText, source: Source) -> Agreement:
    """How the written value and qualifier stand to the source's, units apart."""
    if never_whole(figure, source):
        return Agreement.WRONG
    stated, stored = _word(figure.qualifier), _word(source.qualifier)
    if figure.value == source.value and _same(stated, stored):
        return Agreement.WRITTEN
    if stated.startswith("区间") or stored.startswith("区间"):
        return Agreement.WRONG
    if not stored:
        agreed = agrees(figure.value, figure.qualifier, source.value, figure.place)
        return Agreement.LOOSE if agreed != Agreement.WRONG and _far(figure, source) else agreed
    true = interval(source.value, source.qualifier)
    said = interval(figure.value, figure.qualifier, figure.place)
    if not _within(true, said):
        return Agreement.WRONG
    return Agreement.LOOSE if _far(figure, source) else Agreement.HOLDS


def _far(figure: FigureInText, source: Source) -> bool:
    """What is true only because a bound is open: 不低于10% of 63%."""
    return bool(figure.qualifier) and abs(source.value - figure.value) > abs(
        figure.value
    ) * Decimal("0.2")


def says(figure: FigureInText, source: Source) -> Agreement:
    """The same with units: another unit is wrong."""
    return agreement(figure, source) if same_unit(figure.unit, source.unit) else Agreement.WRONG


def verdict_of(figure: FigureInText, source: Source, agreed: Agreement) -> Verdict:
    """The verdict for a figure that says its source."""
    if agreed == Agreement.LOOSE:
        return Verdict.LOOSE
    if source.op and source.op not in ("SUM", "FROM_TO", "TARGET"):
        return Verdict.DERIVED
    return Verdict.VERIFIED if figure.value == source.value else Verdict.ROUNDED


def _word(qualifier: str) -> str:
    try:
        word = single(qualifier)
    except ValueError:
        return qualifier
    return _EXACT_SYNONYMS.get(word, word)


def _same(stated: str, stored: str) -> bool:
    return stated == stored


def _within(inner: Interval, outer: Interval) -> bool:
    """Whether every value that is allowed by `inner` is allowed by `outer`."""
    if outer.low is not None:
        if inner.low is None or inner.low < outer.low:
            return False
        if inner.low == outer.low and outer.low_open and not inner.low_open:
            return False
    if outer.high is not None:
        if inner.high is None or inner.high > outer.high:
            return False
        if inner.high == outer.high and outer.high_open and not inner.high_open:
            return False
    return True
