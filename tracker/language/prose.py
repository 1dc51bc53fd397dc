"""The shape of official prose: enumerators, lists, openers without repetition, sentences, skeletons."""

import hashlib
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .numerals import write_chinese

_CLOSERS = "”’』」）)》"
_END = re.compile(r"[。！？!?…]+[" + _CLOSERS + r"]{0,4}|\n+")
SLOT = "□"


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place in the text: text[start:end] == self.text."""

    start: int
    end: int
    text: str


def point(number: int) -> str:
    """一是, 二是 ...: a point inside a paragraph, without a comma after it."""
    return f"{write_chinese(number)}是"


def heading(number: int, level: int = 1) -> str:
    """The number before a heading: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""
    return {
        1: f"{write_chinese(number)}、",
        2: f"（{write_chinese(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }[level]


def join_list(items: Sequence[str], last: str = "和") -> str:
    """甲、乙和丙."""
    if len(items) < 2:
        return "".join(items)
    return "、".join(items[:-1]) + last + items[-1]


def join_quoted(names: Iterable[str]) -> str:
    """“甲”“乙”: no 、 between quoted names (GB/T 15834-2011, 4.5.3.5)."""
    return "".join(f"“{name}”" for name in names)


class Openers:
    """Words drawn without replacement; the same seed and label always give the same order.

    When all are used the round starts again, never with the word drawn last.
    """

    def __init__(self, words: Sequence[str], seed: int | str, label: str = ""):
        if not words:
            raise ValueError("没有可选的词")
        digest = hashlib.sha256(f"{seed}\x00{label}".encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8]))  # noqa: S311 - variety, not secrecy
        self._words, self._left, self._last = tuple(dict.fromkeys(words)), [], None

    def draw(self) -> str:
        """The next word."""
        if not self._left:
            self._left = self._random.sample(self._words, len(self._words))
            if self._left[-1] == self._last:
                self._left.insert(0, self._left.pop())
        self._last = self._left.pop()
        return self._last


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, cut after 。！？ (with closing quotes) and at line ends; blanks are left out."""
    found, start = [], 0
    for match in _END.finditer(text):
        found.append(_sentence(text, start, match.end()))
        start = match.end()
    found.append(_sentence(text, start, len(text)))
    return tuple(sentence for sentence in found if sentence.text)


def _sentence(text: str, start: int, end: int) -> Sentence:
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    return Sentence(start + left, start + left + len(body.strip()), body.strip())


def sentence_at(text: str, position: int) -> Sentence:
    """The sentence in which `position` lies (an empty one between sentences)."""
    for sentence in sentences(text):
        if sentence.start <= position < sentence.end:
            return sentence
    return Sentence(position, position, "")


def skeleton(text: str, spans: Iterable[tuple[int, int]], names: Iterable[str] = ()) -> str:
    """The text with figures (their spans) and names replaced by slots, to compare how sentences are built."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + SLOT + text[end:]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, SLOT)
    return re.sub(r"\s+", "", text)
