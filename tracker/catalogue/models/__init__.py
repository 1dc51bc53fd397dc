"""What is owed: programmes, indicators, targets, and when they are due."""

from .calendar import Cycle, Duty, Extension, Frequency, Round, Span
from .city import City, WorkdayOverride
from .city_rules import CityRule
from .dictionary import CityWord, CityWordQuerySet
from .measured import OWN_SCOPE, Measured, Nature, Said, value_matches_kind
from .programmes import (
    Definition,
    Display,
    EntryMode,
    Indicator,
    Level,
    Measure,
    Programme,
    Subject,
    Target,
    Unit,
)

__all__ = [
    "OWN_SCOPE",
    "City",
    "CityRule",
    "CityWord",
    "CityWordQuerySet",
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
    "Nature",
    "Programme",
    "Round",
    "Said",
    "Span",
    "Subject",
    "Target",
    "Unit",
    "WorkdayOverride",
    "value_matches_kind",
]
