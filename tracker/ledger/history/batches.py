"""Staging a workbook of history, and a second person's decision on it."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require

from ..models import Batch, Origin, StagedEntry, StagedFigure, StagedPassage
from ..posting import NumberPosting, PassagePosting, Posting, post, post_passages
from ..rules import may_decide
from .reading import History, read_history

MEASURED = (
    "indicator", "region", "agency", "span", "member", "scope", "value", "entered", "entered_unit",
    "decimals", "qualifier", "accumulates", "base_text", "base_date", "as_of_text", "as_of_date",
    "start_value", "start_text", "start_date", "note",
)  # fmt: skip


class WrongHistory(Exception):
    """Nothing was staged; `history.errors` says what is to be put right, all at once."""

    def __init__(self, history: History):
        super().__init__(f"{len(history.errors)} errors")
        self.history = history


@transaction.atomic
def stage(
    source: bytes | str | Path, *, by: User, filename: str = "", history: History | None = None
) -> Batch:
    """Keep figures and texts of closed spans for a second person; `history` where it was read before.

    Raises WrongHistory, NotAWorkbook, and Refused for other people or a file that waits already.
    """
    history = history or read_history(source, by=by, filename=filename)
    if history.errors:
        raise WrongHistory(history)
    if Batch.objects.filter(sha256=history.sha256, state=Batch.State.STAGED).exists():
        raise Refused("这个文件已经导入，正在等待另一名主管确认，不需要再次导入。")
    batch = Batch.objects.create(file_name=history.file_name, sha256=history.sha256, by=by)
    for entry in history.entries:
        entry.batch = batch
    StagedEntry.objects.bulk_create(history.entries)
    for passage, _ in history.passages:
        passage.batch = batch
    StagedPassage.objects.bulk_create([passage for passage, _ in history.passages])
    StagedFigure.objects.bulk_create(
        figure for _, figures in history.passages for figure in figures
    )
    counts = {"entries": len(history.entries), "passages": len(history.passages)}
    audit.record(by, "history.stage", batch, sha256=batch.sha256, **counts)
    return batch


@transaction.atomic
def mark_figure(figure: StagedFigure, is_figure: bool, *, by: User) -> StagedFigure:
    """Say whether a number that was found in a text is a figure, before the batch is confirmed."""
    require(may_decide(by, figure.passage.batch))
    figure.is_figure = is_figure
    figure.save(update_fields=["is_figure"])
    audit.record(by, "history.mark", figure, is_figure=is_figure, raw=figure.raw)
    return figure


@transaction.atomic
def confirm(batch: Batch, *, by: User) -> Batch:
    """Put a batch into the ledger: importer = reporter, confirmer = approver."""
    batch = _decide(batch, Batch.State.CONFIRMED, by)
    entries = batch.entries.select_related("indicator", "region", "agency", "span")
    post([_posting(batch, staged) for staged in entries], approved_by=by, at=batch.decided_at)
    texts = batch.passages.select_related("programme", "region", "agency", "span")
    post_passages(
        [_text(batch, staged) for staged in texts.prefetch_related("figures")],
        approved_by=by,
        at=batch.decided_at,
    )
    audit.record(by, "history.confirm", batch, sha256=batch.sha256)
    return batch


@transaction.atomic
def reject(batch: Batch, *, by: User, note: str) -> Batch:
    """Turn a batch down; its rows stay readable and never reach the ledger."""
    batch = _decide(batch, Batch.State.REJECTED, by, note=note[:200])
    audit.record(by, "history.reject", batch, note=note)
    return batch


def _decide(batch: Batch, state: str, by: User, **fields) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    require(may_decide(by, batch))
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), **fields}
    for name, value in decided.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(decided))
    return batch


def _source(batch: Batch, staged: StagedEntry | StagedPassage) -> dict:
    return {
        "origin": Origin.IMPORT,
        "origin_id": staged.pk,
        "origin_file": batch.file_name,
        "origin_cell": staged.cell,
        "reporter": batch.by,
        "reported_at": batch.at,
    }


def _posting(batch: Batch, staged: StagedEntry) -> Posting:
    return Posting(**{name: getattr(staged, name) for name in MEASURED}, **_source(batch, staged))


def _text(batch: Batch, staged: StagedPassage) -> PassagePosting:
    return PassagePosting(
        programme=staged.programme,
        agency=staged.agency,
        region=staged.region,
        span=staged.span,
        kind=staged.kind,
        speaker=staged.speaker,
        question=staged.question,
        text=staged.text,
        figures=tuple(
            _number(batch, number) for number in staged.figures.all() if number.is_figure
        ),
        **_source(batch, staged),
    )


def _number(batch: Batch, number: StagedFigure) -> NumberPosting:
    return NumberPosting(
        start=number.start,
        end=number.end,
        raw=number.raw,
        value=number.value,
        unit=number.unit,
        qualifier=number.qualifier,
        role=number.role,
        confirmed_by=batch.decided_by,
    )
