"""Taking back what was asked for once: sent by mistake, and nobody has handed anything in."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.catalogue.models import Cycle, Round
from tracker.notices.models import Kind
from tracker.notices.services import notify, settle

from .chasing.people import People
from .models import RUNGS, Submission
from .rules import may_recall

MARK = "（已撤回）"


def begun(round: Round) -> QuerySet[Submission]:
    """The drafts in which somebody has written something: they stay, to be read."""
    said = ~Q(figures__kind="") & Q(figures__isnull=False) | Q(narratives__isnull=False)
    return round.submissions.filter(said | Q(evidence__isnull=False)).distinct()


@transaction.atomic
def recall(round: Round, *, by: User, reason: str) -> int:
    """Ask for it no longer: nobody owes it, its name is free, those asked are told. How many had begun.

    What they have written stays as it is, to be read. Refused by may_recall.
    """
    rows = list(Submission.objects.select_for_update().filter(round=round).order_by("pk"))
    round = Round.objects.select_for_update().select_related("cycle", "span").get(pk=round.pk)
    require(may_recall(by, round))
    # Whoever is submitting at this moment saw another version.
    round.submissions.update(version=F("version") + 1)
    words, name, count = str(round), round.cycle.name, begun(round).count()
    round.state = Round.State.WITHDRAWN
    round.save(update_fields=["state"])
    _set_aside(round.cycle)
    _tell(rows, words, by, reason)
    audit.record(by, "round.recall", round, name=name, reason=reason, begun=count)
    return count


def _set_aside(cycle: Cycle) -> None:
    """No longer in use, under another name: its own may be given again."""
    longest = Cycle._meta.get_field("name").max_length
    mark = MARK
    if Cycle.objects.filter(name=_marked(cycle.name, mark, longest)).exists():
        mark = f"{MARK}{cycle.pk}"
    cycle.name, cycle.active = _marked(cycle.name, mark, longest), False
    cycle.save(update_fields=["name", "active"])


def _marked(name: str, mark: str, longest: int) -> str:
    return name[: longest - len(mark)] + mark


def _tell(rows: list[Submission], words: str, by: User, reason: str) -> None:
    people = People({row.agency_id for row in rows}, ["reporter"])
    for row in rows:
        settle(row, [*RUNGS, Kind.REMINDER])
        notify(
            people.of(row.agency_id, "reporter"),
            Kind.RECALLED,
            about=row,
            link=reverse("submission", args=[row.pk]),
            occasion="recalled",
            agency=row.agency,
            round=words,
            person=by.name,
            reason=reason,
        )
