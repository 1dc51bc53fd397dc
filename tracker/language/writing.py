"""Put a figure into words: the qualifier table of qualifiers.py read backwards (GB/T 15835-2011, house rules).

The value comes in base units (money in 元); the surface says the same value, never another one,
unless the caller asks for fewer decimals.
"""

from decimal import Decimal

from . import qualifiers
from .numerals import write_arabic, write_chinese
from .units import SCALES, UnitClass, spelling, unit_class

CHINESE = "汉字"
DISPLAYS = ("", "万", "亿", CHINESE)


def write_figure(
    value: Decimal,
    unit: str,
    *,
    decimals: int | None = None,
    display: str = "",
    qualifier: str = "",
    place: Decimal | None = None,
) -> str:
    """The surface of one figure: 16.74亿元, 676元/月, 300余名, 20余万人次, 约169.15万元, 150人左右, 三批.

    decimals: digits after the point in the display unit, as entered (padded, or rounded half up);
        None writes exactly the digits that the value needs.
    display: "", "万", "亿" or "汉字" (Chinese numerals, for small counts). A value below one 万 or 亿 is
        written in base units.
    qualifier: of the closed vocabulary, doubled ones too (约+余 is written 余, 超+余 is written 超).
    place: the size the residual of 余 / 多 stays below, in base units (1万 gives 180万余元, 100万 gives
        500余万元); None places it by the figure's shape.
    Raises ValueError for an unknown display or qualifier and for one bound of a range.
    """
    if display not in DISPLAYS:
        raise ValueError(f"不认识的显示单位:{display}")
    value, word = Decimal(value), _writable(value, unit, qualifier)
    scale = display if display in SCALES and abs(value) >= SCALES[display] else ""
    digits = None if scale != display and display != CHINESE else decimals
    return _dress(
        _Parts(_digits(value, unit, scale, display, digits), scale, _spelt(unit)),
        word,
        value,
        place,
    )


# Brackets stand in Chinese text as wide as its characters, whatever was typed in a catalogue.
WIDE = str.maketrans("()", "（）")


class _Parts:
    """A figure's surface before its qualifier: number, scale, unit."""

    def __init__(self, number: str, scale: str, unit: str):
        self.number, self.scale, self.unit = number, scale, unit


def _spelt(unit: str) -> str:
    """The unit as it is written behind a number, in the catalogue's own brackets: 3个百分点, 8666人(户)."""
    known = spelling(unit)
    return "个百分点" if known == "百分点" else known


def _writable(value: Decimal, unit: str, qualifier: str) -> str:
    word = qualifiers.single(qualifier)
    if word in ("区间下限", "区间上限"):
        raise ValueError("区间的两端要一起写:write_range")
    # 余 leaves no room in a percentage or below ten; 超 says the same about the true value.
    cramped = abs(value) < 10 or unit_class(unit) == UnitClass.PERCENT or unit in ("倍", "成")
    return "超" if word in qualifiers.OVER and cramped else word


def _digits(value: Decimal, unit: str, scale: str, display: str, decimals: int | None) -> str:
    if display == CHINESE:
        return "两" if value == 2 and unit not in ("", "成", "番") else write_chinese(value)
    return write_arabic(value / SCALES[scale], decimals)


def _dress(parts: _Parts, word: str, value: Decimal, place: Decimal | None) -> str:
    if word in qualifiers.OVER:
        return _with_residual(parts, word, value, place)
    plain = parts.number + parts.scale + parts.unit
    return plain + word if word in qualifiers.AFTER_UNIT else word + plain


def _with_residual(parts: _Parts, word: str, value: Decimal, place: Decimal | None) -> str:
    number = parts.number
    if number in ("一百", "一千", "一万"):
        number = number[1:]
    if parts.scale and not _residual_before_scale(value / SCALES[parts.scale], parts.scale, place):
        return number + parts.scale + word + parts.unit
    return number + word + parts.scale + parts.unit


def _residual_before_scale(mantissa: Decimal, scale: str, place: Decimal | None) -> bool:
    """20余万 when what is left out may reach 1万, 20万余 when it stays below."""
    if place is not None:
        return place > SCALES[scale]
    return mantissa % 10 == 0


def write_range(
    low: Decimal,
    high: Decimal,
    unit: str,
    *,
    decimals: int | None = None,
    display: str = "",
    mark: str = "—",
) -> str:
    """3万元—5万元, 15%—30%, 6—16岁: the unit is repeated where its loss would change a value."""
    first = write_figure(low, unit, decimals=decimals, display=display)
    second = write_figure(high, unit, decimals=decimals, display=display)
    scaled = display in SCALES and abs(Decimal(high)) >= SCALES[display] > 1
    shared = not scaled and unit_class(unit) not in (UnitClass.MONEY, UnitClass.PERCENT)
    return (first.removesuffix(_spelt(unit)) if shared else first) + mark + second


def suggest_display(value: Decimal, unit: str) -> str:
    """The display unit that officials would choose: money converts, a count only when it is round.

    18624人次 stays, 290000人 is 29万人, 16740000元 is 1674万元. Returns "", "万" or "亿".
    """
    value = abs(Decimal(value))
    base, _, rate = unit.partition("/")
    if value < SCALES["万"] or rate and value < 10 * SCALES["万"]:
        return ""
    if unit_class(base) != UnitClass.MONEY and value % 100:
        return ""
    return "亿" if value >= SCALES["亿"] and value % 10**6 == 0 else "万"
