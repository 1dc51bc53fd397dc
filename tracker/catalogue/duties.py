"""Who owes what: the cells of a duty, in the order of the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency, Region

from .models import OWN_SCOPE, Cycle, Duty, Indicator
from .territory import rank, subordinate_regions


@dataclass(frozen=True)
class Cell:
    """One figure that is owed: an indicator at a region.

    `scope` is 本级 where a superior reports only what is its own, beside what comes from below.
    """

    indicator: Indicator
    region: Region
    scope: str = ""


def cells(duty: Duty) -> list[Cell]:
    """What is owed by a duty, by programme and indicator, then by region."""
    return cells_of([duty])[duty.pk]


def cells_of(duties: Sequence[Duty]) -> dict[int, list[Cell]]:
    """Duty id -> its cells, in a constant number of queries."""
    duties = _with_parts(duties)
    today = timezone.localdate()
    wide = [duty for duty in duties if duty.filing == Cycle.Filing.FOR_SUBORDINATES]
    below = subordinate_regions([duty.agency.region for duty in wide], today) if wide else {}
    return {
        duty.pk: [
            cell
            for indicator in indicators
            for cell in _cells_at(indicator, duty, below.get(duty.agency.region_id, ()))
        ]
        for duty, indicators in _indicators_by_duty(duties)
    }


def _cells_at(indicator: Indicator, duty: Duty, below: Iterable[Region]) -> Iterable[Cell]:
    home = duty.agency.region
    lower = rank(indicator.level) > rank(home.level)
    if not lower or duty.filing == Cycle.Filing.FROM_SUBORDINATES:
        yield Cell(indicator, home)
    elif duty.filing == Cycle.Filing.OWN:
        yield Cell(indicator, home, OWN_SCOPE)
    else:
        for region in below:
            if region.level == indicator.level:
                yield Cell(indicator, region)


def indicators_of(duty: Duty) -> list[Indicator]:
    """The indicators of a duty, in order."""
    [(_, indicators)] = _indicators_by_duty(_with_parts([duty]))
    return indicators


def _with_parts(duties: Sequence[Duty]) -> list[Duty]:
    found = Duty.objects.filter(pk__in=[duty.pk for duty in duties])
    return list(
        found.select_related("agency__region", "cycle").prefetch_related(
            "indicators", "cycle__indicators"
        )
    )


def _indicators_by_duty(duties: Sequence[Duty]) -> list[tuple[Duty, list[Indicator]]]:
    agencies = {duty.agency_id: duty.agency for duty in duties}
    known = list(_active().filter(line__in={agency.line_id for agency in agencies.values()}))
    known += _active().filter(source__in=agencies).exclude(pk__in=[one.pk for one in known])
    known.sort(key=_in_order)
    return [(duty, [one for one in known if _belongs(one, duty)]) for duty in duties]


def _active() -> QuerySet[Indicator]:
    active = Indicator.objects.filter(active=True, programme__active=True)
    return active.select_related("unit", "programme__line", "source__region")


def _in_order(indicator: Indicator) -> tuple:
    programme = indicator.programme
    return (programme.line.order, programme.order, programme.pk, indicator.order, indicator.pk)


def _belongs(indicator: Indicator, duty: Duty) -> bool:
    """By name where the duty or the cycle names indicators, else all that the agency answers for."""
    named = {one.pk for one in duty.indicators.all()}
    if named:
        return indicator.pk in named
    limited = {one.pk for one in duty.cycle.indicators.all()}
    return (not limited or indicator.pk in limited) and answers_for(duty.agency, indicator)


def answers_for(agency: Agency, indicator: Indicator) -> bool:
    """Is the agency the source of the indicator at its place (一数一源)?

    Below the source's region every agency of the line answers for its own figure, down to the
    level at which the indicator is reported. Recomputed ratios are owed by nobody.
    """
    if indicator.numerator_id:
        return False
    if indicator.source_id == agency.pk:
        return True
    if indicator.line_id != agency.line_id or rank(indicator.level) < rank(agency.region.level):
        return False
    source = indicator.source
    return source is None or source.region_id != agency.region_id


def agencies_of(cycle: Cycle) -> QuerySet[Agency]:
    """The agencies that owe a cycle."""
    owing = Duty.objects.filter(cycle=cycle, active=True).values("agency")
    return Agency.objects.active().filter(pk__in=owing)


def expected_agencies(cycle: Cycle) -> list[Agency]:
    """The agencies that owe a cycle by its lines and filing, before anybody is added or let off.

    Filed for below, or summed from below: those of the cycle's own region. Otherwise those whose
    level is the reporting level of an indicator that they answer for.
    """
    at = Agency.objects.active().filter(line__in=cycle.lines.all())
    at = at.within([cycle.region.path]).select_related("region", "line")
    if cycle.filing != Cycle.Filing.OWN:
        return list(at.filter(region=cycle.region, is_guest=False))
    limited = {one.pk for one in cycle.indicators.all()}
    known = [one for one in _active().filter(line__in=cycle.lines.all())
             if not limited or one.pk in limited]  # fmt: skip
    return [agency for agency in at if any(_owes(agency, one) for one in known)]


def _owes(agency: Agency, indicator: Indicator) -> bool:
    if indicator.source_id == agency.pk:
        return True
    return answers_for(agency, indicator) and agency.region.level == indicator.level
