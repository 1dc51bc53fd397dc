"""A submission as its form shows it, read in a constant number of queries."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.http import QueryDict

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Definition, Target
from tracker.submissions.checks import Finding, Sheet, sheet_of
from tracker.submissions.drafting import place_of
from tracker.submissions.models import Evidence, Narrative, Submission
from tracker.submissions.past import NOTHING, SoFar, Told, so_far_of
from tracker.submissions.rules import asks_for_some
from tracker.submissions.saying import written

from .rows import Row, key_of
from .sections import Ratio, Section
from .words import PARTS, typed_of

__all__ = ["Row", "Section", "sections_of"]


def sections_of(
    submission: Submission,
    *,
    sheet: Sheet | None = None,
    findings: Iterable[Finding] = (),
    posted: QueryDict | None = None,
    problems: dict | None = None,
    clashing: dict | None = None,
    texts: Iterable[Narrative] | None = None,
    evidence: Iterable[Evidence] | None = None,
    with_definitions: bool = True,
) -> list[Section]:
    """The form; `posted` wins over what is saved. `sheet`, `texts` and `evidence` at hand are used."""
    sheet = sheet or sheet_of(submission)
    found = Rows(submission, sheet, findings, problems or {}, clashing or {})
    found.lay_out(submission.evidence.filter(removed_at=None) if evidence is None else evidence)
    if with_definitions:
        found.definitions = definitions_of(sheet.cells)
    by_programme: dict[int, Section] = {}
    for cell in sheet.cells:
        programme = cell.indicator.programme_id
        if (section := by_programme.get(programme)) is None:
            section = by_programme[programme] = Section(cell.indicator.programme, [], [])
        row = found.row(cell)
        members = [found.row(cell, member) for member in cell.indicator.members]
        row.is_sum = bool(members) and row.adds_up
        section.rows.append(row)
        section.member_rows += members
    sections = list(by_programme.values())
    if posted is not None or clashing:
        for row in (row for section in sections for row in section.every_row):
            take_posted(row, posted, clashing or {})
    add_ratios(sections, sheet)
    add_texts(submission, by_programme, texts)
    return sections


class Rows:
    """Everything that stands beside the fields, by place; a row for each cell that is asked for."""

    def __init__(
        self,
        submission: Submission,
        sheet: Sheet,
        findings: Iterable[Finding],
        problems: Mapping,
        clashing: Mapping,
    ):
        self.figures = {place_of(one): one for one in sheet.every_figure}
        # What came back for some figures is open for those alone.
        self.asked = asks_for_some(submission)
        self.past, self.span = sheet.past, submission.round.span
        self.so_far, self.unknown = so_far_of(submission)
        self.targets = targets_of(submission, sheet.cells)
        self.problems, self.clashing = problems, clashing
        self.definitions: dict[int, str] = {}
        self.messages: dict[tuple, list[Finding]] = {}
        for one in findings:
            self.messages.setdefault((one.indicator, one.region, one.scope), []).append(one)
        self.evidence: dict[int | None, list[Evidence]] = {}
        self.figures_at = f"{submission.get_absolute_url()}figures/"

    def lay_out(self, evidence: Iterable[Evidence]) -> None:
        """Each file to its figure."""
        for file in evidence:
            self.evidence.setdefault(file.figure_id, []).append(file)

    def row(self, cell: Cell, member: str = "") -> Row:
        indicator, region, scope = cell.place
        place = (indicator, region, member, scope)
        figure, before = self.figures.get(place), self.past.get(place, NOTHING)
        goal = None if member else self.targets.get((indicator, region))
        if goal:
            goal.indicator = cell.indicator
        key = key_of(cell, member)
        return Row(
            cell,
            figure,
            typed_of(figure),
            key,
            member,
            f"{self.figures_at}{key}/",
            last=written(before.last) if before.last else "",
            year_ago=written(before.year_ago) if before.year_ago else "",
            goal=goal,
            last_value=self.counting_on(before.last),
            so_far=self.known_so_far(place),
            definition=self.definitions.get(indicator, ""),
            messages=[] if member else self.messages.get(cell.place, []),
            problem=self.problems.get(place, ""),
            theirs=written(self.clashing[place]) if place in self.clashing else "",
            evidence=self.evidence.get(figure.pk, []) if figure else [],
            is_closed=self.asked and not (figure and figure.questioned),
        )

    def counting_on(self, last: Told | None) -> Decimal | None:
        """Last period's cumulative number, if it is of the same year and exact."""
        if last is None or last.qualifier or self.span.start.month == 1:
            return None
        return last.value

    def known_so_far(self, place: tuple) -> SoFar:
        return self.so_far.get(place, self.unknown)


def take_posted(row: Row, posted: QueryDict | None, clashing: Mapping) -> None:
    """What was typed and not saved stands in the field; after a clash on top of the colleague's."""
    if posted is not None:
        row.typed |= {n: posted[f"{row.key}-{n}"] for n in PARTS if f"{row.key}-{n}" in posted}
    place = (row.cell.indicator.pk, row.cell.region.pk, row.member, row.cell.scope)
    if place in clashing:
        row.typed["seen"] = str(clashing[place].version)


def add_ratios(sections: list[Section], sheet: Sheet) -> None:
    """Behind the rows of its programme each ratio whose both operands are asked for here."""
    if not sheet.ratios:
        return
    rows = {
        (row.cell.indicator.pk, row.cell.region.pk): row
        for section in sections
        for row in section.rows
    }
    for one in sheet.ratios:
        for (pk, region), above in rows.items():
            below = rows.get((one.denominator_id, region))
            if pk != one.numerator_id or below is None:
                continue
            home = home_of(sections, one.programme_id, above)
            home.ratios.append(Ratio(one, above.cell.region, above, below, f"r{one.pk}-{region}"))


def home_of(sections: list[Section], programme: int, above: Row) -> Section:
    """Its own programme, else that of its numerator."""
    named = [one for one in sections if one.programme.pk == programme]
    return named[0] if named else next(one for one in sections if above in one.rows)


def add_texts(
    submission: Submission, sections: dict[int, Section], texts: Iterable[Narrative] | None
) -> None:
    if texts is None:
        texts = submission.narratives.prefetch_related("figures")
    for text in texts:
        if text.programme_id in sections:
            sections[text.programme_id].texts.append(text)


def definitions_of(cells: list[Cell]) -> dict[int, str]:
    """Indicator -> the words of its definition in force."""
    known = Definition.objects.filter(indicator__in={cell.indicator.pk for cell in cells})
    return dict(known.order_by("number").values_list("indicator", "text"))


def targets_of(submission: Submission, cells: list[Cell]) -> dict[tuple[int, int], Target]:
    """(indicator, region) -> this year's target."""
    found = Target.objects.current().filter(
        year=submission.round.span.end.year,
        indicator__in={cell.place[0] for cell in cells},
        region__in={cell.place[1] for cell in cells},
    )
    return {(one.indicator_id, one.region_id): one for one in found.order_by("pk")}


def figure_rows(sections: Iterable[Section]) -> dict[str, Row]:
    """Key -> row, for every field of the form."""
    return {row.key: row for section in sections for row in section.every_row}
