"""Work that survives any crash: `jobs.enqueue(...)` in the transaction that makes it necessary."""

from .services import Hopeless, Lost, enqueue, finishing, keep

__all__ = ["Hopeless", "Lost", "enqueue", "finishing", "keep"]
