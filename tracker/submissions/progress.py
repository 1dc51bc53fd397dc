"""How far a submission is filled in, for desks and boards, in a constant number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from tracker.catalogue.duties import cells_of
from tracker.catalogue.models import Duty

from .models import Figure, Submission


@dataclass(frozen=True)
class Progress:
    """Cells filled and owed; a cell with a breakdown counts once."""

    filled: int
    owed: int

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.owed if self.owed else 100


def progress_of(submissions: Sequence[Submission]) -> dict[int, Progress]:
    """Submission id -> Progress."""
    filled = Counter(
        dict(
            Figure.objects.filter(submission__in=submissions)
            .values_list("submission")
            .annotate(n=Count("pk", filter=~Q(kind="") & Q(member="")))
        )
    )
    duties = Duty.objects.filter(
        cycle__in={s.round.cycle_id for s in submissions},
        agency__in={s.agency_id for s in submissions},
    )
    cells = cells_of(duties)
    owing = {(duty.cycle_id, duty.agency_id): len(cells[duty.pk]) for duty in duties}
    return {
        s.pk: Progress(filled[s.pk], owing.get((s.round.cycle_id, s.agency_id), 0))
        for s in submissions
    }
