"""How a wrong figure probably came about: what a tired hand does to a number."""

from decimal import ROUND_DOWN, Decimal

from tracker.language.numerals import write_arabic
from tracker.language.qualifiers import OVER, place_of
from tracker.language.reading import FigureInText
from tracker.language.units import UnitClass, unit_class
from tracker.language.writing import write_figure
from tracker.releases.proof.saying import same_unit
from tracker.releases.proof.verdicts import Source

_BESIDE = Decimal("0.1")
_ABOVE = (*OVER, "超", "约+余", "约+多", "超+余", "超+多")
_WAN = Decimal(10**4)
# By so many places a number slips: a point in the wrong place, 万, 亿.
_SCALED = (1, 4, 8)
QUALIFIER, UNIT, SWAPPED, SCALE, DIGIT, CUT, OTHER = (
    "qualifier", "unit", "swapped", "scale", "digit", "cut", "",
)  # fmt: skip
# How much each kind of slip speaks for the source having been meant.
WORTH = {QUALIFIER: 200, UNIT: 200, SWAPPED: 160, SCALE: 200, CUT: 160, DIGIT: 90, OTHER: 0}
_WORDS = {
    QUALIFIER: "限定词与台账不符",
    SWAPPED: "数字颠倒",
    DIGIT: "有一位数字不同",
    CUT: "应四舍五入，不应截去尾数",
}


def slip(figure: FigureInText, source: Source) -> str:
    """The kind of slip that leads from the source to the figure; empty when none does."""
    stated, true = abs(figure.value), abs(source.value)
    same = same_unit(figure.unit, source.unit)
    if stated == true:
        return QUALIFIER if same else UNIT
    if not same or not stated or not true:
        return OTHER
    if _other_side(figure.qualifier, stated, true):
        return QUALIFIER
    apart = abs(stated.adjusted() - true.adjusted())
    if apart in _SCALED and stated.scaleb(true.adjusted() - stated.adjusted()) == true:
        return SCALE
    if apart > 1:
        return OTHER
    if not apart and _cut(figure, true):
        return CUT
    return _by_digits(_digits(stated), _digits(true))


def _other_side(qualifier: str, stated: Decimal, true: Decimal) -> bool:
    """近30万 for what is above it, 30余万 for what is below."""
    if not qualifier or abs(true - stated) > stated * _BESIDE:
        return False
    return true > stated if qualifier in ("近", "不足") else true < stated and qualifier in _ABOVE


def _digits(value: Decimal) -> str:
    return write_arabic(value).replace(".", "").strip("0")


def _cut(figure: FigureInText, true: Decimal) -> bool:
    place = place_of(figure.value)
    return place > place_of(true) and (true / place).to_integral_value(ROUND_DOWN) * place == abs(
        figure.value
    )


def _by_digits(stated: str, true: str) -> str:
    if len(stated) != len(true):
        return (
            DIGIT
            if len(true) > 3 and abs(len(stated) - len(true)) == 1 and _one_lost(stated, true)
            else OTHER
        )
    differing = [at for at in range(len(true)) if stated[at] != true[at]]
    if len(differing) == 1 and len(true) > 1:
        return DIGIT
    if len(differing) == 2 and sorted(stated) == sorted(true):
        return SWAPPED
    return OTHER


def _one_lost(one: str, other: str) -> bool:
    """One digit was left out or typed twice."""
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def said(source: Source) -> str:
    """The source as it would be written: 近30万元."""
    qualifier = "" if source.qualifier.startswith("区间") else source.qualifier
    try:
        return write_figure(
            source.value, source.unit, display=_display(source), qualifier=qualifier
        )
    except ValueError:
        return f"{write_arabic(source.value)}{source.unit}"


def _display(source: Source) -> str:
    money = unit_class(source.unit) == UnitClass.MONEY
    return "万" if money and source.value >= 10 * _WAN and source.value % 100 == 0 else ""


def hint(figure: FigureInText, source: Source) -> str:
    """For the editor: what the ledger says, and what probably happened."""
    kind = slip(figure, source)
    if kind == UNIT:
        why = f"单位应为“{source.unit}”"
    elif kind == SCALE:
        why = (
            "少了“万”或“亿”，或小数点错位"
            if abs(figure.value) < abs(source.value)
            else "多了“万”或“亿”，或小数点错位"
        )
    else:
        why = _WORDS.get(kind, "")
    return f"台账“{source.name}”为{said(source)}" + (f"，{why}。" if why else "。")
