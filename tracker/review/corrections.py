"""What approving a submission would move in the ledger, for the page on which it is decided."""

from tracker.ledger.moving import Moves, moves_of
from tracker.submissions.models import Submission

from .contents import Contents
from .postings import figures_of


def moves(submission: Submission) -> Moves:
    """Approved figures that it changes, sums that move with them, reported ones that stay."""
    return moves_of(figures_of(submission, Contents([submission])))
