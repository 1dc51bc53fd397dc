"""What a wording rule is."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Where, and what should stand there instead (None: a person decides).
Place = tuple[int, int, str | None]

NUMERALS = "GB/T 15835-2011"
PUNCTUATION = "GB/T 15834-2011"
LAYOUT = "GB/T 9704-2012"
HOUSE = "内部文风"
PRACTICE = "编校惯例"


class Severity(StrEnum):
    """How much a finding weighs; only named gates block a publication."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule; `suggestion` replaces text[start:end]."""

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str | None


@dataclass(frozen=True)
class Rule:
    """A rule with its examples: `bad` is found, `good` is not."""

    id: str
    severity: Severity
    message: str
    source: str
    bad: str
    good: str
    find: Callable[[str], Iterable[Place]]
    default: bool = True
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, on: date | None) -> bool:
        """Whether the rule holds for data of this date; a dated rule needs a date."""
        if on is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or on >= self.valid_from) and (
            self.valid_to is None or on <= self.valid_to
        )

    def apply(self, text: str) -> Iterator[Finding]:
        """The findings of this rule in `text`."""
        for start, end, suggestion in self.find(text):
            yield Finding(self.id, self.severity, start, end, self.message, suggestion)


def pattern(
    expression: str, suggestion: str | Callable[[re.Match[str]], str | None] | None = None
) -> Callable[[str], Iterator[Place]]:
    """A finder for every match; the suggestion is a template of groups, or computed from the match."""
    compiled = re.compile(expression)

    def find(text: str) -> Iterator[Place]:
        for match in compiled.finditer(text):
            made = (
                suggestion(match)
                if callable(suggestion)
                else match.expand(suggestion)
                if suggestion is not None
                else None
            )
            yield match.start(), match.end(), made

    return find


def mixed(first: str, second: str) -> Callable[[str], Iterator[Place]]:
    """A finder for a text that uses both forms: it points at every place of the rarer one."""
    one, other = re.compile(first), re.compile(second)

    def find(text: str) -> Iterator[Place]:
        left, right = list(one.finditer(text)), list(other.finditer(text))
        if left and right:
            yield from ((match.start(), match.end(), None) for match in min(left, right, key=len))

    return find
