"""From the text of a pattern to its parts; every error says at which character it stands."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.language.guard import stray_numbers

_SLOT = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[\w“”（）()·-]{1,60}(?:\.[^\W\d_]{1,20})?")
_MARKS = "{}[]<>|"
_CLOSERS = {"[": "]", "<": ">"}
LONGEST, DEEPEST = 2000, 8


class PatternError(ValueError):
    """What is wrong with a pattern; `position` counts characters from 0."""

    def __init__(self, position: int, reason: str):
        super().__init__(f"第{position + 1}个字符：{reason}")
        self.position, self.reason = position, reason


@dataclass(frozen=True)
class Literal:
    text: str


@dataclass(frozen=True)
class Slot:
    """`operation` is empty for the plain value; `at` is where it begins in the source."""

    name: str
    operation: str = ""
    at: int = field(default=0, compare=False)

    @property
    def full_name(self) -> str:
        return f"{self.name}.{self.operation}" if self.operation else self.name


@dataclass(frozen=True)
class Optional:
    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Variants:
    options: tuple[tuple["Part", ...], ...]


Part = Literal | Slot | Optional | Variants


@dataclass(frozen=True)
class Pattern:
    source: str
    parts: tuple[Part, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot in reading order, those of brackets and variants too."""
        return tuple(_slots(self.parts))


def _slots(parts: Iterable[Part]) -> Iterator[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Optional):
            yield from _slots(part.parts)
        elif isinstance(part, Variants):
            for option in part.options:
                yield from _slots(option)


Known = Iterable[str] | Mapping[str, Collection[str]]


def parse(source: str, protected: Sequence[str] = (), slots: Known | None = None) -> Pattern:
    """The pattern; PatternError at the first fault. `slots`: the names that exist, None for any; a
    mapping says which operations each of them has.
    """
    if len(source) > LONGEST:
        raise PatternError(LONGEST, f"句式过长，最多{LONGEST}个字符")
    _refuse_numbers(source, protected)
    reader = _Reader(source, slots if slots is None or isinstance(slots, Mapping) else set(slots))
    parts = reader.parts("")
    if reader.at < len(source):
        raise PatternError(reader.at, f"多余的“{source[reader.at]}”")
    return Pattern(source, parts)


def _refuse_numbers(source: str, protected: Sequence[str]) -> None:
    """Slot names may hold numerals (they are names); everything else is printed as it stands."""
    printed = _SLOT.sub(lambda match: " " * len(match[0]), source)
    for stray in stray_numbers(printed, protected):
        raise PatternError(
            stray.start, f"句式中不能直接写数字“{stray.raw}”，请改用{{指标}}或登记为保护名称"
        )


def _no_such(name: str, operation: str, there: Collection[str]) -> str:
    if not there:
        return f"“{name}”不能带“.{operation}”"
    return f"没有名为“{operation}”的算法，可用：{'、'.join(there)}"


class _Reader:
    def __init__(self, source: str, known: Mapping[str, Collection[str]] | set[str] | None):
        self.source, self.known, self.at, self.depth = source, known, 0, 0

    def parts(self, until: str) -> tuple[Part, ...]:
        """Parts up to (not including) one of the marks in `until`, or the end."""
        found: list[Part] = []
        while self.at < len(self.source) and self.source[self.at] not in until:
            found.append(self._part())
        return tuple(found)

    def _part(self) -> Part:
        mark = self.source[self.at]
        if mark == "{":
            return self._slot()
        if mark in _CLOSERS:
            return self._group(mark)
        if mark in _MARKS:
            raise PatternError(self.at, f"多余的“{mark}”")
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in _MARKS:
            self.at += 1
        return Literal(self.source[start : self.at])

    def _slot(self) -> Slot:
        match = _SLOT.match(self.source, self.at)
        if match is None:
            raise PatternError(self.at, "“{”没有配对的“}”")
        if not _NAME.fullmatch(match[1]):
            raise PatternError(self.at, f"槽位名称“{match[1]}”不合规范")
        name, _, operation = match[1].partition(".")
        if self.known is not None and name not in self.known:
            raise PatternError(self.at + 1, f"没有名为“{name}”的指标或要素")
        if operation and isinstance(self.known, Mapping) and operation not in self.known[name]:
            raise PatternError(self.at + 2 + len(name), _no_such(name, operation, self.known[name]))
        at, self.at = self.at, match.end()
        return Slot(name, operation, at)

    def _group(self, mark: str) -> Optional | Variants:
        start, self.at, self.depth = self.at, self.at + 1, self.depth + 1
        if self.depth > DEEPEST:
            raise PatternError(start, "括号嵌套过深")
        options = [self.parts("]" if mark == "[" else "|>")]
        while mark == "<" and self._next_is("|"):
            self.at += 1
            options.append(self.parts("|>"))
        if not self._next_is(_CLOSERS[mark]):
            raise PatternError(start, f"“{mark}”没有配对的“{_CLOSERS[mark]}”")
        self.at, self.depth = self.at + 1, self.depth - 1
        return Optional(options[0]) if mark == "[" else Variants(tuple(options))

    def _next_is(self, mark: str) -> bool:
        return self.source[self.at : self.at + 1] == mark
