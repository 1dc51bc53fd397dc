"""Single numbers with what belongs to them: qualifier, scale, unit, rate; the smallest pieces of the grammar."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from . import qualifiers
from .measures import COUNTER, UNIT
from .numerals import DIGITS, TENS, Unreadable, read_numeral
from .units import SCALES, normal_unit

_A = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,4000})(?:\.\d{1,12}(?!\d))?"
_MIXED = rf"{_A}(?:[十百千](?![克米瓦伏卡帕赫]))?(?:(?<=[十百千\d])(?:万亿|[万亿])(?:\d{{4}}(?!\d)|\d{{1,4}}[千百]?万(?!亿)))?"
_C = r"[〇零一二三四五六七八九十百千两][〇零一二三四五六七八九十百千两点]{0,15}"
NUMBER = re.compile(
    rf"(?P<arabic>{_MIXED})|(?P<chinese>{_C}(?:[万亿](?:{_C})?){{0,3}}|[万亿](?=[余多]))"
)
_SCALE = re.compile(
    r"万亿|[百千十]万亿|[百千]?[万亿](?![里众物象向隆达全家科州般户名])|[百千]?[万亿](?=[户名家](?!$))"
)
_BEFORE = sorted(
    {
        *qualifiers.BEFORE,
        *(word for word in qualifiers.SYNONYMS if word not in ("及以上", "及以下", "之内", "上限")),
    },
    key=len,
    reverse=True,
)
_SHORT = ("近", "超", "逾", "约")
_PRE = re.compile(
    rf"(?P<word>{'|'.join(word for word in _BEFORE if word not in _SHORT)})(?:了|为|占|有|达|需|过|全国|全省|全市|人民币|其){{0,2}}$"
    r"|(?P<about>(?<![节契公预签制条相违特])约)(?:为|占|有|达|需|全国|全省|全市|人民币){0,2}$|(?P<short>(?<![附临邻靠最亲远周就切逼赶高])(?:近|超|逾))$"
)
_AFTER = re.compile(r"及?以上|及?以下|以内|之内|左右|上下")
_RESIDUAL = re.compile(r"[余多]")
_DIGIT_RUN = re.compile(rf"[{''.join(DIGITS)}]{{2,16}}")
_BARE = frozenset("百千万亿") | {"百万", "千万", "百亿", "千亿", "万亿", "十百"}
LONGEST = 16


@dataclass(frozen=True)
class Token:
    """A number in the text. `head` is where its digits begin, `start` where its qualifier begins."""

    start: int
    head: int
    end: int
    number: str
    scale: str
    unit: str
    rate: str
    qualifier: str
    chinese: bool
    value: Decimal
    place: Decimal | None = None
    note: str = ""

    def take(self, **changes: object) -> "Token":
        """A copy with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Unread:
    """A number that the grammar does not read, and why."""

    start: int
    end: int
    reason: str


def read_token(text: str, match: re.Match[str]) -> Token | Unread:
    """The token whose number `match` (of NUMBER) found; raises nothing."""
    chinese = match["chinese"] is not None
    number = match[0]
    if not chinese and len(number.replace(",", "").replace(".", "")) > LONGEST:
        return Unread(match.start(), match.end(), "数字过长")
    if chinese and _DIGIT_RUN.fullmatch(number):
        return Unread(match.start(), match.end(), "概数或编号")
    try:
        return _dressed(text, match.start(), match.end(), number, chinese)
    except Unreadable as problem:
        return Unread(match.start(), match.end(), str(problem))


def _dressed(text: str, head: int, end: int, number: str, chinese: bool) -> Token:
    value = read_numeral(number)
    over, end = _optional(_RESIDUAL, text, end)
    scale, end = ("", end) if chinese and not over else _optional(_SCALE, text, end)
    late, end = ("", end) if over else _optional(_RESIDUAL, text, end)
    size = _size(scale)
    place = size if late and size > 1 else None
    residual, place, end, unit, rate = _unit(text, end, chinese, over or late, place)
    after, end = _optional(_AFTER, text, end)
    start, before = _before(text, head)
    words = [word for word in (before, residual, after) if word]
    qualifier = "+".join(qualifiers.SYNONYMS.get(word, word) for word in words)
    return Token(
        start, head, end, number, scale, unit, rate, qualifier, chinese, value * size, place
    )


def _optional(pattern: re.Pattern[str], text: str, position: int) -> tuple[str, int]:
    match = pattern.match(text, position)
    return (match[0], match.end()) if match else ("", position)


def _size(scale: str) -> Decimal:
    size = Decimal(1)
    for char in scale:
        size *= TENS.get(char) or SCALES[char]
    return size


def _unit(
    text: str, end: int, chinese: bool, residual: str, place: Decimal | None
) -> tuple[str, Decimal | None, int, str, str]:
    """The unit after the number; 多 may stand inside or behind it (2个多月, 3年多)."""
    match = (COUNTER if chinese else UNIT).match(text, end)
    if match is None:
        return residual, place, end, "", ""
    unit, end = match[0][: len(match[0]) - len(match["rate"] or "")], match.end()
    if unit == "个多月":
        return "多", None, end, "个月", match["rate"] or ""
    if (
        unit in ("年", "公里", "小时", "米", "吨")
        and not residual
        and text[end : end + 1] == "多"
        and text[end + 1 : end + 2] not in "种个次项方样元层"
    ):
        return "多", None, end + 1, unit, match["rate"] or ""
    return residual, place, end, normal_unit(unit), _rate(match["rate"])


def _rate(raw: str | None) -> str:
    return "/" + raw[1:] if raw else ""


def _before(text: str, head: int) -> tuple[int, str]:
    """Where the qualifier before the number begins, and which it is."""
    window = text[max(0, head - 14) : head]
    match = _PRE.search(window)
    if match is None:
        return head, ""
    return head - len(window) + match.start(), match["word"] or match["about"] or match["short"]


def is_bare_size(token: Token) -> bool:
    """百, 千万 and the like without a digit: a size in a name unless a qualifier says that it counts."""
    return token.chinese and token.number in _BARE and not token.qualifier
