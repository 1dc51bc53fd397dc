"""What is so: official figures and passages, and what is further known about them."""

from tracker.catalogue.models import Nature

from .marks import ControlNote, Freeze, Overlap, Publication, Reconciliation
from .official import (
    Batch,
    BatchQuerySet,
    Entry,
    NumberInText,
    OfficialQuerySet,
    Origin,
    Passage,
    PassageFigure,
    PassageKind,
    Sourced,
    StagedEntry,
    StagedFigure,
    StagedPassage,
    Standing,
    Worded,
)

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
