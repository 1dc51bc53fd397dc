"""What two figures have in common: counted once wherever both of them are added."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require

from .models import Entry, Overlap
from .rules import may_void

# Indicator, agency, region, member, 统计范围 and span key: what a figure is about.
Common = tuple[int, int, int, str, str, str]
NAMES = ("indicator_id", "agency_id", "region_id", "member", "scope", "span__key")
Overlaps = dict[frozenset[Common], Decimal | None]


def overlaps_of(indicators: Collection[int], keys: Collection[str]) -> Overlaps:
    """Pair of figures -> how much they have in common; None: they are never added. In one query.

    A figure is named by what it is about, so that its corrections keep what was found.
    """
    rows = Overlap.objects.filter(first__indicator__in=indicators, first__span__key__in=keys)
    columns = [f"{side}__{name}" for side in ("first", "second") for name in NAMES]
    found: Overlaps = {}
    for *cells, amount in rows.order_by("pk").values_list(*columns, "amount"):
        pair = frozenset({tuple(cells[: len(NAMES)]), tuple(cells[len(NAMES) :])})
        found[pair] = amount
    return {pair: amount for pair, amount in found.items() if amount != 0}


def among(overlaps: Overlaps, places: Iterable[Common]) -> list[Decimal | None]:
    """What the figures that are added have in common, pair by pair."""
    there = set(places)
    return [amount for pair, amount in overlaps.items() if pair <= there]


@transaction.atomic
def count_once(
    first: Entry, second: Entry, amount: Decimal | None, *, by: User, reason: str
) -> Overlap:
    """Take `amount` off wherever both are added; None: never add them; 0: take that back.

    Refused when the two are not figures of one span, or the amount exceeds one of them.
    """
    require(may_void(by, first))
    require(may_void(by, second))
    if first.span_id != second.span_id:
        raise Refused("两个数不是同一期间的，不能按重复处理。")
    if amount and any(one.value is None or amount > one.value for one in (first, second)):
        raise Refused("重复数不能大于其中任何一个数，请核对。")
    row = Overlap.objects.create(
        first=first, second=second, amount=amount, by=by, reason=reason[:200]
    )
    said = None if amount is None else format(amount, "f")
    audit.record(by, "entry.count_once", first, other=second.pk, amount=said, reason=reason)
    return row
