"""Numbers typed for a higher level, beside the sums of what the reporting level said."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import require
from tracker.catalogue.models import Indicator, Span

from .intervals import less
from .models import ControlNote, Entry
from .rows import Rows
from .rules import may_keep_ledger
from .totals import (
    Total,
    Window,
    amount_of,
    combined,
    control_of,
    key_of,
    keys_of,
    said_by_place,
)


@dataclass(frozen=True)
class ControlDifference:
    """A number typed for a higher level beside the sum of what the reporting level said."""

    control: Total
    summed: Total
    difference: Decimal | None


def control_differences(
    indicators: Iterable[Indicator], regions: Iterable[Region], spans: Iterable[Span | str]
) -> dict[tuple[int, int, str], ControlDifference]:
    """(indicator id, region id, span key) -> the difference, where there is a control total.

    `difference` = control - sum; None when either is inexact or there is no sum.
    """
    indicators, regions = list(indicators), list(regions)
    windows = {key: Window.of(key) for key in map(key_of, spans)}
    rows = Rows(indicators, regions, keys_of(windows.values()))
    found = {
        (indicator.pk, region.pk, key): _difference(rows, indicator, region, window)
        for indicator in indicators
        for region in regions
        for key, window in windows.items()
    }
    return {place: difference for place, difference in found.items() if difference}


def _difference(
    rows: Rows, indicator: Indicator, region: Region, window: Window
) -> ControlDifference | None:
    mode = indicator.entry_mode
    control = control_of(rows, indicator, region, window, mode)
    if control is None:
        return None
    below = said_by_place(rows.counted(indicator, region), indicator, window, mode)
    typed, summed = combined(indicator, [control]), combined(indicator, below, rows.overlaps)
    gap = less(amount_of(typed), amount_of(summed)) if summed.count else None
    return ControlDifference(typed, summed, gap.value if gap else None)


def controlled(span: Span, path: str) -> tuple[list[Indicator], list[Region]]:
    """The indicators and regions below the path for which a control total was typed for the span."""
    rows = Entry.objects.current().filter(is_control=True, span=span, region__path__startswith=path)
    pairs = list(rows.values_list("indicator", "region").distinct())
    indicators = Indicator.objects.filter(pk__in={one for one, _ in pairs}).select_related("unit")
    return list(indicators), list(Region.objects.filter(pk__in={one for _, one in pairs}))


def notes_of(span: Span) -> dict[tuple[int, int], ControlNote]:
    """(indicator id, region id) -> the last explanation of the span's difference."""
    rows = ControlNote.objects.filter(span=span).select_related("by").order_by("pk")
    return {(one.indicator_id, one.region_id): one for one in rows}


@transaction.atomic
def explain_difference(
    indicator: Indicator, region: Region, span: Span, text: str, *, by: User
) -> ControlNote:
    """Keep why the control total differs from the sum, with the difference as it is now."""
    require(may_keep_ledger(by, region))
    if not text.strip():
        raise ValidationError("请写明差额的原因。")
    found = control_differences([indicator], [region], [span])
    known = found.get((indicator.pk, region.pk, span.key))
    if known is None or not known.difference:
        raise ValidationError("控制数与下级合计没有差额，不需要说明。")
    note = ControlNote.objects.create(
        indicator=indicator,
        region=region,
        span=span,
        difference=known.difference,
        text=text.strip()[:300],
        by=by,
    )
    difference = format(known.difference, "f")
    audit.record(by, "control.explain", note, difference=difference, text=note.text)
    return note
