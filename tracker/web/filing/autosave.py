"""Fields saved one by one while they are typed; the page keeps what could not be sent."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules import require
from tracker.submissions import services as verbs
from tracker.submissions.checks import check, sheet_of
from tracker.submissions.drafting import Kept
from tracker.submissions.models import Figure, Submission
from tracker.submissions.rules import may_edit

from .page import LATER, found
from .posted import change_in
from .rows import Row
from .sheet import figure_rows, sections_of
from .words import shown_text


def rows_of(record: Submission, findings=(), sheet=None) -> dict[str, Row]:
    """Key -> row of the form, without what only its first showing needs."""
    sections = sections_of(
        record, sheet=sheet, findings=findings, texts=(), evidence=(), with_definitions=False
    )
    return figure_rows(sections)


@require_POST
def submission_autosave(request, pk):
    """What became of each field that was sent, and what the checks say now."""
    record = found(request.user, pk)
    require(may_edit(request.user, record))
    rows = rows_of(record)
    sent = {key: row for key, row in rows.items() if f"{key}-seen" in request.POST}
    changes = {key: change_in(request.POST, row) for key, row in sent.items()}
    kept = verbs.save_each(
        record,
        [change for change in changes.values() if change],
        by=request.user,
        sent={
            place: text for key, row in sent.items() for place, text in was_sent(request, key, row)
        },
    )
    return JsonResponse(answer(found(request.user, pk), sent, kept))


def was_sent(request: HttpRequest, key: str, row: Row):
    """What the page had sent for the field before, without having had an answer."""
    if f"{key}-sent" in request.POST:
        yield place(row), request.POST[f"{key}-sent"]


def place(row: Row) -> tuple:
    return (row.cell.indicator.pk, row.cell.region.pk, row.member, row.cell.scope)


def answer(record: Submission, sent: dict[str, Row], kept: Kept) -> dict:
    sheet = sheet_of(record)
    findings = [one for one in check(record, sheet) if one.rule not in LATER]
    rows = rows_of(record, findings, sheet)
    by_place = {place(row): row for row in rows.values()}
    apart = kept.wrong.keys() | kept.theirs.keys()
    saved = {key: rows[key] for key, row in sent.items() if place(row) not in apart}
    sums = {key: row for key, row in rows.items() if row.is_sum}
    return {
        "at": f"{timezone.localtime():%H:%M}",
        "saved": {key: version_of(row) for key, row in saved.items()},
        "sums": {key: row.typed["text"] for key, row in sums.items()},
        "wrong": {by_place[one].key: words for one, words in kept.wrong.items()},
        "theirs": {by_place[one].key: told(figure) for one, figure in kept.theirs.items()},
        "says": {key: said(row) for key, row in rows.items() if row.messages},
        "filled": sum(
            1 for row in rows.values() if not row.member and row.figure and row.figure.kind
        ),
        "owed": sum(1 for row in rows.values() if not row.member),
        "programmes": counts_of(rows),
        "errors": sum(1 for one in findings if one.blocks),
        "warnings": sum(1 for one in findings if not one.blocks),
    }


def counts_of(rows: dict[str, Row]) -> dict[int, list[int]]:
    """Programme -> fields that are filled, and fields."""
    found: dict[int, list[int]] = {}
    for row in rows.values():
        if not row.member:
            count = found.setdefault(row.cell.indicator.programme_id, [0, 0])
            count[0] += bool(row.figure and row.figure.kind)
            count[1] += 1
    return found


def version_of(row: Row) -> int:
    return row.figure.version if row.figure else 0


def said(row: Row) -> dict:
    """The findings at a field, in the words of the page."""
    return {
        "errors": [one.message + ("（已说明）" if one.explained else "") for one in row.errors],
        "warnings": [one.message for one in row.warnings],
        "explainable": row.explainable,
    }


def told(figure: Figure) -> dict:
    """What a colleague typed: shown beside one's own, to choose from."""
    return {
        "seen": figure.version,
        "text": shown_text(figure),
        "by": figure.edited_by.name if figure.edited_by else "",
        "at": f"{timezone.localtime(figure.edited_at):%H:%M}",
    }
