"""What figures of one submission have to do with one another: 其中 and declared pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Value

from tracker.catalogue.models import Indicator

from .finding import ERROR, WARNING, Finding, at, says
from .sheet import Sheet

SCALES = defaultdict(lambda: Decimal(1), {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8})


@dataclass(frozen=True)
class Links:
    """Indicator -> its wholes, its parts, and what it may not exceed."""

    wholes: dict[int, list[int]]
    parts: dict[int, list[int]]
    not_above: dict[int, list[int]]


def links_of(sheet: Sheet) -> Links:
    """The 其中 and the declared pairs among the indicators of the sheet, in two queries."""
    return links_within(sheet, *pairs_among(sheet.indicators))


Pairs = list[tuple[int, int]]


def pairs_among(indicators: Collection[int]) -> tuple[Pairs, Pairs]:
    """(part, whole) and (low, high) among these indicators, in one query.

    All that a catalogue declares is read: that is less than naming two hundred indicators.
    """
    parts, bounds = (
        join.objects.annotate(kind=Value(kind)).values_list(
            "kind", "from_indicator", "to_indicator"
        )
        for kind, join in enumerate((Indicator.wholes.through, Indicator.not_above.through))
    )
    found: tuple[Pairs, Pairs] = ([], [])
    for kind, low, high in parts.union(bounds):
        if low in indicators and high in indicators:
            found[kind].append((low, high))
    return found


def links_within(sheet: Sheet, part_pairs: Pairs, bound_pairs: Pairs) -> Links:
    """Of these pairs, those with both ends on the sheet."""
    wholes: dict[int, list[int]] = {}
    parts: dict[int, list[int]] = {}
    above: dict[int, list[int]] = {}
    for part, whole in part_pairs:
        if part in sheet.indicators and whole in sheet.indicators:
            wholes.setdefault(part, []).append(whole)
            parts.setdefault(whole, []).append(part)
    for low, high in bound_pairs:
        if low in sheet.indicators and high in sheet.indicators:
            above.setdefault(low, []).append(high)
    return Links(wholes, parts, above)


def check_parts(sheet, cell, figure, links) -> Iterator[Finding]:
    """其中 may not exceed its whole; a complete list adds up within half a unit per part."""
    indicator, pk = cell.indicator, cell.place[0]
    for whole in links.wholes.get(pk, ()):
        total = sheet.value(whole, cell)
        if total is not None and figure.value > total:
            name = sheet.indicators[whole].name
            yield at(
                cell,
                ERROR,
                "part",
                f"“其中”数大于“{name}”（{says(total, sheet.indicators[whole])}），请核对。",
            )
    parts = links.parts.get(pk, ())
    if not indicator.parts_complete or not parts:
        return
    values = [sheet.value(part, cell) for part in parts]
    if None in values:
        return
    step = Decimal(1).scaleb(-figure.decimals) * SCALES[figure.entered_unit[:1]]
    gap = abs(sum(values) - figure.value)
    if 0 < gap <= step * len(parts) / 2:
        words = f"各“其中”项合计与本项相差{says(gap, indicator)}，可在备注注明“因四舍五入”。"
        yield at(cell, WARNING, "rounding", words, figure=figure)
    elif gap:
        words = f"各“其中”项合计{says(sum(values), indicator)}，与本项不等，请核对。"
        yield at(cell, ERROR, "parts", words, figure=figure)


def check_pairs(sheet, cell, figure, links) -> Iterator[Finding]:
    for high in links.not_above.get(cell.place[0], ()):
        limit = sheet.value(high, cell)
        if limit is not None and figure.value > limit:
            words = f"不应大于“{sheet.indicators[high].name}”（{says(limit, sheet.indicators[high])}）。"
            yield at(cell, ERROR, "pair", words, figure=figure)
