"""A submission as a workbook: its template, what a filled one would change, and taking it."""

from .changes import Step
from .planning import (
    Book,
    Changed,
    Plan,
    WrongFigures,
    digest_of,
    open_book,
    plan_workbook,
    take_workbook,
)
from .template import template_of

__all__ = [
    "Book",
    "Changed",
    "Plan",
    "Step",
    "WrongFigures",
    "digest_of",
    "open_book",
    "plan_workbook",
    "take_workbook",
    "template_of",
]
