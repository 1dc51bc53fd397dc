"""Which figures a submission is to fill, and the drafts of a round that has opened."""

from collections.abc import Sequence

from django.db import transaction

from tracker.catalogue.duties import Cell, cells, cells_of
from tracker.catalogue.models import Duty, Round

from .models import Submission


def duty_of(submission: Submission) -> Duty:
    return Duty.objects.get(cycle=submission.round.cycle_id, agency=submission.agency_id)


def owed(submission: Submission) -> list[Cell]:
    """The (indicator, region) cells that the submission is to fill, in the order of the form."""
    return cells(duty_of(submission))


def owed_by(submissions: Sequence[Submission]) -> dict[int, list[Cell]]:
    """Submission id -> the cells that it is to fill, in a constant number of queries."""
    duties = Duty.objects.filter(
        cycle__in={one.round.cycle_id for one in submissions},
        agency__in={one.agency_id for one in submissions},
    )
    owing = {(duty.cycle_id, duty.agency_id): duty.pk for duty in duties}
    found = cells_of(duties)
    return {
        one.pk: found.get(owing.get((one.round.cycle_id, one.agency_id)), []) for one in submissions
    }


@transaction.atomic
def prepare(round: Round) -> int:
    """Open a draft for each agency that owes the round; how many are new."""
    owing = Duty.objects.filter(cycle=round.cycle_id, active=True).values_list("agency", flat=True)
    before = round.submissions.count()
    Submission.objects.bulk_create(
        [Submission(round=round, agency_id=agency) for agency in owing], ignore_conflicts=True
    )
    return round.submissions.count() - before
