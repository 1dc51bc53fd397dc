"""The rungs of the ladder: which are on, and how many working days each waits."""

from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.notices.models import Kind
from tracker.submissions.models import RUNGS, ChaseStep

from .rules import may_keep_ladder

# Working days as the product has them; None where a rung has its own moment.
DAYS: dict[str, int | None] = {
    Kind.OPENED: None,
    Kind.DUE_SOON: 2,
    Kind.DUE_TODAY: None,
    Kind.OVERDUE: 1,
    Kind.STILL_RETURNED: 2,
    Kind.TO_SIGNER: 1,
    Kind.TO_SUPERIOR: 3,
}
PURPOSES: dict[str, str] = {
    Kind.OPENED: "一期开放时告诉填报员。",
    Kind.DUE_SOON: "截止前几个工作日提醒填报员；在待审签的提醒审签人。",
    Kind.DUE_TODAY: "截止当天提醒填报员；在待审签的提醒审签人。",
    Kind.OVERDUE: "逾期后每隔几个工作日提醒一次填报员；在待审签的提醒审签人。",
    Kind.STILL_RETURNED: "退回后每隔几个工作日提醒一次填报员，直到重新报送。",
    Kind.TO_SIGNER: "逾期几个工作日后告诉本单位的审签人，一次。",
    Kind.TO_SUPERIOR: "逾期几个工作日后告诉上级单位，没有上级的告诉牵头单位，一次。",
}


@dataclass(frozen=True)
class Step:
    """One rung: `days` is None where it has its own moment."""

    kind: Kind
    active: bool
    days: int | None

    @property
    def purpose(self) -> str:
        return PURPOSES[self.kind]


def ladder() -> dict[str, Step]:
    """Kind -> rung, from the bottom up, in one query."""
    kept = {row.kind: row for row in ChaseStep.objects.all()}
    return {kind: _step(kind, kept.get(kind)) for kind in RUNGS}


def _step(kind: Kind, row: ChaseStep | None) -> Step:
    usual = DAYS[kind]
    if row is None:
        return Step(kind, True, usual)
    return Step(kind, row.active, row.days if usual is not None else None)


@transaction.atomic
def set_step(kind: str, *, active: bool, days: int | None, by: User) -> Step:
    """Switch a rung on or off, and say how many working days it waits."""
    require(may_keep_ladder(by))
    kind = Kind(kind)
    row, _ = ChaseStep.objects.update_or_create(
        kind=kind, defaults={"active": active, "days": days or DAYS[kind] or 1}
    )
    audit.record(by, "chase.step", row, kind=kind.value, active=active, days=row.days)
    return _step(kind, row)
