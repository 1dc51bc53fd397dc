"""The current entries behind a question, fetched at once and laid out by place."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Region
from tracker.catalogue.models import OWN_SCOPE, Indicator, Measure, Said
from tracker.catalogue.spans import parse_key
from tracker.catalogue.territory import Territory, rank

from .intervals import Amount, amount
from .models import Entry, Nature
from .overlaps import Common, overlaps_of

# A preliminary number gives way to the decided one, which the annual final only stands in for.
PREFERENCE = {Nature.DECIDED: 0, Nature.FINAL: 1, Nature.QUICK: 2}
COLUMNS = (
    "pk", "indicator_id", "agency_id", "region_id", "region__path", "region__level", "member",
    "scope", "span__key", "span__end", "kind", "value", "qualifier", "nature", "accumulates",
    "is_control", "definition_id", "base_text", "base_date", "start_value", "start_date", "adjusts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of a current entry that adding needs."""

    pk: int
    indicator: int
    agency: int
    region: int
    path: str
    level: str
    member: str
    scope: str
    key: str
    end: datetime.date
    kind: str
    value: Decimal | None
    qualifier: str
    nature: str
    accumulates: str
    is_control: bool
    definition: int
    base_text: str
    base_date: datetime.date | None
    start_value: Decimal | None
    start_date: datetime.date | None
    adjusts: str = ""

    @property
    def amount(self) -> Amount | None:
        """None where the indicator does not apply."""
        return None if self.kind == Said.NOT_APPLICABLE else amount(self.value, self.qualifier)

    @property
    def place(self) -> Common:
        """What it is about, whatever its revision, as overlaps name it."""
        return (self.indicator, self.agency, self.region, self.member, self.scope, self.key)

    @property
    def cell(self) -> tuple:
        """The key of an entry, revisions apart."""
        return (*self.place, self.nature, self.accumulates, self.adjusts)

    @property
    def base(self) -> tuple[str, datetime.date | None]:
        return (self.base_text, self.base_date)


class Rows:
    """The rows for these indicators (and their operands), regions and span keys, in four queries.

    `at`: as a freeze at that moment holds them. `natures`: only of these. `finals`: where an annual
    final stands, nothing less settled beside it. `instead`: rows that are taken in
    place of those with the same key of theirs, to see what a change would move.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        regions: Sequence[Region],
        keys: Iterable[str],
        *,
        on: datetime.date | None = None,
        at: datetime.datetime | None = None,
        natures: Collection[str] = (),
        finals: bool = False,
        instead: Iterable[Row] = (),
    ):
        self.at, self.natures = at, natures
        self.indicators = {one.pk: one for one in indicators}
        self._fetch_operands()
        self.territory = Territory.on(on or timezone.localdate())
        self.by_pk: dict[int, Row] = {}
        self._under: dict[tuple[int, str], list[Row]] = defaultdict(list)
        wanted = {self.territory.place(region.path) for region in regions}
        keys = set(keys)
        given = {row.cell: row for row in instead}
        found = [Row(*values) for values in self._query(regions, keys).values_list(*COLUMNS)]
        for row in without_unsettled(found) if finals else found:
            if row.cell not in given:
                self._keep(row, wanted)
        for row in given.values():
            if row.key in keys:
                self._keep(row, wanted)
        self.overlaps = overlaps_of(self.indicators, keys)

    def _fetch_operands(self) -> None:
        operands = {pk for one in self.indicators.values()
                    for pk in (one.numerator_id, one.denominator_id) if pk}  # fmt: skip
        missing = operands - set(self.indicators)
        if missing:
            found = Indicator.objects.filter(pk__in=missing).select_related("unit")
            self.indicators |= {one.pk: one for one in found}

    def _query(self, regions: Sequence[Region], keys: set[str]) -> QuerySet[Entry]:
        spans = Q(span__key__in=keys)
        standards = [one.pk for one in self.indicators.values() if one.measure == Measure.STANDARD]
        if standards and keys:
            last = max(parse_key(key).end for key in keys)
            spans |= Q(indicator__in=standards, span__end__lte=last)
        near = self.territory.reaching({region.path for region in regions})
        places = Region.objects.filter(near).values("pk")
        rows = Entry.objects.quotable(self.at).filter(spans, indicator__in=self.indicators)
        if self.natures:
            rows = rows.filter(nature__in=self.natures)
        return rows.filter(region__in=places).order_by("pk")

    def _keep(self, row: Row, wanted: set[str]) -> None:
        self.by_pk[row.pk] = row
        steps = self.territory.place(row.path).rstrip("/").split("/")
        for size in range(1, len(steps) + 1):
            path = "/".join(steps[:size]) + "/"
            if path in wanted:
                self._under[row.indicator, path].append(row)

    def counted(self, indicator: Indicator, region: Region) -> list[Row]:
        """What adds up to the region: its reporting level below it, and superiors' own (本级)."""
        rows = self._at(indicator, region)
        level = rank(indicator.level)
        if rank(region.level) > level or indicator.measure in (Measure.STANDARD, Measure.RATIO):
            return [row for row in rows if row.region == region.pk and not row.is_control]
        return [
            row
            for row in rows
            if not row.is_control
            and (rank(row.level) == level or (rank(row.level) < level and row.scope == OWN_SCOPE))
        ]

    def controls(self, indicator: Indicator, region: Region) -> list[Row]:
        """Numbers typed for the region although a lower level reports: never added."""
        level = rank(indicator.level)
        return [
            row
            for row in self._at(indicator, region)
            if row.region == region.pk
            and (row.is_control or (rank(row.level) < level and row.scope != OWN_SCOPE))
        ]

    def _at(self, indicator: Indicator, region: Region) -> list[Row]:
        return self._under.get((indicator.pk, self.territory.place(region.path)), [])


