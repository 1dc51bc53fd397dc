"""Figures that nobody reported for the region and span themselves: what was reported below, added up."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import Line, Region
from tracker.catalogue.models import EntryMode, Indicator, Span
from tracker.ledger.models import Entry
from tracker.ledger.totals import Total, totals
from tracker.releases.comparing import Item
from tracker.releases.facts import Fact, Op, Unsaid
from tracker.releases.missing import awaited_lines
from tracker.releases.reading import adds_up, said_of, topic_of


def summed(
    region: Region,
    span: Span,
    lines: Sequence[Line],
    reported: set[int],
    *,
    at: datetime | None = None,
    finals: bool = False,
) -> tuple[list[Item], list[Unsaid]]:
    """Complete totals of the indicators that are not `reported`, and why others are not said.

    `at`: as a freeze holds them; `finals`: annual finals wherever there are.
    """
    wanted = list(_wanted(region, span, lines, reported, at))
    if not wanted:
        return [], []
    found = totals(wanted, [region], [span], at=at, finals=finals)
    awaited = awaited_lines(region, span, at)
    sums, unsaid = [], []
    for indicator in wanted:
        total = found[indicator.pk, region.pk, span.key]
        if total.value is not None and total.complete and indicator.line_id not in awaited:
            sums.append(Item(indicator, _fact(indicator, total, span)))
        elif total.entries:
            unsaid.append(Unsaid(indicator.name, "尚未报齐，合计未写入正文。", total.entries))
    return sums, unsaid


def _wanted(region: Region, span: Span, lines: Sequence[Line], reported: set[int], at):
    """Indicators with a current entry below the region or within the span, and ratios of operands."""
    below = Entry.objects.quotable(at).filter(
        region__path__startswith=region.path,
        span__start__gte=span.start,
        span__end__lte=span.end,
        value__isnull=False,
    )
    there = set(below.values_list("indicator", flat=True)) | reported
    known = Q(pk__in=there) | Q(numerator__in=there, denominator__in=there)
    rows = Indicator.objects.filter(known, active=True).exclude(pk__in=reported)
    if lines:
        rows = rows.filter(line__in=lines)
    related = ("unit", "programme__line", "line", "numerator", "denominator")
    return rows.select_related(*related).prefetch_related("wholes")


def _fact(indicator: Indicator, total: Total, span: Span) -> Fact:
    cumulative = indicator.entry_mode == EntryMode.CUMULATIVE
    return Fact(
        key=f"i{indicator.pk}",
        topic=topic_of(indicator),
        value=total.value,
        entries=total.entries,
        unit=indicator.unit.name,
        qualifier=total.qualifier,
        cumulative=cumulative,
        base="" if cumulative or not adds_up(indicator) else said_of(span),
        zero=total.value == 0,
        must_say=indicator.must_say,
        op=Op.SHARE if indicator.numerator_id else Op.SUM,
    )
