"""The whole catalogue as one workbook: read with a plan first, written back as it stands."""

from tracker.workbooks.plans import Step, WrongWorkbook

from .export import export_catalogue
from .plan import Plan, carry_out, plan_import
from .sheets import HISTORY_SHEETS, SHEETS

__all__ = [
    "HISTORY_SHEETS",
    "SHEETS",
    "Plan",
    "Step",
    "WrongWorkbook",
    "carry_out",
    "export_catalogue",
    "plan_import",
]
