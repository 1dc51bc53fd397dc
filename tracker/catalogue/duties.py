"""Who owes what: the cells of a duty, in the order of the form."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Agency, Region

from .models import OWN_SCOPE, Cycle, Duty, Indicator, Programme, Unit
from .territory import rank, subordinate_regions

# ("duty" or "cycle", its id) -> the indicators that it names.
Names = dict[tuple[str, int], set[int]]
UNIT = ("id", "name", "dimension")


@dataclass(frozen=True)
class Cell:
    """One figure that is owed: an indicator at a region.

    `scope` is 本级 where a superior reports only what is its own, beside what comes from below.
    """

    indicator: Indicator
    region: Region
    scope: str = ""

    @cached_property
    def place(self) -> tuple[int, int, str]:
        """Indicator, region and scope by their ids: how a figure of the cell is found."""
        return (self.indicator.pk, self.region.pk, self.scope)


def cells(duty: Duty) -> list[Cell]:
    """What is owed by a duty, by programme and indicator, then by region."""
    return cells_of([duty])[duty.pk]


def cells_of(duties: Sequence[Duty] | QuerySet[Duty]) -> dict[int, list[Cell]]:
    """Duty id -> its cells, in a constant number of queries."""
    return {pk: one.cells for pk, one in owing_of(duties).items()}


@dataclass(frozen=True)
class Owing:
    """The cells of a duty, and the ratios that follow from them and are owed by nobody."""

    duty: Duty | None
    cells: list[Cell]
    ratios: list[Indicator]


def owing_of(duties: Sequence[Duty] | QuerySet[Duty]) -> dict[int, Owing]:
    """Duty id -> what it owes, in a constant number of queries."""
    duties = _with_parts(duties)
    today = timezone.localdate()
    wide = [duty for duty in duties if duty.filing == Cycle.Filing.FOR_SUBORDINATES]
    below = subordinate_regions([duty.agency.region for duty in wide], today) if wide else {}
    known, named = _known_to(duties), _named(duties)
    return {
        duty.pk: _owing(duty, known, named, below.get(duty.agency.region_id, ())) for duty in duties
    }


def _owing(duty: Duty, known: list[Indicator], names: Names, below: Sequence[Region]) -> Owing:
    named, limited = names["duty", duty.pk], names["cycle", duty.cycle_id]
    owed = {one.pk: one for one in known if _belongs(one, duty, named, limited)}
    cells = [cell for one in owed.values() for cell in _cells_at(one, duty, below)]
    ratios = [one for one in known if one.numerator_id in owed and one.denominator_id in owed]
    return Owing(duty, cells, ratios)


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
    [duty] = _with_parts([duty])
    names = _named([duty])
    named, limited = names["duty", duty.pk], names["cycle", duty.cycle_id]
    return [one for one in _known_to([duty]) if _belongs(one, duty, named, limited)]


def _with_parts(duties: Sequence[Duty] | QuerySet[Duty]) -> list[Duty]:
    found = duties
    if not isinstance(duties, QuerySet):
        found = Duty.objects.filter(pk__in=[duty.pk for duty in duties])
    return list(found.select_related("agency__region"))


def _known_to(duties: Sequence[Duty]) -> list[Indicator]:
    """The indicators of the agencies' lines and those of which they are the source, in order."""
    agencies = {duty.agency_id: duty.agency for duty in duties}
    lines = {agency.line_id for agency in agencies.values()}
    known = _active().filter(Q(line__in=lines) | Q(source__in=agencies)).order_by()
    return sorted(_with_homes(known), key=_in_order)


def _named(duties: Sequence[Duty]) -> Names:
    """The indicators that each duty names, and those to which its cycle is limited, in one query."""
    by_duty = Duty.indicators.through.objects.filter(duty__in=duties)
    by_cycle = Cycle.indicators.through.objects.filter(cycle__in={one.cycle_id for one in duties})
    rows = by_duty.annotate(kind=Value("duty")).values_list("kind", "duty", "indicator")
    others = by_cycle.annotate(kind=Value("cycle")).values_list("kind", "cycle", "indicator")
    found: Names = defaultdict(set)
    for kind, owner, indicator in rows.union(others):
        found[kind, owner].add(indicator)
    return found


def _active() -> QuerySet[Indicator]:
    active = Indicator.objects.filter(active=True, programme__active=True)
    return active.annotate(in_unit=F("unit__name"), of_dimension=F("unit__dimension"))


def _with_homes(indicators: Iterable[Indicator]) -> list[Indicator]:
    """With unit, programme and source: two hundred indicators of few share what is read once."""
    found = list(indicators)
    programmes = Programme.objects.select_related("line").in_bulk(
        {one.programme_id for one in found}
    )
    named = {one.source_id for one in found} - {None}
    sources = Agency.objects.select_related("region").in_bulk(named) if named else {}
    units: dict[int, Unit] = {}
    for one in found:
        if (unit := units.get(one.unit_id)) is None:
            known = (one.unit_id, one.in_unit, one.of_dimension)
            unit = units[one.unit_id] = Unit.from_db(one._state.db, UNIT, known)
        # What they are is known: it need not be looked at two hundred times.
        one._state.fields_cache.update(
            unit=unit,
            programme=programmes[one.programme_id],
            source=sources.get(one.source_id),
        )
    return found


def _in_order(indicator: Indicator) -> tuple:
    programme = indicator.programme
    return (programme.line.order, programme.order, programme.pk, indicator.order, indicator.pk)


def _belongs(indicator: Indicator, duty: Duty, named: set[int], limited: set[int]) -> bool:
    """By name where the duty or the cycle names indicators, else all that the agency answers for."""
    if named:
        return indicator.pk in named
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
    active = _with_homes(_active().filter(line__in=cycle.lines.all()))
    known = [one for one in active if not limited or one.pk in limited]
    return [agency for agency in at if any(_owes(agency, one) for one in known)]


def _owes(agency: Agency, indicator: Indicator) -> bool:
    if indicator.source_id == agency.pk:
        return True
    return answers_for(agency, indicator) and agency.region.level == indicator.level
