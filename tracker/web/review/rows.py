"""A submission as its reviewer sees it: each figure with its past, its checks and what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from tracker.catalogue.models import Programme
from tracker.ledger.models import Entry
from tracker.ledger.origins import approved_last
from tracker.review.models import Comment, Tick
from tracker.review.ticking import ticks_of
from tracker.submissions.checks import ERROR, Finding, Sheet
from tracker.submissions.models import Evidence, Figure, Narrative, Status, Submission
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
    tick: Tick | None = None

    @property
    def key(self) -> str:
        """The figure as it is seen."""
        return f"{self.figure.pk}-{self.figure.version}"

    @property
    def is_ticked(self) -> bool:
        return self.tick is not None and self.tick.figure_version == self.figure.version

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
            "open": bool(figure) and not self.is_ticked,
        }
        return {tab for tab, here in stands.items() if here}


@dataclass
class ReviewText:
    """One text, beside how it read when it last came back."""

    text: Narrative
    came_back: bool
    comments: list[Comment]
    form: QuestionForm
    is_asked: bool = False

    @property
    def is_new(self) -> bool:
        return self.came_back and not self.text.before

    @property
    def is_changed(self) -> bool:
        return bool(self.text.before) and self.text.before != self.text.text

    @property
    def tabs(self) -> set[str]:
        again = self.is_new or self.is_changed or self.text.questioned
        return {"all", "again"} if again else {"all"}


@dataclass
class ReviewSection:
    """One programme."""

    programme: Programme
    rows: list[ReviewRow]
    words: list[ReviewText]

    @property
    def tabs(self) -> set[str]:
        return {tab for one in (*self.rows, *self.words) for tab in one.tabs}

    @property
    def texts(self) -> list[Narrative]:
        return [one.text for one in self.words]


TABS = [
    ("all", "全部"),
    ("odd", "异常"),
    ("changed", "较上期变化"),
    ("again", "较上次核定、退回"),
    ("explained", "有说明"),
    ("backed", "佐证"),
    ("open", "未核对"),
]
SAME = "持平"


def review_sections(
    submission: Submission,
    sheet: Sheet,
    findings: Iterable[Finding],
    forms: dict[str, QuestionForm],
) -> list[ReviewSection]:
    """The whole submission by programme, in a constant number of queries. `forms` by their prefix."""
    sections = sections_of(submission, sheet=sheet, findings=findings)
    past, approved = sheet.past, approved_before(submission)
    ticks = ticks_of(submission)
    talk: dict[str, list[Comment]] = {}
    for comment in submission.comments.select_related("by"):
        talk.setdefault(about_of(comment), []).append(comment)
    came_back = submission.moves.filter(to_status=Status.RETURNED).exists()
    found = {
        section.programme.pk: ReviewSection(
            section.programme,
            list(rows_of(section)),
            [text_of(one, came_back, talk, forms) for one in section.texts],
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
                row.tick = ticks.get(row.figure.pk)
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
    prefix = prefix_of(row.figure.pk)
    row.comments = talk.get(prefix, [])
    row.is_asked = prefix in forms
    row.form = forms.get(prefix) or QuestionForm(prefix=prefix)


def text_of(text: Narrative, came_back: bool, talk: dict, forms: dict) -> ReviewText:
    prefix = text_prefix_of(text.pk)
    form = forms.get(prefix) or QuestionForm(prefix=prefix)
    return ReviewText(text, came_back, talk.get(prefix, []), form, prefix in forms)


def about_of(comment: Comment) -> str:
    """The prefix of what was spoken of; empty for the whole."""
    if comment.narrative_id:
        return text_prefix_of(comment.narrative_id)
    return prefix_of(comment.figure_id) if comment.figure_id else ""


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


def text_prefix_of(pk: int) -> str:
    return f"t{pk}"


def asked_in(posted: QueryDict, name: str = "ask") -> list[int]:
    """Ids of the figures (or, named so, of the texts) whose question is ticked."""
    return [pk for pk in map(number, posted.getlist(name)) if pk]
