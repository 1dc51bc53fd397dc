"""What is so: official figures and passages, and what is further known about them."""

from tracker.catalogue.models import Nature

from .batches import Batch, BatchQuerySet, StagedEntry, StagedFigure, StagedPassage
from .marks import ControlNote, Freeze, Overlap, Publication, Reconciliation
from .official import Entry, OfficialQuerySet, Origin, Sourced, Standing
from .passages import NumberInText, Passage, PassageFigure, PassageKind, Worded

__all__ = [
    "Batch",
    "BatchQuerySet",
    "ControlNote",
    "Entry",
    "Freeze",
    "Nature",
    "NumberInText",
    "OfficialQuerySet",
    "Origin",
    "Overlap",
    "Passage",
    "PassageFigure",
    "PassageKind",
    "Publication",
    "Reconciliation",
    "Sourced",
    "StagedEntry",
    "StagedFigure",
    "StagedPassage",
    "Standing",
    "Worded",
]
