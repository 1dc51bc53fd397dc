"""Quick, decided and final numbers of one thing: all stay, and the difference is explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require

from .models import Entry, Nature, Reconciliation
from .rules import may_keep_ledger

SETTLED = {Nature.QUICK: 0, Nature.DECIDED: 1, Nature.FINAL: 2}


@dataclass(frozen=True)
class Settled:
    """A more final figure beside the earlier one of the same thing up to the same day."""

    earlier: Entry
    final: Entry
    note: Reconciliation | None = None

    @property
    def difference(self) -> Decimal | None:
        """Final less earlier; None where one of them is no exact number."""
        exact = not (self.earlier.qualifier or self.final.qualifier)
        if None in (self.earlier.value, self.final.value) or not exact:
            return None
        return self.final.value - self.earlier.value

    @property
    def is_open(self) -> bool:
        """Does a difference stand without its reason?"""
        return self.difference != 0 and self.note is None


def settled(rows: QuerySet[Entry]) -> list[Settled]:
    """Among these current entries, each figure beside the next less settled one of the same thing."""
    found = rows.select_related("indicator__unit", "region", "span", "agency")
    together: dict[tuple, list[Entry]] = {}
    for entry in found.filter(adjusts="").order_by("-span__end", "pk"):
        together.setdefault(_thing(entry), []).append(entry)
    pairs = [pair for same in together.values() for pair in _pairs(same)]
    notes = {
        (one.earlier_id, one.final_id): one
        for one in Reconciliation.objects.filter(
            final__in=[final.pk for _, final in pairs]
        ).select_related("by")
    }
    return [Settled(a, b, notes.get((a.pk, b.pk))) for a, b in pairs]


def _thing(entry: Entry) -> tuple:
    """What it is about up to which day: December's cumulative number and the year's are one thing."""
    return (
        entry.indicator_id, entry.agency_id, entry.region_id, entry.member, entry.scope,
        entry.span.end,
    )  # fmt: skip


def _pairs(same: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    best: dict[str, Entry] = {}
    for entry in same:
        best.setdefault(entry.nature, entry)
    ordered = sorted(best.values(), key=lambda entry: SETTLED[entry.nature])
    return list(zip(ordered, ordered[1:], strict=False))


@transaction.atomic
def reconcile(earlier: Entry, final: Entry, text: str, *, by: User) -> Reconciliation:
    """Keep why the more final figure differs from the one given before."""
    require(may_keep_ledger(by, final.region))
    if not text.strip():
        raise ValidationError("请写明差异的原因。")
    if _thing(earlier) != _thing(final) or SETTLED[earlier.nature] >= SETTLED[final.nature]:
        require(refused("应当是同一指标、同一单位和地区、截止同一天的快报数与定案数。"))
    row = Reconciliation.objects.create(
        earlier=earlier, final=final, text=text.strip()[:300], by=by
    )
    audit.record(by, "reconciliation.explain", final, earlier=earlier.pk, text=row.text)
    return row
