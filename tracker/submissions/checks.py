"""What is wrong or odd about a submission, in words that say what to do.

Errors block; where the figure can be true all the same they may be explained (情况属实).
Warnings never block and never ask for a reason.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Value, prefetch_related_objects

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Indicator, Measure, Said
from tracker.language.writing import write_figure

from .models import Figure, Narrative, Submission
from .owing import owing_by
from .past import NOTHING, Past, label_of, pasts_of
from .texts import unconfirmed

ERROR, WARNING = "error", "warning"
JUMP = Decimal(3)


@dataclass(frozen=True)
class Finding:
    """One finding at a cell (or at the whole, without one)."""

    severity: str
    rule: str
    message: str
    indicator: int | None = None
    region: int | None = None
    scope: str = ""
    explainable: bool = False
    explained: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity == ERROR and not self.explained


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

    def value(self, indicator: int, cell: Cell) -> Decimal | None:
        """What is said about another indicator at the place of the cell."""
        figure = self.figures.get((indicator, cell.region.pk, cell.scope))
        return figure.value if figure and figure.kind != Said.NOT_APPLICABLE else None


def sheet_of(submission: Submission) -> Sheet:
    """Read everything that the checks need, in a constant number of queries."""
    return sheets_of([submission])[submission.pk]


def sheets_of(submissions: Sequence[Submission]) -> dict[int, Sheet]:
    """Submission id -> its sheet, in a constant number of queries for all of them."""
    owing = owing_by(submissions)
    cells = {pk: one.cells for pk, one in owing.items()}
    indicators = {one.indicator.pk: one.indicator for found in cells.values() for one in found}
    pasts = pasts_of(submissions, indicators)
    every = figures_of(submissions, cells)
    figures = {
        pk: {(one.indicator_id, one.region_id, one.scope): one for one in found if not one.member}
        for pk, found in every.items()
    }
    return {
        one.pk: Sheet(
            cells[one.pk],
            figures[one.pk],
            pasts[one.pk],
            label_of(one.round.span),
            {cell.indicator.pk: cell.indicator for cell in cells[one.pk]},
            every[one.pk],
            owing[one.pk].ratios,
        )
        for one in submissions
    }


def figures_of(submissions: Sequence[Submission], cells) -> dict[int, list[Figure]]:
    """Submission id -> its figures; indicator and region are those of the cells, not read again."""
    known = {(c.indicator.pk, c.region.pk): c for found in cells.values() for c in found}
    every: dict[int, list[Figure]] = {one.pk: [] for one in submissions}
    strange = []
    for one in Figure.objects.filter(submission__in=submissions):
        if cell := known.get((one.indicator_id, one.region_id)):
            one.indicator, one.region = cell.indicator, cell.region
        else:
            strange.append(one)
        every[one.submission_id].append(one)
    prefetch_related_objects(strange, "indicator__unit", "region")
    return every


def check(
    submission: Submission,
    sheet: Sheet | None = None,
    texts: Sequence[Narrative] | None = None,
) -> list[Finding]:
    """All findings, errors first, each in the order of the form."""
    sheet = sheet or sheet_of(submission)
    links = links_of(sheet)
    found = [finding for cell in sheet.cells for finding in check_cell(sheet, cell, links)]
    found += check_texts(submission, texts)
    return sorted(found, key=lambda finding: finding.severity != ERROR)


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
    """(part, whole) and (low, high) among these indicators, in one query."""
    parts, bounds = (
        join.objects.filter(from_indicator__in=indicators, to_indicator__in=indicators)
        .annotate(kind=Value(kind))
        .values_list("kind", "from_indicator", "to_indicator")
        for kind, join in enumerate((Indicator.wholes.through, Indicator.not_above.through))
    )
    found: tuple[Pairs, Pairs] = ([], [])
    for kind, low, high in parts.union(bounds):
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


def check_cell(sheet: Sheet, cell: Cell, links: Links) -> Iterator[Finding]:
    """What is wrong or odd at one cell."""
    figure = sheet.figures.get((cell.indicator.pk, cell.region.pk, cell.scope))
    if figure is None or not figure.kind:
        if cell.indicator.required:
            yield _at(
                cell,
                ERROR,
                "required",
                "必填。没有发生请选“零报告”，不适用请选“不适用”并写明原因。",
            )
        return
    if figure.value is None:
        return
    past = sheet.past.get((figure.indicator_id, figure.region_id, figure.member, figure.scope))
    for rule in (_share, _falls, _repeats, _jumps, _slips):
        yield from rule(sheet, cell, figure, past or NOTHING)
    yield from _parts(sheet, cell, figure, links)
    yield from _pairs(sheet, cell, figure, links)


def _at(cell: Cell, severity, rule, message, *, figure=None, explainable=False) -> Finding:
    explained = bool(explainable and figure and figure.explanation)
    return Finding(
        severity,
        rule,
        message,
        cell.indicator.pk,
        cell.region.pk,
        cell.scope,
        explainable,
        explained,
    )


def _says(value: Decimal, indicator: Indicator) -> str:
    scale = indicator.entry_scale or indicator.display
    return write_figure(value, indicator.unit.name, decimals=None, display=scale)


def _share(sheet, cell, figure, past) -> Iterator[Finding]:
    is_share = cell.indicator.unit.name == "%" and cell.indicator.measure == Measure.RATIO
    if is_share and not 0 <= figure.value <= 100:
        yield _at(cell, ERROR, "share", "占比、覆盖率应在0到100之间。", figure=figure)


def _falls(sheet, cell, figure, past) -> Iterator[Finding]:
    """A cumulative value that falls below last period's."""
    flows = cell.indicator.measure in (Measure.FLOW, Measure.DISTINCT)
    if cell.indicator.entry_mode != EntryMode.CUMULATIVE or not flows or not past.last:
        return
    if past.last.value is not None and figure.value < past.last.value:
        was = _says(past.last.value, cell.indicator)
        words = f"累计数比{sheet.last_word}({was})少。确有核减请填写情况说明，否则请核对。"
        yield _at(cell, ERROR, "falls", words, figure=figure, explainable=True)


