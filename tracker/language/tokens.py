"""Single numbers with what belongs to them: qualifier, scale, unit, rate; the smallest pieces of the grammar."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from . import qualifiers
from .measures import COUNTER, LARGE_COUNTER, UNIT
from .numerals import DIGITS, TENS, Unreadable, read_numeral
from .units import SCALES, spelling

_A = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,3}(?: \d{3}){1,4}(?!\d)|\d{1,4000})(?:\.\d{1,12}(?!\d))?"
)
_MIXED = rf"{_A}(?:[十百千](?![克米瓦伏卡帕赫]))?(?:(?<=[十百千\d])(?:万亿|[万亿])(?:\d{{4}}(?!\d)|\d{{1,4}}[千百]?万(?!亿)|\d千(?![克米瓦伏卡帕赫])(?:\d百)?))?"
_C = r"(?!零(?![〇零一二三四五六七八九点]))[〇零一二三四五六七八九十百千两][〇零一二三四五六七八九十百千两点]{0,15}"
_BIG = r"[壹贰叁肆伍陆柒捌玖][拾佰仟萬万亿億][零壹贰叁肆伍陆柒捌玖拾佰仟萬万亿億]{0,20}"
NUMBER = re.compile(
    rf"(?P<arabic>{_MIXED})|(?P<chinese>{_C}(?:[万亿](?:{_C})?){{0,3}}|[万亿](?=[余多])|(?<=[近超逾约])[万亿](?=[名人户元家件亩个场次吨])|{_BIG})"
)
_SCALE = re.compile(r"[百千十]?万亿|[百千]?[万亿]")
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
    rf"(?P<word>{'|'.join(word for word in _BEFORE if word not in _SHORT)})(?:了|为|在|占|有|达|需|过|人民币){{0,2}}$"
    r"|(?P<about>(?<![节契公预签制条相违特])约)(?:为|在|占|有|达|需|全国|全省|全市|人民币){0,3}$|(?P<broke>(?<=[次已再均数额量值率入双])破)$|(?P<sign>[≥≤＞＜><])$|(?P<short>(?<![附临邻靠最亲远周就切逼赶高])(?:近|超|逾))$"
)
_AFTER = re.compile(
    r"(?:[（(]含[^（）()\d]{0,6}[)）])?(?P<word>及?以上|及?以下|以内|之内|左右|上下)"
)
_SIGNS = {"≥": "不低于", "≤": "不超过", "＞": "超", ">": "超", "＜": "低于", "<": "低于"}
_LETTERED = re.compile(r"[A-Za-z\-=/] ?[<>]$")
_RESIDUAL = re.compile(
    r"[余多]|来(?=[万个名户天人岁块亩斤次家公里分小年]|平方)(?!人员|人才|年度|公司)"
)
_DIGIT_RUN = re.compile(rf"[{''.join(DIGITS)}]{{2,16}}")
_TENTH = re.compile(r"[一二三四五六七八九](?=[，。；、,;以左的\s）)]|$)")
_BARE = frozenset("百千万亿") | {"百万", "千万", "百亿", "千亿", "万亿", "十百"}
LONGEST = 16
HALF = Decimal("0.5")
BLANKS = (" ", "\u3000", "\u00a0")
_LONG = frozenset(
    [
        "成",
        "圈",
        "年",
        "公里",
        "小时",
        "番",
        "米",
        "吨",
        "天",
        "倍",
        "个月",
        "亩",
        "公斤",
        "周",
        "岁",
        "%",
    ]
)
_DONE = ("完成", "建成", "达成", "形成", "组成")
_SPANS = frozenset(["岁", "周岁", "年", "个月", "天", "周", "小时", "分钟"])
_BEHIND = re.compile(r"多(?![种个次项方样元层部功年地渠措级])|半(?![年数径成天月])")


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
    number = match[0].replace(" ", "")
    if not chinese and len(number.replace(",", "").replace(".", "")) > LONGEST:
        return Unread(match.start(), match.end(), "数字过长")
    if chinese and _vague(text, match.start(), match.end()):
        return Unread(match.start(), match.end(), "概数")
    if chinese and _DIGIT_RUN.fullmatch(number):
        return _digits_only(text, match, number)
    try:
        return _dressed(text, match.start(), match.end(), number, chinese)
    except Unreadable as problem:
        return Unread(match.start(), match.end(), "概数" if chinese else str(problem))


def _vague(text: str, start: int, end: int) -> bool:
    """几十个, 数千名, 上百家, 十几个: a size, no value."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return after == "几" or (
        text[start] in "十百千万亿"
        and before in ("几", "数", "上", "成")
        and text[max(0, start - 2) : start] not in _DONE
    )


