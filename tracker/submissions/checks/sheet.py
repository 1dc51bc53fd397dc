"""A submission as the checks see it, read in a constant number of queries for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, prefetch_related_objects

from tracker.catalogue.duties import Cell, Owing
from tracker.catalogue.models import OWN_SCOPE, CityRule, Indicator, Measure, Said
from tracker.catalogue.spans import previous_key
from tracker.ledger.models import Entry

from ..models import Figure, Submission
from ..owing import owing_by
from ..past import Past, label_of, pasts_of


@dataclass
class Sheet:
    """A submission as the checks see it: what is owed, what is said, what was said before."""

    cells: list[Cell]
    figures: dict[tuple[int, int, str], Figure]
    past: dict[tuple, Past]
    last_word: str
    indicators: dict[int, Indicator] = field(default_factory=dict)
    # The same and the breakdown members, and the ratios that follow from the cells.
    every_figure: list[Figure] = field(default_factory=list)
    ratios: list[Indicator] = field(default_factory=list)
    # What others say of the same indicators in the same round, the city's own rules for these
    # cells, and what the whole place came to in the last period where only 本级 is asked for.
    peers: dict[int, list[Decimal]] = field(default_factory=dict)
    own_rules: dict[int, list[CityRule]] = field(default_factory=dict)
    wholes: dict[tuple[int, int], Decimal] = field(default_factory=dict)

    def value(self, indicator: int, cell: Cell) -> Decimal | None:
        """What is said about another indicator at the place of the cell."""
        figure = self.figures.get((indicator, cell.region.pk, cell.scope))
        return figure.value if figure and figure.kind != Said.NOT_APPLICABLE else None


def sheet_of(
    submission: Submission,
    owing: Owing | None = None,
    figures: Iterable[Figure] | None = None,
) -> Sheet:
    """Read everything that the checks need, in a constant number of queries.

    `owing`, and the `figures` as they stand, are not read again where they are at hand.
    """
    known = {submission.pk: owing} if owing else None
    return sheets_of([submission], owing=known, figures=figures)[submission.pk]


def sheets_of(
    submissions: Sequence[Submission],
    *,
    bare: bool = False,
    owing: dict[int, Owing] | None = None,
    figures: Iterable[Figure] | None = None,
) -> dict[int, Sheet]:
    """Submission id -> its sheet, in a constant number of queries for all of them.

    `bare`: without peers, the city's own rules, and what whole places came to. `owing` and
    `figures` that are at hand are not read again.
    """
    owing = owing or owing_by(submissions)
    cells = {pk: one.cells for pk, one in owing.items()}
    indicators = {one.indicator.pk: one.indicator for found in cells.values() for one in found}
    pasts = pasts_of(submissions, indicators)
    every = figures_of(submissions, cells, figures)
    by_place = {
        pk: {(one.indicator_id, one.region_id, one.scope): one for one in found if not one.member}
        for pk, found in every.items()
    }
    peers = {one.pk: {} for one in submissions} if bare else peers_of(submissions, indicators)
    own = {} if bare else own_rules_of(indicators)
    wholes = {} if bare else wholes_of(submissions, cells)
    return {
        one.pk: Sheet(
            cells[one.pk],
            by_place[one.pk],
            pasts[one.pk],
            label_of(one.round.span),
            {cell.indicator.pk: cell.indicator for cell in cells[one.pk]},
            every[one.pk],
            owing[one.pk].ratios,
            peers[one.pk],
            own,
            wholes.get(previous_key(one.round.span.key), {}),
        )
        for one in submissions
    }


def figures_of(
    submissions: Sequence[Submission], cells, at_hand: Iterable[Figure] | None = None
) -> dict[int, list[Figure]]:
    """Submission id -> its figures; indicator and region are those of the cells, not read again."""
    if at_hand is None:
        at_hand = Figure.objects.filter(submission__in=submissions).order_by("pk")
    known = {(c.indicator.pk, c.region.pk): c for found in cells.values() for c in found}
    every: dict[int, list[Figure]] = {one.pk: [] for one in submissions}
    strange = []
    for one in at_hand:
        if cell := known.get((one.indicator_id, one.region_id)):
            # Without asking twenty thousand times whether they are what they are.
            one._state.fields_cache.update(indicator=cell.indicator, region=cell.region)
        else:
            strange.append(one)
        every[one.submission_id].append(one)
    prefetch_related_objects(strange, "indicator__unit", "region")
    return every


def peers_of(
    submissions: Sequence[Submission], indicators: Collection[int]
) -> dict[int, dict[int, list[Decimal]]]:
    """Submission id -> indicator -> what other agencies' figures say in the same round."""
    said = Figure.objects.filter(
        submission__round__in={one.round_id for one in submissions},
        indicator__in=indicators,
        kind=Said.VALUE,
        member="",
        scope="",
    )
    if len(submissions) == 1:
        said = said.exclude(submission=submissions[0])
    together = defaultdict(list)
    for term, agency, indicator, value in said.values_list(
        "submission__round", "submission__agency", "indicator", "value"
    ).order_by():
        together[term].append((agency, indicator, value))
    found: dict[int, dict[int, list[Decimal]]] = {}
    for one in submissions:
        found[one.pk] = defaultdict(list)
        for agency, indicator, value in together[one.round_id]:
            if agency != one.agency_id:
                found[one.pk][indicator].append(value)
    return found


def own_rules_of(indicators: Collection[int]) -> dict[int, list[CityRule]]:
    """Indicator -> the city's own rules that are switched on."""
    rules = CityRule.objects.active().annotate(path=F("region__path"))
    found: dict[int, list[CityRule]] = defaultdict(list)
    # A city has few of them, and thousands of indicators would make the longer question.
    for rule in rules.select_related("other__unit").order_by("pk"):
        if rule.indicator_id in indicators:
            found[rule.indicator_id].append(rule)
    return found


def wholes_of(
    submissions: Sequence[Submission], cells: dict[int, list[Cell]]
) -> dict[str | None, dict[tuple[int, int], Decimal]]:
    """Last period -> (indicator, region) -> what the region came to, parts below included.

    Only for flows where a superior is asked for its own (本级) alone; no query where none is.
    """
    asked = {
        (cell.indicator.pk, cell.region.pk): cell.region
        for found in cells.values()
        for cell in found
        if cell.scope == OWN_SCOPE and cell.indicator.measure == Measure.FLOW
    }
    if not asked:
        return {}
    keys = {previous_key(one.round.span.key) for one in submissions} - {None}
    rows = Entry.objects.current().filter(
        indicator__in={pk for pk, _ in asked}, span__key__in=keys, is_control=False, member=""
    )
    sums: dict[str | None, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    for pk, path, key, value in rows.values_list(
        "indicator", "region__path", "span__key", "value"
    ).order_by():
        for (indicator, place), region in asked.items():
            if indicator == pk and value is not None and path.startswith(region.path):
                before = sums[key].get((indicator, place), Decimal(0))
                sums[key][indicator, place] = before + value
    return sums
