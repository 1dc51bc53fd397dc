"""A submission as a workbook: its template, what a filled one would change, and taking it."""

from .planning import Changed, Plan, Step, WrongFigures, digest_of, plan_workbook, take_workbook
from .template import template_of

__all__ = [
    "Changed",
    "Plan",
    "Step",
    "WrongFigures",
    "digest_of",
    "plan_workbook",
    "take_workbook",
    "template_of",
]
