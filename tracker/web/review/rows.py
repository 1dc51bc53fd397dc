"""A submission as its reviewer sees it: each figure with its past, its checks and what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from tracker.catalogue.models import Programme
from tracker.ledger.models import Entry
from tracker.ledger.origins import approved_last
from tracker.review.models import Comment
from tracker.submissions.checks import ERROR, Finding, Sheet
from tracker.submissions.models import Evidence, Figure, Narrative, Submission
from tracker.submissions.overview import differs, place_of
from tracker.submissions.past import NOTHING
from tracker.web.filing.sheet import Section, sections_of, written
from tracker.web.typed import number

from .forms import QuestionForm


@dataclass
class ReviewRow:
    """One figure; `figure` is None for a cell that says nothing."""

    figure: Figure | None
    name: str
    place: str
    unit: str
    last: str = ""
    year_ago: str = ""
    target: str = ""
    definition: str = ""
    change: str = ""
    approved: str = ""
    findings: list[Finding] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    form: QuestionForm | None = None
    is_asked: bool = False

    @property
    def says(self) -> str:
        return written(self.figure) if self.figure else ""

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == ERROR]

    @property
    def tabs(self) -> set[str]:
        """Under which tabs the row stands."""
        figure = self.figure
        stands = {
            "all": True,
            "odd": bool(self.findings),
            "changed": bool(self.change) and self.change != SAME,
            "again": bool(self.approved) or bool(figure and figure.questioned),
            "explained": bool(figure and (figure.explanation or figure.note or figure.na_reason)),
            "backed": bool(self.evidence),
        }
        return {tab for tab, here in stands.items() if here}


@dataclass
class ReviewSection:
    """One programme."""

    programme: Programme
    rows: list[ReviewRow]
    texts: list[Narrative]

    @property
    def tabs(self) -> set[str]:
        found = {tab for row in self.rows for tab in row.tabs}
        return found | ({"all"} if self.texts else set())


TABS = [
    ("all", "全部"),
    ("odd", "异常"),
    ("changed", "较上期变化"),
    ("again", "较上次核定、退回"),
    ("explained", "有说明"),
    ("backed", "佐证"),
]
SAME = "持平"


def review_sections(
    submission: Submission,
    sheet: Sheet,
    findings: Iterable[Finding],
    forms: dict[int, QuestionForm],
) -> list[ReviewSection]:
    """The whole submission by programme, in a constant number of queries."""
    sections = sections_of(submission, sheet=sheet, findings=findings)
    past, approved = sheet.past, approved_before(submission)
    talk: dict[int, list[Comment]] = {}
    for comment in submission.comments.filter(figure__isnull=False).select_related("by"):
        talk.setdefault(comment.figure_id, []).append(comment)
    found = {
        section.programme.pk: ReviewSection(
            section.programme, list(rows_of(section)), section.texts
        )
        for section in sections
    }
    for row in further_rows(submission, sections):
        programme = row.figure.indicator.programme
        home = found.setdefault(programme.pk, ReviewSection(programme, [], []))
        home.rows.append(row)
    for section in found.values():
        for row in section.rows:
            if row.figure:
                complete(row, past.get(place_of(row.figure), NOTHING), talk, forms)
                last = approved.get(row.figure.pk)
                row.approved = written(last) if differs(row.figure, last) else ""
    return list(found.values())


def approved_before(submission: Submission) -> dict[int, Entry]:
    """Figure id -> what was approved of it, for a submission that was reopened."""
    return approved_last(submission.figures.values_list("pk", flat=True))


def rows_of(section: Section) -> Iterable[ReviewRow]:
    for row in section.rows:
        yield ReviewRow(
            row.figure if row.figure and row.figure.kind else None,
            row.cell.indicator.label + (f"（{row.cell.scope}）" if row.cell.scope else ""),
            row.cell.region.name if section.by_region else "",
            row.cell.indicator.entry_unit,
            row.last,
            row.year_ago,
            row.target,
            row.definition,
            findings=row.messages,
            evidence=row.evidence,
        )


def further_rows(submission: Submission, sections: list[Section]) -> Iterable[ReviewRow]:
    """Breakdown members, and figures that are no longer owed: approval posts them too."""
    shown = {row.figure.pk for section in sections for row in section.rows if row.figure}
    figures = submission.figures.exclude(pk__in=shown).exclude(kind="")
    for figure in figures.select_related(
        "indicator__unit", "indicator__programme", "region"
    ).prefetch_related("evidence"):
        name = figure.indicator.label + (f"（{figure.member}）" if figure.member else "")
        evidence = [one for one in figure.evidence.all() if not one.removed_at]
        yield ReviewRow(
            figure, name, figure.region.name, figure.indicator.entry_unit, evidence=evidence
        )


def complete(row: ReviewRow, past, talk: dict, forms: dict) -> None:
    row.last = written(past.last) if past.last else ""
    row.year_ago = written(past.year_ago) if past.year_ago else ""
    row.change = change_words(row.figure, past.last)
    row.comments = talk.get(row.figure.pk, [])
    row.is_asked = row.figure.pk in forms
    row.form = forms.get(row.figure.pk) or QuestionForm(prefix=prefix_of(row.figure.pk))


def change_words(figure: Figure, last: Entry | None) -> str:
    """How a figure compares with last period's: 增 12.3%, 减 5 个百分点, 持平; empty without one."""
    if last is None or last.value is None or figure.value is None:
        return ""
    change = figure.value - last.value
    if not change:
        return SAME
    way = "增" if change > 0 else "减"
    if figure.indicator.unit.name == "%":
        return f"{way} {plain(abs(change))} 个百分点"
    if last.value <= 0:
        return way
    share = abs(change) * 100 / last.value
    if share >= 1000:
        return f"为上期的 {plain(figure.value / last.value)} 倍"
    return f"{way} {plain(share)}%"


def plain(number: Decimal) -> str:
    """One digit after the point, none where it is 0."""
    return format(number.quantize(Decimal("0.1")), "f").removesuffix(".0")


def prefix_of(pk: int) -> str:
    return f"q{pk}"


def asked_in(posted: QueryDict) -> list[int]:
    """Ids of the figures whose question is ticked."""
    return [pk for pk in map(number, posted.getlist("ask")) if pk]
