"""Read and write the numerals of Chinese official texts (GB/T 15835-2011), exactly.

Read: 18624, 18,624, １８６２４, 2.369亿, 5千, 5亿3千万, 一百零五, 二〇二一, 三点五. Everything is a
Decimal; a reading that could be meant in two ways (一百五) is an error, never a guess.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
    | {"○": 0, "两": 2}
)
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,20})?|\d{1,40}(?:\.\d{1,20})?")
_TOKEN = re.compile(r"[\d,.]{1,60}|.", re.DOTALL)
_LARGEST = 10**16
_WIDE = Context(prec=80)


class Unreadable(ValueError):
    """The text is no numeral, or one that can be read in two ways."""


def narrow(text: str) -> str:
    """Full-width and other decimal digits as ASCII; one character stays one character."""
    if text.isascii():
        return text
    return "".join(_narrow(char) for char in text)


def _narrow(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return {"，": ",", "．": ".", "％": "%", "－": "-"}.get(char, char)


def is_numeric(char: str) -> bool:
    """A digit or number sign of any script (①, Ⅲ, ½, ３), Chinese numerals apart."""
    if char < "\x80":
        return "0" <= char <= "9"
    return unicodedata.category(char) in ("Nd", "Nl", "No") and char != "〇"


def read_numeral(text: str) -> Decimal:
    """The value of a numeral in Arabic, Chinese or mixed writing; raises Unreadable."""
    plain = narrow(text.strip())
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    if len(plain) > 1 and all(char in DIGITS for char in plain):
        return Decimal("".join(str(DIGITS[char]) for char in plain))
    whole, point, fraction = plain.partition("点")
    return _read_mixed(whole) + (_read_fraction(fraction) if point else 0)


def _read_fraction(text: str) -> Decimal:
    if not text or any(char not in DIGITS for char in text):
        raise Unreadable(f"小数部分读不懂:{text}")
    return Decimal("0." + "".join(str(DIGITS[char]) for char in text))


def _read_mixed(text: str) -> Decimal:
    """Sections below 万, closed by 万 and 亿: 5亿3千万 = 5×10⁸ + 3000×10⁴."""
    if not text:
        raise Unreadable("没有数字")
    done, section = Decimal(0), []
    last = Decimal("Infinity")
    for token in _TOKEN.findall(text):
        if token not in MYRIADS:
            section.append(token)
            continue
        size = MYRIADS[token]
        part = _read_section(section) if section else None
        done, last = _close(done, part, Decimal(size), last)
        section = []
    return done + (_read_section(section, after=last) if section else 0)


def _close(
    done: Decimal, part: Decimal | None, size: Decimal, last: Decimal
) -> tuple[Decimal, Decimal]:
    if size < last:
        return done + (1 if part is None else part) * size, size
    if size > last and done < size:
        return (done + (part or 0)) * size, size
    raise Unreadable("万、亿的次序不对")


def _read_section(tokens: list[str], after: Decimal = Decimal("Infinity")) -> Decimal:
    """A section below 万: an Arabic number, or digits each with its 千 百 十."""
    total, pending, last, zero = Decimal(0), None, after, False
    for token in tokens:
        if token in TENS:
            size = Decimal(TENS[token])
            if size >= last:
                raise Unreadable("千、百、十的次序不对")
            total, pending, last, zero = (
                total + (1 if pending is None else pending) * size,
                None,
                size,
                False,
            )
        elif pending is not None:
            raise Unreadable("两个数字连在一起")
        elif DIGITS.get(token) == 0:
            zero = True
        else:
            pending = _read_digits(token)
    if pending is not None and not zero and last not in (10, Decimal("Infinity")) and pending < 10:
        raise Unreadable("末位可以有两种读法")
    return total + (pending or 0)


def _read_digits(token: str) -> Decimal:
    if token in DIGITS:
        return Decimal(DIGITS[token])
    if _GROUPED.fullmatch(token):
        return Decimal(token.replace(",", ""))
    raise Unreadable(f"不是数字:{token}")


def write_arabic(value: Decimal, decimals: int | None = None) -> str:
    """Plain digits without grouping; `decimals` pads or rounds half up, None writes what is needed."""
    value = Decimal(value)
    if decimals is not None:
        return f"{round_half_up(value, decimals):f}"
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded as officials round: half away from zero, at any size."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def write_chinese(value: Decimal | int) -> str:
    """一百零五, 二万, 三点五; below 10¹⁶, not negative."""
    whole, _, fraction = write_arabic(Decimal(value)).partition(".")
    if whole.startswith("-") or int(whole) >= _LARGEST:
        raise Unreadable(f"不能写成汉字数字:{value}")
    text = _write_whole(int(whole))
    return text + ("点" + write_digits(fraction) if fraction else "")


def _write_whole(number: int) -> str:
    if number == 0:
        return "零"
    text = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part:
            gap = text and part < (10**7 if size == 10**8 else 10**3)
            text += (
                ("零" if gap else "")
                + (_write_whole(part) if part >= 10**4 else _write_section(part))
                + name
            )
    return text.removeprefix("一") if text.startswith("一十") else text


def _write_section(part: int) -> str:
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, part = divmod(part, size)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return text


def write_digits(digits: str | int) -> str:
    """Digit by digit with 〇, as in years: 2021 -> 二〇二一."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(digits))


def write_year(year: int) -> str:
    """二〇二一年."""
    return write_digits(year) + "年"


def ordinal(number: int) -> str:
    """第三."""
    return "第" + write_chinese(number)
