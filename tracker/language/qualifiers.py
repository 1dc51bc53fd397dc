"""What 余, 近, 约, 超 ... say about the true value, and whether they are rightly said.

Source of the table: the house rules on qualifiers; 以上, 以下, 以内 include the number, 超过, 不满
exclude it (Civil Code, article 1259).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

OVER = ("余", "多")
ABOUT = ("约", "左右", "上下")
AT_LEAST = ("以上", "不少于", "不低于", "不小于", "至少", "最低", "区间下限")
AT_MOST = ("以内", "以下", "不超过", "不高于", "不大于", "最高", "最多", "区间上限")
BELOW = ("低于", "不足", "不满", "少于")
CLOSED = (*OVER, *ABOUT, *AT_LEAST, *AT_MOST, *BELOW, "超", "近")

BEFORE = (
    "约",
    "近",
    "超",
    "不少于",
    "不低于",
    "不小于",
    "至少",
    "最低",
    "不超过",
    "不高于",
    "不大于",
    "最高",
    "最多",
    "低于",
    "不足",
    "不满",
    "少于",
)
AFTER_NUMBER = OVER
AFTER_UNIT = ("左右", "上下", "以上", "以下", "以内")

SYNONYMS = {
    "超过": "超", "逾": "超", "突破": "超", "高于": "超", "超出": "超", "多于": "超", "大于": "超",
    "接近": "近", "将近": "近", "大约": "约", "约合": "约", "折合约": "约", "约为": "约", "约占": "约", "大概": "约",
    "不到": "不足", "未满": "不满", "及以上": "以上", "及以下": "以下", "之内": "以内", "起码": "至少",
    "不多于": "不超过", "小于": "低于", "上限": "最高", "最大": "最高",
}  # fmt: skip
_DOUBLED = {"约+余": "余", "约+多": "多", "超+余": "超", "超+多": "超", "约+左右": "约", "近+余": "近", "约+近": "近", "约+以上": "以上", "至少+以上": "至少", "不低于+以上": "不低于", "不少于+以上": "不少于", "最高+以内": "最高", "最多+以内": "最多", "超+以上": "超"}  # fmt: skip


class Agreement(StrEnum):
    """How a written figure stands to the true value."""

    WRITTEN = "written"  # true, and close enough that we would write it so
    HOLDS = "holds"  # true
    LOOSE = "loose"  # true, but it hides too much
    WRONG = "wrong"


@dataclass(frozen=True)
class Interval:
    """The values a statement allows; None is without bound."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        return above and (
            self.high is None or value < self.high or (value == self.high and not self.high_open)
        )

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high


def fold(qualifier: str) -> str:
    """Synonyms into the closed vocabulary (逾 -> 超), part by part; raises ValueError for an unknown word."""
    parts = [SYNONYMS.get(part, part) for part in qualifier.split("+")] if qualifier else []
    unknown = [part for part in parts if part not in CLOSED]
    if unknown:
        raise ValueError(f"不认识的限定词:{unknown[0]}")
    return "+".join(parts)


@lru_cache(512)
def single(qualifier: str) -> str:
    """The one word by which a doubled qualifier is meant: 约+余 -> 余, 超+余 -> 超."""
    folded = fold(qualifier)
    return _DOUBLED.get(folded, folded.split("+")[0])


def place_of(value: Decimal) -> Decimal:
    """The place value of the last digit that is not zero: 5000000 -> 1000000, 16.7 -> 0.1, 0 -> 1."""
    _, digits, exponent = Decimal(value).normalize().as_tuple()
    return Decimal(1).scaleb(exponent) if any(digits) else Decimal(1)


def interval(value: Decimal, qualifier: str, place: Decimal | None = None) -> Interval:
    """The values that `qualifier` allows around `value` (base units).

    `place`: for 余 and 多 the size that the residual stays below (1万 for 20万余; default: place of the
    last non-zero digit); for a bare figure the place it was rounded to (default: not rounded).
    """
    word = single(qualifier)
    if word == "":
        return _rounded(value, place)
    if word in OVER:
        return Interval(value, value + (place or place_of(value)), True, True)
    if word == "近":
        return Interval(value * Decimal("0.9"), value, False, True)
    if word in ABOUT:
        slack = min(place_of(value) / 2, abs(value) * Decimal("0.05"))
        return Interval(value - slack, value + slack)
    return _one_sided(value, word)


def _rounded(value: Decimal, place: Decimal | None) -> Interval:
    if place is None:
        return Interval(value, value)
    return Interval(value - place / 2, value + place / 2, value < 0, value >= 0)


def _one_sided(value: Decimal, word: str) -> Interval:
    if word == "超":
        return Interval(value, None, low_open=True)
    if word in AT_LEAST:
        return Interval(value, None)
    return Interval(None, value, high_open=word in BELOW)


def agrees(
    value: Decimal, qualifier: str, true: Decimal, place: Decimal | None = None
) -> Agreement:
    """Whether "`value` with `qualifier`" may be said when the value is `true`."""
    if true not in interval(value, qualifier, place):
        return Agreement.WRONG
    word = single(qualifier)
    if word == "近":
        return Agreement.WRITTEN if true >= value * Decimal("0.95") else Agreement.HOLDS
    if word in OVER or word == "超":
        return _by_residual(true - value, abs(value))
    return Agreement.WRITTEN


def _by_residual(residual: Decimal, size: Decimal) -> Agreement:
    if residual <= size * Decimal("0.1"):
        return Agreement.WRITTEN
    return Agreement.HOLDS if residual <= size * Decimal("0.2") else Agreement.LOOSE