def without_unsettled(rows: Sequence[Row]) -> list[Row]:
    """The rows less those beside which the annual final of the same thing stands."""
    final = {(row.place, row.accumulates) for row in rows if row.nature == Nature.FINAL}
    return [
        row
        for row in rows
        if row.nature == Nature.FINAL or (row.place, row.accumulates) not in final
    ]


Place = tuple[int, int, str]


def by_place(rows: Iterable[Row], level: str) -> dict[Place, dict[str, list[Row]]] | None:
    """(agency, region, scope) -> span key -> the row, or its breakdown where there is no whole.

    Figures of different 统计范围 are not mixed: the plain ones count, else the only scope there is;
    None when there are several and none is plain.
    """
    scoped = [(_scope(row, level), row) for row in rows]
    scopes = {scope for scope, _ in scoped}
    if len(scopes) > 1 and "" not in scopes:
        return None
    chosen = "" if "" in scopes else next(iter(scopes), "")
    cells: dict[tuple, list[Row]] = defaultdict(list)
    for scope, row in scoped:
        if scope == chosen:
            cells[row.agency, row.region, row.scope, row.key].append(row)
    places: dict[Place, dict[str, list[Row]]] = defaultdict(dict)
    for (agency, region, scope, key), found in cells.items():
        places[agency, region, scope][key] = _whole_or_parts(found)
    return dict(places)


def _scope(row: Row, level: str) -> str:
    """A superior's own counts like what comes from below."""
    own = row.scope == OWN_SCOPE and rank(row.level) < rank(level)
    return "" if own else row.scope


def _whole_or_parts(rows: list[Row]) -> list[Row]:
    """The whole, or the breakdown that stands for it, with what is made good for earlier spans."""
    best: dict[str, Row] = {}
    for row in rows:
        if row.adjusts:
            continue
        known = best.get(row.member)
        if known is None or PREFERENCE[row.nature] < PREFERENCE[known.nature]:
            best[row.member] = row
    plain = [best[""]] if "" in best else list(best.values())
    return plain + [row for row in rows if row.adjusts]
