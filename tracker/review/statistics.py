"""How reviewing goes: why submissions come back, how often, how long it takes, who is in time."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import Agency
from tracker.submissions.models import Status, Submission, SubmissionMove

from .models import Comment, Reason

REVIEWED = (Status.SUBMITTED, Status.LINE_REVIEW)
DAY = Decimal(24 * 60 * 60)


@dataclass
class Tally:
    """One agency's submissions: filed, in time, sent back (and why), decided, and after how long."""

    agency: Agency | None
    filed: int = 0
    on_time: int = 0
    approved: int = 0
    returns: int = 0
    most_rounds: int = 0
    reasons: Counter = field(default_factory=Counter)
    waits: list[Decimal] = field(default_factory=list)

    @property
    def on_time_rate(self) -> Decimal | None:
        """Per cent, unrounded; numerator and denominator stand beside it."""
        return Decimal(100) * self.on_time / self.filed if self.filed else None

    @property
    def days(self) -> Decimal | None:
        """From filing to the answer, on average, in days."""
        return sum(self.waits) / len(self.waits) if self.waits else None

    @property
    def reasons_told(self) -> list[tuple[str, int]]:
        return [(Reason(key).label, count) for key, count in self.reasons.most_common()]


def tallies_of(submissions: Sequence[Submission]) -> list[Tally]:
    """One tally per agency, in the order given, in two queries. Drafts never filed do not count."""
    rows = {one.pk: one for one in submissions if one.filed_at}
    found: dict[int, Tally] = {}
    for one in rows.values():
        tally = found.setdefault(one.agency_id, Tally(one.agency))
        tally.filed += 1
        tally.on_time += not one.is_late
        tally.approved += one.status == Status.APPROVED
    _count_moves(rows, found)
    _count_reasons(rows, found)
    return list(found.values())


def _count_moves(rows: dict[int, Submission], found: dict[int, Tally]) -> None:
    moves = SubmissionMove.objects.filter(submission__in=rows).order_by("pk")
    filed: dict[int, datetime.datetime] = {}
    rounds: Counter = Counter()
    for pk, before, after, at in moves.values_list("submission", "from_status", "to_status", "at"):
        tally = found[rows[pk].agency_id]
        if after in REVIEWED and before not in REVIEWED:
            filed[pk] = at
            rounds[pk] += 1
            tally.most_rounds = max(tally.most_rounds, rounds[pk])
        if before in REVIEWED and after in (Status.APPROVED, Status.RETURNED):
            tally.returns += after == Status.RETURNED
            if pk in filed:
                tally.waits.append(Decimal((at - filed.pop(pk)).total_seconds()) / DAY)
        if before == Status.APPROVED:
            tally.returns += 1


def _count_reasons(rows: dict[int, Submission], found: dict[int, Tally]) -> None:
    said = Comment.objects.filter(submission__in=rows).exclude(reason="")
    for pk, reason in said.values_list("submission", "reason"):
        found[rows[pk].agency_id].reasons[reason] += 1


def whole_of(tallies: Iterable[Tally]) -> Tally:
    """All agencies together: rates from the sums, never the mean of rates."""
    whole = Tally(None)
    for one in tallies:
        whole.filed += one.filed
        whole.on_time += one.on_time
        whole.approved += one.approved
        whole.returns += one.returns
        whole.most_rounds = max(whole.most_rounds, one.most_rounds)
        whole.reasons += one.reasons
        whole.waits += one.waits
    return whole
