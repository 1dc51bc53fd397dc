"""What is said: submissions with their figures, texts, evidence and signatures."""

from .adjustment import Adjustment
from .submission import (
    Evidence,
    Figure,
    Narrative,
    NarrativeFigure,
    Signature,
    Status,
    Submission,
    SubmissionMove,
    SubmissionQuerySet,
)

__all__ = [
    "Adjustment",
    "Evidence",
    "Figure",
    "Narrative",
    "NarrativeFigure",
    "Signature",
    "Status",
    "Submission",
    "SubmissionMove",
    "SubmissionQuerySet",
]
