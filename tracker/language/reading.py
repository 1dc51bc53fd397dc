"""What a reading of a text yields: figures, everything else that counts, and what nobody could classify."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """What a figure is in its sentence (closed list)."""

    ACTUAL = "actual"
    TARGET = "target"
    STANDARD = "standard"
    CRITERION = "criterion"
    DURATION = "duration"
    STRUCTURAL = "structural"
    SHARE = "share"
    GROWTH = "growth"
    MULTIPLE = "multiple"
    RANK = "rank"
    RANGE = "range"


@dataclass(frozen=True)
class FigureInText:
    """A figure with its place: text[start:end] == raw; value in base units (万, 亿 folded; 21.2% is 21.2).

    `place` is what the residual of 余 / 多 stays below when 万 or 亿 stands before it, or for a bare
    figure in 万, 亿 or % the place of its last digit shown.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    qualifier: str
    role: Role
    place: Decimal | None = None


@dataclass(frozen=True)
class NotFigure:
    """A digit string or Chinese numeral that is no figure, with the reason."""

    start: int
    end: int
    raw: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """Every digit and Chinese numeral of a text lies in exactly one of the three (a range's ends share a span)."""

    figures: tuple[FigureInText, ...]
    others: tuple[NotFigure, ...]
    leftovers: tuple[NotFigure, ...]
