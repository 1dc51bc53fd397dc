"""A submission as its form shows it: programmes, rows of fields, and what stands beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Definition, Programme, Said, Target
from tracker.language.writing import write_figure
from tracker.ledger.models import Entry
from tracker.submissions.checks import ERROR, Finding
from tracker.submissions.drafting import Change
from tracker.submissions.models import Evidence, Figure, Narrative, Submission
from tracker.submissions.owing import owed
from tracker.submissions.past import NOTHING, past_of
from tracker.submissions.typed import SCALES
from tracker.web.typed import number

# The parts of a field as they are posted: "<key>-text", "<key>-said" …
PARTS = (
    "text", "said", "seen", "na_reason", "note", "explanation", "as_of_text", "base_text",
    "start", "start_text",
)  # fmt: skip


@dataclass
class Row:
    """One field of the form with all that a person needs beside it."""

    cell: Cell
    figure: Figure | None
    typed: dict[str, str]
    last: str = ""
    year_ago: str = ""
    target: str = ""
    definition: str = ""
    messages: list[Finding] = field(default_factory=list)
    problem: str = ""
    theirs: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    is_closed: bool = False

    @property
    def key(self) -> str:
        return key_of(self.cell)

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.messages if one.severity == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.messages if one.severity != ERROR]

    @property
    def explainable(self) -> bool:
        return bool(self.typed["explanation"]) or any(one.explainable for one in self.messages)

    @property
    def more(self) -> bool:
        """Does the folded part of the row hold anything?"""
        folded = ("note", "as_of_text", "base_text", "start", "start_text", "explanation")
        return any(self.typed[name] for name in folded) or bool(self.evidence) or self.explainable

    @property
    def says(self) -> str:
        return written(self.figure) if self.figure else ""


@dataclass
class Section:
    """One programme of the form."""

    programme: Programme
    rows: list[Row]
    texts: list[Narrative]

    @property
    def filled(self) -> int:
        return sum(1 for row in self.rows if row.figure and row.figure.kind)

    @property
    def by_region(self) -> bool:
        return len({row.cell.region.pk for row in self.rows}) > 1

    @property
    def errors(self) -> int:
        return sum(len(row.errors) for row in self.rows)


def key_of(cell: Cell) -> str:
    return f"f{cell.indicator.pk}-{cell.region.pk}" + ("-own" if cell.scope else "")


def written(figure: Figure | Entry) -> str:
    """A figure in words: 1302万元, 零报告, 不适用."""
    if figure.kind == Said.VALUE:
        return write_figure(
            figure.value,
            figure.indicator.unit.name,
            decimals=figure.decimals,
            display=scale_of(figure),
            qualifier=figure.qualifier,
        )
    return figure.get_kind_display() if figure.kind else ""


def scale_of(figure: Figure | Entry) -> str:
    """The multiple in which it was entered: 万 of 万元."""
    unit = figure.indicator.unit.name
    return figure.entered_unit.removesuffix(unit) if figure.entered_unit.endswith(unit) else ""


def typed_of(figure: Figure | None) -> dict[str, str]:
    """What the fields show for a saved figure."""
    if figure is None:
        return dict.fromkeys(PARTS, "") | {"said": Said.VALUE, "seen": "0"}
    shown = {name: getattr(figure, name) for name in PARTS if hasattr(figure, name)}
    value = shown_value(figure) if figure.kind == Said.VALUE else ""
    start = ""
    if figure.start_value is not None:
        start = format((figure.start_value / SCALES[figure.indicator.entry_scale]).normalize(), "f")
    return shown | {
        "text": value,
        "said": figure.kind or Said.VALUE,
        "seen": str(figure.version),
        "start": start,
    }


def shown_value(figure: Figure) -> str:
    """As it was typed, with its unit only where that was not the usual one: 3万余人."""
    if figure.entered_unit != figure.indicator.entry_unit:
        return written(figure)
    words = figure.qualifier.split("+") if figure.qualifier else []
    before = "".join(word for word in words if word in BEFORE)
    after = "".join(word for word in words if word in ("余", "多"))
    behind = "".join(word for word in words if word not in BEFORE and word not in ("余", "多"))
    return f"{before}{figure.entered}{after}{behind}"


BEFORE = ("约", "近", "超", "不少于", "不低于", "不超过", "最高", "至少", "最低", "低于", "不足")


def sections_of(
    submission: Submission,
    *,
    findings: Iterable[Finding] = (),
    posted: QueryDict | None = None,
    problems: dict | None = None,
    clashing: dict | None = None,
) -> list[Section]:
    """The form, in a constant number of queries; `posted` wins over what is saved."""
    cells = owed(submission)
    figures = {
        (one.indicator_id, one.region_id, one.member, one.scope): one
        for one in submission.figures.select_related("indicator__unit").prefetch_related("evidence")
    }
    # What came back for some figures is open for those alone.
    asked = any(figure.questioned for figure in figures.values())
    past, targets = past_of(submission), targets_of(submission, cells)
    definitions = definitions_of(cells)
    by_cell: dict[tuple, list[Finding]] = {}
    for one in findings:
        by_cell.setdefault((one.indicator, one.region, one.scope), []).append(one)
    rows: dict[int, list[Row]] = {}
    programmes: dict[int, Programme] = {}
    for cell in cells:
        place = (cell.indicator.pk, cell.region.pk, "", cell.scope)
        figure, before = figures.get(place), past.get(place, NOTHING)
        row = Row(
            cell,
            figure,
            typed_of(figure),
            last=written(before.last) if before.last else "",
            year_ago=written(before.year_ago) if before.year_ago else "",
            definition=definitions.get(cell.indicator.pk, ""),
            target=targets.get((cell.indicator.pk, cell.region.pk), ""),
            messages=by_cell.get((place[0], place[1], place[3]), []),
            problem=(problems or {}).get(place, ""),
            theirs=written(clashing[place]) if clashing and place in clashing else "",
            evidence=[one for one in figure.evidence.all() if not one.removed_at] if figure else [],
            is_closed=asked and not (figure and figure.questioned),
        )
        if posted is not None:
            row.typed |= {n: posted[f"{row.key}-{n}"] for n in PARTS if f"{row.key}-{n}" in posted}
        if clashing and place in clashing:
            row.typed["seen"] = str(clashing[place].version)
        programmes[cell.indicator.programme_id] = cell.indicator.programme
        rows.setdefault(cell.indicator.programme_id, []).append(row)
    texts: dict[int, list[Narrative]] = {}
    for text in submission.narratives.prefetch_related("figures"):
        texts.setdefault(text.programme_id, []).append(text)
    return [Section(programmes[pk], rows[pk], texts.get(pk, [])) for pk in rows]


def definitions_of(cells: list[Cell]) -> dict[int, str]:
    """Indicator -> the words of its definition in force."""
    known = Definition.objects.filter(indicator__in={cell.indicator.pk for cell in cells})
    return dict(known.order_by("number").values_list("indicator", "text"))


def targets_of(submission: Submission, cells: list[Cell]) -> dict[tuple[int, int], str]:
    """(indicator, region) -> this year's target in words."""
    found = Target.objects.filter(
        until=None,
        year=submission.round.span.end.year,
        indicator__in={cell.indicator.pk for cell in cells},
    ).select_related("indicator__unit")
    return {(one.indicator_id, one.region_id): target_words(one) for one in found}


def target_words(target: Target) -> str:
    if target.value is None:
        return target.get_kind_display()
    unit = target.indicator.unit.name
    amount = write_figure(target.value, unit, display=target.indicator.entry_scale)
    return f"{target.get_kind_display()}{amount}"


def changes_in(posted: QueryDict, sections: Iterable[Section]) -> list[Change]:
    """The fields that say something else than what is saved."""
    changes = []
    for section in sections:
        for row in section.rows:
            if f"{row.key}-text" not in posted:
                continue
            now = {name: posted.get(f"{row.key}-{name}", "").strip() for name in PARTS}
            was = typed_of(row.figure)
            now["said"] = now["said"] or Said.VALUE
            if any(now[name] != str(was[name]).strip() for name in PARTS if name != "seen"):
                changes.append(change_of(row.cell, now))
    return changes


def change_of(cell: Cell, now: dict[str, str]) -> Change:
    seen = number(now["seen"]) or 0
    said = now["said"] if now["said"] in Said.values else Said.VALUE
    words = {name: now[name] for name in PARTS if name not in ("seen", "said")}
    return Change(
        cell.indicator.pk, cell.region.pk, scope=cell.scope, seen=seen, said=said, **words
    )
