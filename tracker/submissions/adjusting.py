"""Making good in this period for an earlier one that is already published (当期调整)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import EntryMode, Measure
from tracker.ledger.models import Entry
from tracker.ledger.publishing import published

from .models import Adjustment, Submission
from .owing import owed
from .rules import asks_for_some, may_edit
from .typed import read_typed


@dataclass(frozen=True)
class Correctable:
    """An earlier approved figure of a cell, and the documents in which it went out."""

    cell: Cell
    entry: Entry
    where: tuple[str, ...]

    @property
    def key(self) -> str:
        return str(self.entry.pk)


def correctable(submission: Submission) -> list[Correctable]:
    """The agency's approved figures of earlier spans of this year that may be made good for now.

    Only what adds up over time: a cumulative number simply says the right one in this period.
    """
    cells = {
        (one.indicator.pk, one.region.pk, one.scope): one
        for one in owed(submission)
        if one.indicator.measure == Measure.FLOW and one.indicator.entry_mode == EntryMode.PERIOD
    }
    found = [
        (cells[place], entry)
        for entry in _earlier(submission)
        if (place := (entry.indicator_id, entry.region_id, entry.scope)) in cells
    ]
    where = published(entry.pk for _, entry in found)
    return [Correctable(cell, entry, tuple(where.get(entry.pk, ()))) for cell, entry in found]


def _earlier(submission: Submission) -> Sequence[Entry]:
    span = submission.round.span
    rows = Entry.objects.current().filter(
        agency=submission.agency_id,
        member="",
        adjusts="",
        accumulates=EntryMode.PERIOD,
        span__kind=span.kind,
        span__end__lt=span.start,
        span__end__year=span.end.year,
    )
    rows = rows.select_related("indicator__unit", "indicator__programme", "region", "span")
    return rows.order_by("indicator__programme__order", "indicator__order", "-span__end")


@transaction.atomic
def adjust(submission: Submission, entry: int, text: str, note: str, *, by: User) -> Adjustment:
    """Say by how much (plus or minus) this period makes good for an approved earlier figure.

    Said again about the same figure it replaces what was said. Refused when the person may not
    edit, or the figure is none of the submission's; ValidationError for what is no number.
    """
    submission = _editable(submission, by)
    about = next((one for one in correctable(submission) if one.entry.pk == entry), None)
    if about is None:
        require(refused("这一期的数据不能在本期调整：只能调整本单位本年已核定的按期填报数。"))
    _require_open(submission, about.entry.indicator_id)
    typed = read_typed(text, about.cell.indicator)
    if not typed.value:
        raise ValidationError("请填写调整的数量，多报的填负数，少报的填正数。")
    if typed.qualifier:
        raise ValidationError("调整数应为确数，不能带“余”“约”等字。")
    if not note.strip():
        raise ValidationError("请写明调整的原因。")
    row, _ = Adjustment.objects.update_or_create(
        submission=submission,
        indicator=about.cell.indicator,
        region=about.cell.region,
        scope=about.cell.scope,
        about=about.entry.span,
        defaults={
            "value": typed.value,
            "entered": typed.entered,
            "entered_unit": typed.entered_unit,
            "decimals": typed.decimals,
            "note": note.strip()[:200],
            "by": by,
        },
    )
    audit.record(by, "submission.adjust", submission, **_said(row))
    return row


@transaction.atomic
def drop_adjustment(adjustment: Adjustment, *, by: User) -> None:
    """Take it out again while the submission is still the agency's."""
    submission = _editable(adjustment.submission, by)
    _require_open(submission, adjustment.indicator_id)
    audit.record(by, "submission.adjust_drop", submission, **_said(adjustment))
    adjustment.delete()


def _require_open(submission: Submission, indicator: int) -> None:
    """Of a submission that came back for some figures only these are adjusted."""
    asked = submission.figures.filter(indicator=indicator, questioned=True)
    if asks_for_some(submission) and not asked.exists():
        require(refused("本次只退回了被质询的内容，这项不能调整。"))


def _said(row: Adjustment) -> dict:
    return {
        "indicator": row.indicator.name,
        "about": row.about.key,
        "value": format(row.value, "f"),
        "note": row.note,
    }


def _editable(submission: Submission, by: User) -> Submission:
    """The submission, locked and with a new version, once the person may edit it."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_edit(by, locked))
    Submission.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    return locked
