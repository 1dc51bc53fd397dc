"""Two sources, two figures, one name: both definitions are kept, one person decides, on a basis."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused, require
from tracker import workflow
from tracker.ledger.models import Entry
from tracker.ledger.overlaps import count_once
from tracker.ledger.standing import outrank

from .models import Dispute, DisputeSide

Decision = Dispute.Decision


def may_dispute(user: User, region: Region) -> Verdict:
    """Reviewers of a lead office of the region raise and decide."""
    if user.reach.leads_region(region, "reviewer"):
        return ALLOWED
    return refused("只有牵头单位的主管可以登记和裁定口径争议。")


def may_decide(user: User, dispute: Dispute) -> Verdict:
    """Nobody decides between figures of which they reported one."""
    if dispute.decision:
        return refused(f"这项争议已裁定：{dispute.get_decision_display()}。")
    if dispute.sides.filter(entry__reporter=user).exists():
        return refused("您报送过其中一个数，请由其他主管裁定。")
    return may_dispute(user, dispute.region)


@dataclass(frozen=True)
class Side:
    """A figure that stands in the ledger and the definition that its source gives for it."""

    entry: Entry
    definition: str


@transaction.atomic
def raise_dispute(title: str, sides: Iterable[Side], *, by: User) -> Dispute:
    """Put two figures of one span beside one another, each with its definition.

    Refused for anything but two current figures of two sources in the person's region.
    """
    first, second = sides
    for side in (first, second):
        require(may_dispute(by, side.entry.region))
        if not side.definition.strip():
            raise ValidationError("请写明双方各自的口径。")
    _require_comparable(first.entry, second.entry)
    dispute = Dispute.objects.create(
        title=title.strip()[:100],
        region=_common(first.entry.region, second.entry.region),
        span=first.entry.span,
        raised_by=by,
    )
    for side in (first, second):
        dispute.sides.create(entry=side.entry, definition=side.definition.strip())
    audit.record(by, "dispute.raise", dispute, entries=[first.entry.pk, second.entry.pk])
    return dispute


def _require_comparable(first: Entry, second: Entry) -> None:
    if first.pk == second.pk or first.agency_id == second.agency_id:
        require(refused("争议应在两个单位报送的两个数之间。"))
    if first.span_id != second.span_id:
        require(refused("两个数不是同一期间的，不构成口径争议。"))
    if Entry.objects.current().filter(pk__in=[first.pk, second.pk]).count() < 2:
        require(refused("其中有数据已被更正、停用或作废，请重新选择。"))
    both = DisputeSide.objects.filter(entry=first, dispute__decision="")
    if both.filter(dispute__sides__entry=second).exists():
        require(refused("这两个数的争议已经登记，等待裁定。"))


def _common(one: Region, other: Region) -> Region:
    """The nearest region that holds both."""
    steps = [region.path.rstrip("/").split("/") for region in (one, other)]
    shared = [a for a, b in zip(*steps, strict=False) if a == b]
    return Region.objects.get(path="/".join(shared) + "/")


@transaction.atomic
def decide(
    dispute: Dispute,
    decision: str,
    basis: str,
    *,
    by: User,
    version: int,
    prevails: int | None = None,
    amount: Decimal | None = None,
) -> Dispute:
    """Say which holds and why; the ledger follows at once.

    Differ: both stay and are never added. Prevails: `prevails` names the entry that is used, the
    other one can be quoted by no release. Overlap: `amount` is counted once.
    """
    dispute = workflow.fresh(dispute, version)
    require(may_decide(by, dispute))
    if decision not in Decision.values or not decision:
        raise ValidationError("请选择裁定。")
    if not basis.strip():
        raise ValidationError("请写明裁定的依据。")
    sides = list(dispute.sides.select_related("entry__region", "entry__span"))
    _apply(sides, decision, basis.strip(), by, prevails, amount)
    dispute.decision, dispute.basis, dispute.amount = decision, basis.strip(), amount
    if decision != Decision.OVERLAP:
        dispute.amount = None
    dispute.decided_by, dispute.decided_at = by, timezone.now()
    dispute.version += 1
    dispute.save()
    audit.record(by, "dispute.decide", dispute, decision=decision, basis=basis, prevails=prevails)
    return dispute


def _apply(sides, decision: str, basis: str, by: User, prevails, amount) -> None:
    first, second = (side.entry for side in sides)
    if decision == Decision.PREVAILS:
        _let_prevail(sides, prevails, basis, by)
    elif decision == Decision.OVERLAP:
        if not amount or amount < 0:
            raise ValidationError("请填写重复的数量，应大于0。")
        count_once(first, second, amount, by=by, reason=basis)
    else:
        count_once(first, second, None, by=by, reason=basis)


def _let_prevail(sides, prevails: int | None, basis: str, by: User) -> None:
    if prevails not in {side.entry_id for side in sides}:
        raise ValidationError("请选择采用哪个数。")
    for side in sides:
        side.prevails = side.entry_id == prevails
        side.save(update_fields=["prevails"])
        if not side.prevails:
            outrank(side.entry, by=by, reason=basis)
