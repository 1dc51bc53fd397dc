"""Numbers typed for a higher level, beside the sums of what the reporting level said."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Region
from tracker.catalogue.models import Indicator, Span

from .intervals import less
from .rows import Rows
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
