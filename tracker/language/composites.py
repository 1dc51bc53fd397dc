"""Several numbers that are read together: ranges, lists with one unit, fractions, ratios, signs."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .numerals import Unreadable, read_numeral
from .qualifiers import fold
from .tokens import BLANKS, Token, qualifier_after, qualifier_before

_A = r"\d{1,15}(?:\.\d{1,12})?"
_C = r"[零一二三四五六七八九十百千两点]{1,10}"
FRACTION = re.compile(rf"(?P<of>\d{{1,6}}|{_C}|[万千百])分之(?P<part>{_A}|{_C})")
SLASH = re.compile(r"(?<![\d/.])(?P<part>\d{1,4})/(?P<of>[1-9]\d{0,4})(?![\d/.年])")
RATIO = re.compile(rf"(?<![\d:：∶.]){_A}(?: ?[:：∶] ?{_A}){{1,4}}(?![\d:：∶])")
_RANGE_MARK = re.compile(r"[—–\-－−~～―]{1,2}|至|到")
_LIST_MARK = re.compile(r"[、和及与]|以及")
_FROM = ("由", "从", "自")
_MINUS = ("-", "−", "－", "负", "零下")
_BURDEN = re.compile(r"[减担自抱肩背胜欠]$")
_BLANKS = "".join(BLANKS)
_PER = {"百": "%", "千": "‰"}


def read(text: str, match: re.Match[str]) -> Iterator[Token]:
    """The tokens of one match of FRACTION, SLASH or RATIO: a ratio has one per member."""
    if match.re is RATIO:
        yield from _members(match)
        return
    try:
        value = _value(match["part"], match["of"])
    except (Unreadable, ZeroDivisionError):
        return
    start, before = qualifier_before(text, match.start())
    after, end = qualifier_after(text, match.end())
    words = "+".join(fold(word) for word in (before, after) if word)
    yield Token(
        start, match.start(), end, match[0], "", _PER.get(match["of"], ""), "", words, False, value
    )


def _value(part: str, of: str) -> Decimal:
    """百分之三十 is 30 %, 三分之一 is 0.3333."""
    if of in _PER:
        return read_numeral(part)
    return (read_numeral(part) / read_numeral(of)).quantize(Decimal("0.0001")).normalize()


def _members(match: re.Match[str]) -> Iterator[Token]:
    for member in re.finditer(_A, match[0]):
        start, end = match.start() + member.start(), match.start() + member.end()
        yield Token(start, start, end, member[0], "", "比", "", "", False, Decimal(member[0]))


def join(text: str, tokens: list[Token]) -> list[Token]:
    """Lists take the unit that is said once (187、28、20倍), ranges become two bounds, signs are read."""
    joined = _share_units(text, tokens)
    return _ranges(
        text,
        [_signed(text, token, index and joined[index - 1]) for index, token in enumerate(joined)],
    )


def _share_units(text: str, tokens: list[Token]) -> list[Token]:
    shared = list(tokens)
    for index in range(len(shared) - 2, -1, -1):
        token, after = shared[index], shared[index + 1]
        gap = text[token.end : after.head].strip(_BLANKS) if after.head - token.end <= 4 else ""
        open_unit = not token.unit or (token.unit, after.unit) == ("个", "百分点")
        if gap and open_unit and token.chinese == after.chinese and after.unit and _joins(gap):
            shared[index] = _like(token, after)
    for index in range(1, len(shared)):
        shared[index] = _shared_forward(text, shared[index - 1], shared[index])
    return shared


def _shared_forward(text: str, token: Token, after: Token) -> Token:
    """每人每月930元和719元: the rate; 最大赔付额为12万元和20万元: the far qualifier."""
    gap = text[token.end : after.start] if 0 < after.start - token.end <= 2 else ""
    if token.unit != after.unit or not gap or not _joins(gap):
        return after
    rate = after.rate or token.rate
    highest = (
        not after.qualifier and token.qualifier in ("最高", "最多") and _LIST_MARK.fullmatch(gap)
    )
    return after.take(rate=rate, qualifier=token.qualifier if highest else after.qualifier)


def joins_list(gap: str) -> bool:
    """、和以及: between two members of one list."""
    return bool(_LIST_MARK.fullmatch(gap))


def _joins(gap: str) -> bool:
    return bool(_LIST_MARK.fullmatch(gap) or _RANGE_MARK.fullmatch(gap))


def _like(token: Token, after: Token) -> Token:
    """The unit, and the scale unless the token has its own or a larger mantissa in a range (8000—1.2万元)."""
    scale = "" if token.scale or token.chinese else after.scale
    size = (
        after.value / Decimal(after.number.replace(",", ""))
        if scale and _plain(after.number)
        else Decimal(1)
    )
    if scale and token.value > after.value / size * 20:
        scale, size = "", Decimal(1)
    return token.take(
        unit=after.unit, rate=after.rate, scale=token.scale or scale, value=token.value * size
    )


def _plain(number: str) -> bool:
    return (
        bool(re.fullmatch(r"[\d,]{1,20}(?:\.\d{1,12})?", number))
        and Decimal(number.replace(",", "")) != 0
    )


def _signed(text: str, token: Token, previous: Token | int) -> Token:
    """A minus that joins nothing is a sign: 为-3.2%, 零下5℃; 减负 and 自负 are words."""
    for sign in _MINUS:
        at = token.head - len(sign)
        if (
            at < 0
            or not text.startswith(sign, at)
            or sign == "负"
            and _BURDEN.search(text, max(0, at - 1), at)
        ):
            continue
        if (
            isinstance(previous, Token)
            and previous.end >= at
            or at
            and (text[at - 1].isalnum() and text[at - 1].isascii())
        ):
            return token
        return token.take(start=min(token.start, at), head=at, value=-token.value)
    return token


def _ranges(text: str, tokens: list[Token]) -> list[Token]:
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and _is_range(text, token, after):
            found += _bounds(token, after)
            index += 2
            continue
        found.append(token)
        index += 1
    return found


def _is_range(text: str, low: Token, high: Token) -> bool:
    gap = text[low.end : high.head].strip(_BLANKS) if high.head - low.end <= 4 else ""
    if (
        not _RANGE_MARK.fullmatch(gap)
        or low.chinese != high.chinese
        or low.unit not in ("", high.unit)
        or low.unit == "比"
    ):
        return False
    return (
        not (gap in ("至", "到") and text[max(0, low.start - 1) : low.start] in _FROM)
        and low.value < high.value
    )


def _bounds(low: Token, high: Token) -> tuple[Token, Token]:
    place = {"start": low.start, "end": high.end}
    return low.take(qualifier="区间下限", **place), high.take(
        qualifier="区间上限", head=low.head, **place
    )
