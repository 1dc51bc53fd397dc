"""What is owed: programmes, indicators, targets, and when they are due."""

from .calendar import Cycle, Duty, Extension, Frequency, Round, Span
from .city import City, WorkdayOverride
from .measured import OWN_SCOPE, Measured, Said, value_matches_kind
from .programmes import (
    Definition,
    Display,
    EntryMode,
    Indicator,
    Level,
    Measure,
    Programme,
    Target,
    Unit,
)

__all__ = [
    "OWN_SCOPE",
    "City",
    "Cycle",
    "Definition",
    "Display",
    "Duty",
    "EntryMode",
    "Extension",
    "Frequency",
    "Indicator",
    "Level",
    "Measure",
    "Measured",
    "Programme",
    "Round",
    "Said",
    "Span",
    "Target",
    "Unit",
    "WorkdayOverride",
    "value_matches_kind",
]
