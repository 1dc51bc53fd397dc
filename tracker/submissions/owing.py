"""Which figures a submission is to fill, and the drafts of a round that has opened."""

from collections.abc import Sequence

from django.db import transaction

from tracker.catalogue.duties import Cell, Owing, owing_of
from tracker.catalogue.models import Duty, Round

from .models import Submission


def owed(submission: Submission) -> list[Cell]:
    """The (indicator, region) cells that the submission is to fill, in the order of the form."""
    return owed_by([submission])[submission.pk]


def owed_by(submissions: Sequence[Submission]) -> dict[int, list[Cell]]:
    """Submission id -> the cells that it is to fill, in a constant number of queries."""
    return {pk: one.cells for pk, one in owing_by(submissions).items()}


def owing_by(submissions: Sequence[Submission]) -> dict[int, Owing]:
    """Submission id -> its cells and the ratios that follow from them; nobody's where none is owed."""
    duties = Duty.objects.filter(
        cycle__in={one.round.cycle_id for one in submissions},
        agency__in={one.agency_id for one in submissions},
    ).order_by("pk")
    found = {(one.duty.cycle_id, one.duty.agency_id): one for one in owing_of(duties).values()}
    return {one.pk: found.get((one.round.cycle_id, one.agency_id), NOTHING) for one in submissions}


NOTHING = Owing(None, [], [])


@transaction.atomic
def prepare(round: Round) -> int:
    """Open a draft for each agency that owes the round; how many are new."""
    owing = Duty.objects.filter(cycle=round.cycle_id, active=True).values_list("agency", flat=True)
    before = round.submissions.count()
    Submission.objects.bulk_create(
        [Submission(round=round, agency_id=agency) for agency in owing], ignore_conflicts=True
    )
    return round.submissions.count() - before
