"""History from a workbook: staged by one person, confirmed by a second, and only then in the ledger."""

from .batches import WrongHistory, confirm, mark_figure, reject, stage
from .reading import History, read_history
from .sheets import ENTRIES, PASSAGES, SHEETS

__all__ = [
    "ENTRIES",
    "PASSAGES",
    "SHEETS",
    "History",
    "WrongHistory",
    "confirm",
    "mark_figure",
    "read_history",
    "reject",
    "stage",
]
