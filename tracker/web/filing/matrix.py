"""The progress table of a programme: regions down; this period, year to date, growth, target across."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.rules import ALLOWED
from tracker.catalogue.models import Definition, Indicator
from tracker.catalogue.spans import year_ago_key
from tracker.ledger.intervals import add, amount
from tracker.ledger.totals import NOTHING, Total, year_to_date
from tracker.submissions.checks import check, sheet_of
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.submissions.saying import in_entry_unit
from tracker.web import files
from tracker.workbooks.sheets import Column, Kind, Sheet
from tracker.workbooks.writing import write

from .markup import field_of, opening, says
from .page import LATER, found, pace_of
from .rows import Row
from .sections import Section
from .sheet import sections_of
from .words import amount_words

HEADINGS = ("本期", "本年累计", "上年同期累计", "同比", "目标", "完成率", "序时")
CHANGED = "口径已调整，不计算"


@dataclass(frozen=True)
class Place:
    """One line: a region with all that is known of one indicator there."""

    row: Row
    year_ago: Total
    comparable: bool

    @property
    def opening(self) -> SafeString:
        return SafeString(opening(self.row))

    @property
    def field(self) -> SafeString:
        return field_of(self.row)

    @property
    def says(self) -> SafeString:
        return says(self.row)

    @property
    def total(self) -> Decimal | None:
        return self.row.total

    @property
    def year_ago_words(self) -> str:
        return said(self.year_ago, self.row.cell.indicator)

    @property
    def growth(self) -> str:
        """Against the same months of last year, from unrounded exact numbers; else empty."""
        if not self.comparable:
            return CHANGED
        base = self.year_ago
        if self.total is None or not base.exact or not base.complete or base.value <= 0:
            return ""
        return growth_words(self.total, base.value)


def said(total: Total, indicator: Indicator) -> str:
    if total.value is None or not total.complete:
        return ""
    return amount_words(total.value, indicator) if total.exact else ""


def growth_words(now: Decimal, base: Decimal) -> str:
    share = ((now - base) * 100 / base).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    return f"{'+' if share > 0 else ''}{share}%"


@dataclass(frozen=True)
class Table:
    """One indicator: its lines, and the sum of what may be summed."""

    indicator: Indicator
    places: list[Place]
    adds: bool

    def summed(self, values: Iterable[Decimal | None]) -> Decimal | None:
        values = list(values)
        if not self.adds or not values or None in values:
            return None
        return sum(values, Decimal(0))

    @property
    def sum_now(self) -> str:
        rows = [one.row.figure for one in self.places]
        if not self.adds or any(one is None or one.value is None for one in rows):
            return ""
        total = add([amount(one.value, one.qualifier) for one in rows])
        return "" if total.value is None else amount_words(total.value, self.indicator)

    @property
    def sum_total(self) -> Decimal | None:
        return self.summed(one.total for one in self.places)

    @property
    def sum_ago(self) -> Decimal | None:
        exact = [one.year_ago.value if one.year_ago.exact else None for one in self.places]
        return self.summed(exact)

    @property
    def sum_words(self) -> list[str]:
        """本年累计, 上年同期累计, 同比 of all regions; the city's target is not the sum of theirs."""
        now, ago = self.sum_total, self.sum_ago
        comparable = all(one.comparable for one in self.places)
        growth = growth_words(now, ago) if comparable and now is not None and ago else ""
        return ["" if one is None else amount_words(one, self.indicator) for one in (now, ago)] + [
            growth
        ]


def tables_of(record: Submission, section: Section) -> list[Table]:
    """The programme's indicators, in a constant number of queries."""
    indicators = {row.cell.indicator.pk: row.cell.indicator for row in section.rows}
    regions = {row.cell.region.pk: row.cell.region for row in section.rows}
    key = year_ago_key(record.round.span.key)
    before = year_to_date(indicators.values(), regions.values(), key) if key else {}
    changed = set(
        Definition.objects.filter(indicator__in=indicators, number__gt=1)
        .exclude(comparability=Definition.Comparability.COMPARABLE)
        .values_list("indicator", flat=True)
    )
    sums = {one.indicator.pk: one.adds for one in section.sums}
    return [
        Table(
            indicator,
            [
                Place(row, before.get((pk, row.cell.region.pk), NOTHING), pk not in changed)
                for row in section.rows
                if row.cell.indicator.pk == pk
            ],
            sums[pk],
        )
        for pk, indicator in indicators.items()
    ]


def section_in(request, pk: int, programme: int) -> tuple[Submission, Section]:
    record = found(request.user, pk)
    sheet = sheet_of(record)
    findings = [one for one in check(record, sheet) if one.rule not in LATER]
    sections = sections_of(record, sheet=sheet, findings=findings, texts=())
    for section in sections:
        if section.programme.pk == programme:
            return record, section
    raise Http404


@require_safe
def submission_matrix(request, pk, programme):
    """To look at, to fill in, and to print."""
    record, section = section_in(request, pk, programme)
    context = {
        "submission": record,
        "section": section,
        "tables": tables_of(record, section),
        "pace": pace_of(record),
        "headings": HEADINGS,
        "may_edit": may_edit(request.user, record),
    }
    return render(request, "submissions/matrix.html", context)


COLUMNS = (
    Column("指标"), Column("地区"), Column("单位"),
    *(Column(name, Kind.NUMBER if number < 3 else Kind.TEXT) for number, name in enumerate(HEADINGS)),
)  # fmt: skip


@require_safe
def submission_matrix_file(request, pk, programme):
    """The same table as a workbook."""
    record, section = section_in(request, pk, programme)
    rows = [line for table in tables_of(record, section) for line in lines_of(table, record)]
    name = f"{record.agency.short_name}{section.programme}{record.round.span.key}进度表.xlsx"
    content = write([(Sheet("进度表", COLUMNS), rows)])
    return files.download(ALLOWED, BytesIO(content), name)


def lines_of(table: Table, record: Submission) -> Iterable[dict]:
    for one in table.places:
        row, indicator = one.row, table.indicator
        figure, exact = row.figure, one.year_ago.exact
        now = figure.value if figure and figure.value is not None and not figure.qualifier else None
        cells = (
            number(now, indicator) or row.says,
            number(row.total, indicator),
            number(one.year_ago.value, indicator) if exact else "",
            one.growth,
            row.target,
            row.completion,
            pace_of(record),
        )
        named = {
            "指标": indicator.label,
            "地区": row.cell.region.name,
            "单位": indicator.entry_unit,
        }
        yield named | dict(zip(HEADINGS, cells, strict=True))


def number(value: Decimal | None, indicator: Indicator) -> Decimal | None:
    return None if value is None else Decimal(in_entry_unit(value, indicator))