def _digits_only(text: str, match: re.Match[str], number: str) -> Token | Unread:
    """八五折 is 8.5折; 七八个 is vague; a longer run numbers a thing."""
    if len(number) == 2 and text.startswith("折", match.end()):
        return _dressed(text, match.start(), match.end(), f"{number[0]}点{number[1]}", True)
    return Unread(match.start(), match.end(), "概数" if len(number) == 2 else "编号")


def _dressed(text: str, head: int, end: int, number: str, chinese: bool) -> Token:
    over, end = _optional(_RESIDUAL, text, end)
    scale, end = ("", end) if chinese and not over else _optional(_SCALE, text, end)
    late, end = ("", end) if over else _optional(_RESIDUAL, text, end)
    size = _size(scale)
    unit, rate, inside, half, end = _unit(text, end, chinese, number)
    tenth, end = _tenth(text, end) if unit == "成" and not inside else (Decimal(0), end)
    after, end = qualifier_after(text, end)
    start, before = qualifier_before(text, head)
    residual = {"来": "左右"}.get(over or late, over or late or inside)
    words = [word for word in (before, residual, after) if word]
    qualifier = "+".join(qualifiers.SYNONYMS.get(word, word) for word in words)
    value = read_numeral(number) * size + (HALF if half else 0) + tenth
    return Token(
        start,
        head,
        end,
        number,
        scale,
        unit,
        rate,
        qualifier,
        chinese,
        value,
        size if late and size > 1 else None,
    )


def _tenth(text: str, end: int) -> tuple[Decimal, int]:
    """九成五 is 9.5成; but 九成三个人 begins anew."""
    match = _TENTH.match(text, end)
    return (Decimal(DIGITS[match[0]]) / 10, match.end()) if match else (Decimal(0), end)


def _optional(pattern: re.Pattern[str], text: str, position: int) -> tuple[str, int]:
    """What stands next, a single blank before it allowed."""
    match = pattern.match(text, position) or (
        pattern.match(text, position + 1) if text[position : position + 1] in BLANKS else None
    )
    return (match[0], match.end()) if match else ("", position)


def _size(scale: str) -> Decimal:
    size = Decimal(1)
    for char in scale:
        size *= TENS.get(char) or SCALES[char]
    return size


def _measures(number: str) -> re.Pattern[str]:
    return LARGE_COUNTER if number[-1] in "十百千万" and number not in _BARE else COUNTER


def _unit(text: str, end: int, chinese: bool, number: str) -> tuple[str, str, str, bool, int]:
    """Unit, rate, 多 inside or behind it (2个多月, 3年多), whether a half is added (两年半), and the end."""
    pattern = _measures(number) if chinese else UNIT
    match = pattern.match(text, end) or (
        pattern.match(text, end + 1) if text[end : end + 1] in BLANKS else None
    )
    if match is None:
        return "", "", "", False, end
    rate, end = match["rate"] or "", match.end()
    unit = match[0].removesuffix(rate)
    if rate.startswith("每") and unit in _SPANS:
        # 80周岁每人: the rate belongs to the sum that follows.
        rate, end = "", end - len(rate)
    inside, half = unit.startswith("个多"), unit.startswith("个半")
    unit = unit.replace("个多", "个").replace("个半", "个")
    behind = _BEHIND.match(text, end) if unit in _LONG else None
    if behind:
        inside, half, end = inside or behind[0] == "多", half or behind[0] == "半", behind.end()
    return spelling(unit), _rate(rate), "多" if inside else "", half, end


def _rate(raw: str) -> str:
    return "/" + raw[1:] if raw else ""


def qualifier_before(text: str, head: int) -> tuple[int, str]:
    """Where the qualifier before the number begins, and which it is."""
    window = text[max(0, head - 14) : head]
    match = _PRE.search(window) or _PRE.search(window, 0, len(window) - window.endswith(BLANKS))
    if match and match["sign"] and _LETTERED.search(window):
        return head, ""
    if match is None:
        return head, ""
    sign = _SIGNS.get(match["sign"] or "", "")
    word = match["word"] or match["about"] or match["short"] or sign or "突破"
    return head - len(window) + match.start(), word


def qualifier_after(text: str, end: int) -> tuple[str, int]:
    """The qualifier behind the unit (以上, 左右), and where it ends."""
    match = _AFTER.match(text, end) or (
        _AFTER.match(text, end + 1) if text[end : end + 1] in BLANKS else None
    )
    return (match["word"], match.end()) if match else ("", end)


def is_bare_size(token: Token) -> bool:
    """百, 千万 and the like without a digit: a size in a name unless a qualifier says that it counts."""
    return token.chinese and token.number in _BARE and not token.qualifier
