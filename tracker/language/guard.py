"""Refuse numbers that nobody approved in text that people type: fail closed.

Everything with a numeric value counts, in any script and width; Chinese numerals pass only in a word
of the closed list (fixed_words.py), a protected name, or a form that the caller allows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .figures import recognise
from .fixed_words import DISGUISED, ENUMERATORS, WORDS, any_of
from .numerals import is_numeric
from .prose import Sentence, sentences
from .reading import FigureInText, NotFigure

CHINESE = "〇零一二三四五六七八九十百千万亿两廿卅卌壹贰叁肆柒捌玖佰仟萬億兆"
# 伍, 陆, 拾 and others live in ordinary words; they are numerals only in company.
_AMBIGUOUS = "伍陆拾"
_CHINESE_RUN = re.compile(f"[{CHINESE}{_AMBIGUOUS}]{{1,200}}")
_DATE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|[上下]半年|第[一二三四]季度|[一二三四]季度|第\d{1,2}周)?"
    r"|\d{1,2}月(?:\d{1,2}日(?:至\d{1,2}日)?)?|[一二三四]季度|[〇一二三四五六七八九]{4}年"
)
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百]{1,5}(?![一二三四五六七八九十百千万亿〇零两分])|第\d{1,4}(?![\d.,万亿千百%])"
)
_FRACTION = re.compile(rf"[\d{CHINESE}]{{1,30}}分之[\d{CHINESE}]{{1,30}}")
_HEADING = re.compile(
    r"(?m)^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}\.(?!\d)|（\d{1,2}）)"
)


@dataclass(frozen=True)
class Stray:
    """A number outside every allowed form; reason is for the person who typed it."""

    start: int
    end: int
    raw: str
    reason: str


def stray_numbers(
    text: str,
    protected: Sequence[str] = (),
    *,
    allow_dates: bool = False,
    allow_ordinals: bool = False,
    allow_headings: bool = False,
) -> list[Stray]:
    """Every digit run and Chinese numeral of `text` that no allowed form covers, in order.

    protected: names that may hold numerals (515扶贫工程); each is allowed as a whole only.
    allow_dates, allow_ordinals, allow_headings: 2021年4月, 第六场, and 一、 or 1. at a line's beginning.
    Linear in the length of the text.
    """
    allowed = bytearray(len(text))
    forms = [(allow_dates, _DATE), (allow_ordinals, _ORDINAL), (allow_headings, _HEADING)]
    for pattern in [_FIXED, *_names(protected), *(form for wanted, form in forms if wanted)]:
        _allow(text, pattern, allowed)
    for match in _FRACTION.finditer(text):
        allowed[match.start() : match.end()] = bytes(len(match[0]))
    found = [*_numeric(text, allowed), *_chinese(text, allowed), *_disguised(text)]
    return sorted(found, key=lambda stray: stray.start)


_FIXED = any_of([*WORDS, *ENUMERATORS])


def _names(protected: Sequence[str]) -> list[re.Pattern[str]]:
    names = [name for name in protected if name]
    return [any_of(names)] if names else []


def _allow(text: str, pattern: re.Pattern[str], allowed: bytearray) -> None:
    for match in pattern.finditer(text):
        if not _continues(text, match.start(), match.end()):
            allowed[match.start() : match.end()] = b"\x01" * len(match[0])


def _continues(text: str, start: int, end: int) -> bool:
    """The form cuts a longer number in two: 二十一是, 1515扶贫工程."""
    before = (
        start > 0
        and _counts(text[start])
        and (_counts(text[start - 1]) or text[start - 1] in ".．点")
    )
    after = (
        end < len(text)
        and _counts(text[end - 1])
        and (_counts(text[end]) or text[end] in ".．点分%％")
    )
    return before or after


def _counts(char: str) -> bool:
    return char in CHINESE or is_numeric(char)


def _numeric(text: str, allowed: bytearray) -> Iterable[Stray]:
    start = None
    for index in range(len(text) + 1):
        loose = index < len(text) and not allowed[index] and is_numeric(text[index])
        if loose and start is None:
            start = index
        elif not loose and start is not None:
            yield Stray(start, index, text[start:index], "这个数字没有出处，不能直接写进正文")
            start = None


def _chinese(text: str, allowed: bytearray) -> Iterable[Stray]:
    for match in _CHINESE_RUN.finditer(text):
        raw = match[0]
        if raw.strip(_AMBIGUOUS) == "" and len(raw) == 1:
            continue
        if not all(allowed[match.start() : match.end()]):
            yield Stray(match.start(), match.end(), raw, "这个汉字数字没有出处，不能直接写进正文")


def _disguised(text: str) -> Iterable[Stray]:
    for match in _DISGUISED.finditer(text):
        yield Stray(match.start(), match.end(), match[0], "这个词说的是数量，要由已核定的数据写出")


_DISGUISED = any_of(DISGUISED)


@dataclass(frozen=True)
class PassageFigure:
    """A figure of a passage with the sentence that says it, for a person to confirm."""

    figure: FigureInText
    sentence: Sentence


def passage_figures(text: str, protected: Sequence[str] = ()) -> tuple[PassageFigure, ...]:
    """The figures of a passage in order, each with its sentence."""
    around = iter(sentences(text))
    sentence, found = next(around, None), []
    for figure in recognise(text, protected).figures:
        while sentence is not None and sentence.end <= figure.start:
            sentence = next(around, None)
        found.append(
            PassageFigure(figure, sentence or Sentence(figure.start, figure.end, figure.raw))
        )
    return tuple(found)


def passage_leftovers(text: str, protected: Sequence[str] = ()) -> tuple[NotFigure, ...]:
    """Numbers of a passage that nobody could classify: a person says what they are, or they go."""
    return recognise(text, protected).leftovers
