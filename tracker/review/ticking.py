"""A reviewer's ✓ per figure: kept, seen by the next reviewer, gone when the figure changes."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.submissions.models import Figure, Submission

from .models import Tick
from .rules import may_tick


@transaction.atomic
def tick(submission: Submission, figure: Figure, *, by: User, seen: int) -> Tick:
    """Say that the figure, as seen, is right. Said twice it stays the first one's word."""
    figure = _judged(submission, figure, by, seen)
    row, made = Tick.objects.get_or_create(figure=figure, figure_version=seen, defaults={"by": by})
    if made:
        audit.record(by, "figure.tick", submission, figure=figure.pk, version=seen)
    return row


@transaction.atomic
def untick(submission: Submission, figure: Figure, *, by: User, seen: int) -> None:
    """Take the ✓ off again."""
    figure = _judged(submission, figure, by, seen)
    if Tick.objects.filter(figure=figure, figure_version=seen).delete()[0]:
        audit.record(by, "figure.untick", submission, figure=figure.pk, version=seen)


def _judged(submission: Submission, figure: Figure, by: User, seen: int) -> Figure:
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_tick(by, submission))
    figure = submission.figures.get(pk=figure.pk)
    if figure.version != seen:
        require(refused("这项数据刚被改过，请重新打开页面，看过再核对。"))
    return figure


def ticks_of(submission: Submission) -> dict[int, Tick]:
    """Figure id -> the last ✓ that was put on it, whether it still holds or not."""
    rows = Tick.objects.filter(figure__submission=submission).select_related("by")
    return {row.figure_id: row for row in rows.order_by("figure_version")}
