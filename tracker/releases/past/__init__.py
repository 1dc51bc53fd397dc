"""A document that was published before: proved against the ledger, and what the ledger lacks of it."""

from .proving import Past, Told, may_prove_past, prove_past, take_past
from .sheets import sheets_of

__all__ = ["Past", "Told", "may_prove_past", "prove_past", "sheets_of", "take_past"]
