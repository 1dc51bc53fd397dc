"""What is wrong or odd about a submission, in words that say what to do.

Errors block; where the figure can be true all the same they may be explained (情况属实).
Warnings never block and never ask for a reason.
"""

from collections.abc import Iterator, Sequence

from tracker.catalogue.duties import Cell

from ..models import Narrative, Submission
from ..past import NOTHING
from .finding import ERROR, WARNING, Finding, at
from .joins import Links, check_pairs, check_parts, links_of, links_within, pairs_among
from .own import check_own
from .sheet import Sheet, sheet_of, sheets_of
from .single import EVERY
from .texts import check_texts

__all__ = [
    "ERROR",
    "WARNING",
    "Finding",
    "Links",
    "Sheet",
    "check",
    "check_cell",
    "check_texts",
    "links_of",
    "links_within",
    "pairs_among",
    "sheet_of",
    "sheets_of",
]
MISSING = "必填。没有发生请填“零报告”，不适用请填“不适用”并写明原因。"


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


def check_cell(sheet: Sheet, cell: Cell, links: Links) -> Iterator[Finding]:
    """What is wrong or odd at one cell."""
    figure = sheet.figures.get(cell.place)
    if figure is None or not figure.kind:
        if cell.indicator.required:
            yield at(cell, ERROR, "required", MISSING)
        return
    if figure.value is None:
        return
    past = sheet.past.get((figure.indicator_id, figure.region_id, figure.member, figure.scope))
    for rule in (*EVERY, check_own):
        yield from rule(sheet, cell, figure, past or NOTHING)
    yield from check_parts(sheet, cell, figure, links)
    yield from check_pairs(sheet, cell, figure, links)