def _repeats(sheet, cell, figure, past) -> Iterator[Finding]:
    moves = cell.indicator.measure == Measure.FLOW
    same = past.last is not None and past.last.value == figure.value and figure.value
    if moves and same:
        yield _at(
            cell, WARNING, "repeats", f"与{sheet.last_word}数值完全相同，请确认不是沿用旧数。"
        )


def _times(now: Decimal, then: Decimal) -> Decimal | None:
    return now / then if then and now > 0 and then > 0 else None


def _slips(sheet, cell, figure, past) -> Iterator[Finding]:
    """A value some 10,000 (or 100,000,000) times off: the unit was probably mistaken."""
    for name, entry in ((sheet.last_word, past.last), ("上年同期", past.year_ago)):
        times = _times(figure.value, entry.value) if entry and entry.value else None
        if times and (times >= 1000 or times <= Decimal("0.001")):
            was = _says(entry.value, cell.indicator)
            now = _says(figure.value, cell.indicator)
            words = f"本次为{now}，{name}为{was}，相差上千倍，疑似单位错（如把万元填成元）。"
            words += "核实无误请填写情况说明。"
            yield _at(cell, ERROR, "unit", words, figure=figure, explainable=True)
            return


def _jumps(sheet, cell, figure, past) -> Iterator[Finding]:
    times = _times(figure.value, past.last.value) if past.last and past.last.value else None
    if not times or times >= 1000 or times <= Decimal("0.001"):
        return
    if times >= JUMP:
        more = format((times - 1).quantize(Decimal(1)), "f")
        yield _at(cell, WARNING, "jump", f"比{sheet.last_word}多约{more}倍，请确认。")
    elif times <= 1 / JUMP:
        yield _at(cell, WARNING, "jump", f"不足{sheet.last_word}的三分之一，请确认。")


def _parts(sheet, cell, figure, links) -> Iterator[Finding]:
    """其中 may not exceed its whole; a complete list adds up within half a unit per part."""
    indicator = cell.indicator
    for whole in links.wholes.get(indicator.pk, ()):
        total = sheet.value(whole, cell)
        if total is not None and figure.value > total:
            name = sheet.indicators[whole].name
            yield _at(
                cell,
                ERROR,
                "part",
                f"“其中”数大于“{name}”（{_says(total, sheet.indicators[whole])}），请核对。",
            )
    parts = links.parts.get(indicator.pk, ())
    if not indicator.parts_complete or not parts:
        return
    values = [sheet.value(part, cell) for part in parts]
    if None in values:
        return
    step = Decimal(1).scaleb(-figure.decimals) * (10**4 if "万" in figure.entered_unit else 1)
    if abs(sum(values) - figure.value) > step * len(parts) / 2:
        words = f"各“其中”项合计{_says(sum(values), indicator)}，与本项不等，请核对。"
        yield _at(cell, ERROR, "parts", words, figure=figure)


def _pairs(sheet, cell, figure, links) -> Iterator[Finding]:
    for high in links.not_above.get(cell.indicator.pk, ()):
        limit = sheet.value(high, cell)
        if limit is not None and figure.value > limit:
            words = f"不应大于“{sheet.indicators[high].name}”（{_says(limit, sheet.indicators[high])}）。"
            yield _at(cell, ERROR, "pair", words, figure=figure)


def check_texts(
    submission: Submission, texts: Sequence[Narrative] | None = None
) -> Iterator[Finding]:
    """Numbers in narratives must be confirmed: they are published as passage figures."""
    for narrative, numbers in unconfirmed(submission, texts).items():
        raws = "、".join(number.raw for number in numbers[:5])
        words = f"“{narrative.programme}”的{narrative.get_kind_display()}中有未确认的数字：{raws}。"
        yield Finding(ERROR, "passage", words + "请在文字下方确认。")
