"""One finding: how grave, which rule, in what words, at which cell."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Indicator
from tracker.language.writing import write_figure

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One finding at a cell (or at the whole, without one)."""

    severity: str
    rule: str
    message: str
    indicator: int | None = None
    region: int | None = None
    scope: str = ""
    explainable: bool = False
    explained: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity == ERROR and not self.explained


def at(cell: Cell, severity, rule, message, *, figure=None, explainable=False) -> Finding:
    """A finding at a cell; explained where it may be and the figure carries its reason."""
    explained = bool(explainable and figure and figure.explanation)
    return Finding(
        severity,
        rule,
        message,
        *cell.place,
        explainable,
        explained,
    )


def says(value: Decimal, indicator: Indicator) -> str:
    """A value in the words of its indicator: 1302万元."""
    scale = indicator.scale
    return write_figure(value, indicator.unit.name, decimals=None, display=scale)
