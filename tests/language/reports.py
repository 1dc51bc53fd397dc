"""Sentences of official reports with their figures as labelled (texts/reports.txt), and how well they are read."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from tracker.language.figures import recognise
from tracker.language.reading import FigureInText, Role
from tracker.language.units import unit_class

_FILE = Path(__file__).parent / "texts" / "reports.txt"


@dataclass(frozen=True)
class Label:
    """A figure as it is labelled; `loose`: it may or may not be one."""

    value: Decimal
    unit: str
    qualifier: str
    loose: bool = False


@dataclass(frozen=True)
class Labelled:
    text: str
    labels: tuple[Label, ...]

    @property
    def read(self) -> tuple[FigureInText, ...]:
        return recognise(self.text).figures


@cache
def reports() -> tuple[Labelled, ...]:
    blocks = _FILE.read_text("utf-8").split("\n\n")
    return tuple(
        _labelled(block.strip().split("\n")) for block in blocks if block.strip()[0] != "#"
    )


def _labelled(lines: list[str]) -> Labelled:
    return Labelled(lines[0], tuple(map(_label, lines[1:])))


def _label(line: str) -> Label:
    value, unit, qualifier = (word.replace("-", "") for word in line.removeprefix("~").split(" "))
    return Label(Decimal(value), unit, qualifier, line.startswith("~"))


@dataclass(frozen=True)
class Score:
    """Labels that were missed, figures that are false, and labels read in another class of unit."""

    missed: tuple[Label, ...]
    false: tuple[FigureInText, ...]
    units: tuple[Label, ...]


def score(one: Labelled) -> Score:
    """Labels and figures paired in order of place, where value and qualifier are equal."""
    left, missed, units = list(one.read), [], []
    for label in one.labels:
        hit = next((item for item in left if (item.value, item.qualifier) == (label.value, label.qualifier)), None)  # fmt: skip
        if hit is not None:
            left.remove(hit)
            if unit_class(hit.unit) != unit_class(label.unit):
                units.append(label)
        elif not label.loose:
            missed.append(label)
    false = [item for item in left if item.role not in (Role.RANK, Role.STRUCTURAL)]
    return Score(tuple(missed), tuple(false), tuple(units))
