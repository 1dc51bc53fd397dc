"""What is said: submissions with their figures, texts, evidence and signatures."""

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
