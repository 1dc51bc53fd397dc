"""What is said: submissions with their figures, texts, evidence and signatures."""

from .adjustment import Adjustment
from .chase import RUNGS, Chase, ChaseStep
from .delegation import Delegation
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
    "RUNGS",
    "Chase",
    "ChaseStep",
    "Adjustment",
    "Delegation",
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
