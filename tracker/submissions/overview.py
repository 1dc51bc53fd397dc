"""What a submission says at a glance, for queues and bulk decisions: many in constant queries."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Subquery

from tracker.catalogue.models import Said
from tracker.ledger.models import Entry
from tracker.ledger.origins import approved_last

from .checks import ERROR, Finding, Sheet, check_cell, links_within, pairs_among, sheets_of
from .models import Figure, Narrative, Status, Submission, SubmissionMove

REVIEWED = (Status.LINE_REVIEW, Status.SUBMITTED, Status.APPROVED)


@dataclass(frozen=True)
class Remark:
    """One finding with the name of its cell and the reporter's explanation."""

    about: str
    finding: Finding
    explanation: str = ""

    @property
    def is_error(self) -> bool:
        return self.finding.severity == ERROR


@dataclass(frozen=True)
class Overview:
    """Counts and words of one submission.

    `changed` of the `compared` figures differ from last period's; `filings` counts how often it
    reached the reviewers; `reworked` names what was changed since it last came back, `corrects`
    what says something else than was approved of it last.
    """

    remarks: tuple[Remark, ...]
    figures: int
    zeros: int
    texts: int
    explanations: tuple[tuple[str, str], ...]
    compared: int
    changed: int
    filings: int
    reworked: tuple[str, ...]
    corrects: tuple[str, ...] = ()


def overviews_of(submissions: Sequence[Submission]) -> dict[int, Overview]:
    """Submission id -> Overview, in a constant number of queries.

    The submissions come with `round__span` and `agency__region`.
    """
    sheets = sheets_of(submissions)
    pairs = pairs_among({one for sheet in sheets.values() for one in sheet.indicators})
    said = _said(submissions)
    approved = approved_last(figure.pk for figures in said.values() for figure in figures)
    texts = _counted(Narrative.objects.filter(submission__in=submissions))
    reworded = _reworded(submissions)
    returns = _counted(
        SubmissionMove.objects.filter(
            submission__in=submissions, from_status__in=REVIEWED, to_status=Status.RETURNED
        )
    )
    return {
        one.pk: _overview(
            sheets[one.pk],
            pairs,
            said[one.pk],
            texts[one.pk],
            returns[one.pk] + 1,
            approved,
            reworded.get(one.pk, ()),
        )  # fmt: skip
        for one in submissions
    }


def _counted(rows) -> Counter:
    return Counter(dict(rows.order_by().values_list("submission").annotate(n=Count("pk"))))


def _reworded(submissions: Sequence[Submission]) -> dict[int, list[str]]:
    """Submission id -> its texts that read otherwise than when they last came back."""
    rows = Narrative.objects.filter(submission__in=submissions).exclude(before="")
    found: dict[int, list[str]] = {}
    for one in rows.exclude(text=F("before")).select_related("programme").order_by("pk"):
        words = f"{one.programme.name}的{one.get_kind_display()}"
        found.setdefault(one.submission_id, []).append(words)
    return found


def _said(submissions: Sequence[Submission]) -> dict[int, list[Figure]]:
    """Submission id -> its figures that say something, each with when it last came back."""
    back = SubmissionMove.objects.filter(
        submission=OuterRef("submission"), from_status__in=REVIEWED, to_status=Status.RETURNED
    )
    figures = (
        Figure.objects.filter(submission__in=submissions)
        .exclude(kind="")
        .select_related("indicator", "region")
        .annotate(came_back=Subquery(back.order_by("-pk").values("at")[:1]))
    )
    said: dict[int, list[Figure]] = {one.pk: [] for one in submissions}
    for figure in figures:
        said[figure.submission_id].append(figure)
    return said


def differs(figure: Figure, entry: Entry | None) -> bool:
    """Does it say something else than what was approved of it last?"""
    return entry is not None and (entry.kind, entry.value, entry.qualifier) != (
        figure.kind, figure.value, figure.qualifier,
    )  # fmt: skip


def _overview(
    sheet: Sheet, pairs, said: list[Figure], texts: int, filings: int, approved: dict[int, Entry],
    reworded: Sequence[str],
) -> Overview:  # fmt: skip
    last = [
        (figure, past.last)
        for figure in said
        if (past := sheet.past.get(place_of(figure))) and past.last
    ]
    return Overview(
        remarks=tuple(sorted(remarks_of(sheet, pairs), key=lambda one: not one.is_error)),
        figures=len(said),
        zeros=sum(1 for figure in said if figure.kind == Said.ZERO),
        texts=texts,
        explanations=tuple((name_of(one), one.explanation) for one in said if one.explanation),
        compared=len(last),
        changed=sum(1 for figure, entry in last if figure.value != entry.value),
        filings=filings,
        reworked=(
            *(name_of(one) for one in said if one.came_back and one.edited_at > one.came_back),
            *reworded,
        ),
        corrects=tuple(name_of(one) for one in said if differs(one, approved.get(one.pk))),
    )


def place_of(figure: Figure) -> tuple[int, int, str, str]:
    return (figure.indicator_id, figure.region_id, figure.member, figure.scope)


def remarks_of(sheet: Sheet, pairs) -> Iterator[Remark]:
    """What the checks find at the cells of the sheet."""
    links = links_within(sheet, *pairs)
    several = len({cell.region.pk for cell in sheet.cells}) > 1
    for cell in sheet.cells:
        figure = sheet.figures.get((cell.indicator.pk, cell.region.pk, cell.scope))
        where = f"{cell.region.name}" if several else ""
        for finding in check_cell(sheet, cell, links):
            yield Remark(where + cell.indicator.name, finding, figure.explanation if figure else "")


def name_of(figure: Figure) -> str:
    return figure.indicator.name + (f"（{figure.member}）" if figure.member else "")
