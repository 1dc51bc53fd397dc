"""Filling in figures: all that was typed, or field by field as it is typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, refused, require
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Indicator, Programme, Said

from .changes import (
    PLACE,
    WORDED,
    Change,
    Place,
    beside,
    place_of,
    says_the_same,
    summed,
    typed_as,
    was_sent,
    worded,
)
from .models import Figure, Submission
from .owing import owed
from .rules import asks_for_some, may_edit
from .typed import Typed, read_typed
from .upsert import upsert


class Clash(Exception):
    """Somebody else changed these figures since; `theirs` maps place -> Figure as it stands."""

    def __init__(self, theirs: dict):
        super().__init__(f"{len(theirs)} figures changed meanwhile")
        self.theirs = theirs


class Unreadable(ValidationError):
    """Some fields hold no value; `by_place` maps place -> message. Nothing was saved."""

    def __init__(self, by_place: dict):
        super().__init__(list(by_place.values()))
        self.by_place = by_place


def editable(submission: Submission, by: User) -> Submission:
    """The submission, locked, once its rule allows the person to edit."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_edit(by, locked))
    return locked


@dataclass(frozen=True)
class Kept:
    """What became of each field: the new version of those saved, and why the others were not."""

    saved: dict[Place, int]
    wrong: dict[Place, str]
    theirs: dict[Place, Figure]


@transaction.atomic
def save_figures(
    submission: Submission,
    changes: Sequence[Change],
    *,
    by: User,
    cells: Sequence[Cell] | None = None,
) -> int:
    """Save what was typed, all of it or nothing; the submission's new version. `cells` are the owed.

    Raises Unreadable with a message per field, Clash where somebody else was quicker, Refused when
    the person may not edit or a figure is not the submission's to fill.
    """
    submission = editable(submission, by)
    put_down(submission, standing_of(submission), changes, by=by, cells=cells)
    return touched(submission)


def put_down(
    submission: Submission,
    standing: dict[Place, Figure],
    changes: Sequence[Change],
    *,
    by: User,
    cells: Sequence[Cell] | None = None,
) -> dict[Place, Figure]:
    """The same of a submission that is locked and may be edited; what was written, by its place."""
    kept, wrong = _readable(owed(submission) if cells is None else cells, changes)
    if wrong:
        raise Unreadable(wrong)
    clashing = {
        change.place: standing[change.place]
        for change, _, _ in kept
        if change.place in standing and standing[change.place].version != change.seen
    }
    if clashing:
        raise Clash(clashing)
    _only_questioned(submission, standing, changes)
    return _write(submission, standing, kept, by)


@transaction.atomic
def save_each(
    submission: Submission, changes: Sequence[Change], *, by: User, sent: dict[Place, str]
) -> Kept:
    """Save field by field what can be saved; nothing that somebody else typed is overwritten.

    `sent` is what the person last sent for a field without having had an answer: a line that broke
    after the saving is no clash with oneself. Refused as for `save_figures`.
    """
    submission = editable(submission, by)
    standing = standing_of(submission)
    readable, wrong = _readable(owed(submission), changes)
    fresh, theirs = [], {}
    for change, typed, indicator in readable:
        figure = standing.get(change.place)
        if figure is None or figure.version == change.seen:
            fresh.append((change, typed, indicator))
        elif says_the_same(figure, worded(submission, figure, change, typed, indicator, by)):
            continue
        elif figure.edited_by_id == by.pk and was_sent(figure, sent.get(change.place), indicator):
            fresh.append((change, typed, indicator))
        else:
            theirs[change.place] = figure
    _only_questioned(submission, standing, [change for change, _, _ in fresh])
    if fresh:
        _write(submission, standing, fresh, by)
        touched(submission)
    places = [change.place for change, _, _ in readable if change.place not in theirs]
    now = standing_of(submission)
    return Kept({place: now[place].version for place in places if place in now}, wrong, theirs)


def standing_of(submission: Submission) -> dict[Place, Figure]:
    """Place -> the figure that stands there."""
    return {place_of(figure): figure for figure in submission.figures.all()}


Read = tuple[Change, Typed, Indicator]


def _readable(cells: Sequence[Cell], changes) -> tuple[list[Read], dict[Place, str]]:
    """Each change with what its text means, and what is wrong with the others.

    A figure that is not owed is refused.
    """
    indicators = {cell.place: cell.indicator for cell in cells}
    kept, wrong = [], {}
    for change in changes:
        indicator = indicators.get((change.indicator, change.region, change.scope))
        if indicator is None or (change.member and change.member not in indicator.members):
            require(refused("有一项数据不在本单位本期的填报范围内，没有保存。"))
        try:
            read_typed(change.start, indicator)
            beside(change, indicator)
            kept.append((change, typed_as(change, indicator), indicator))
        except ValidationError as error:
            wrong[change.place] = error.messages[0]
    return kept, wrong


def _only_questioned(submission: Submission, standing: dict, changes) -> None:
    """A submission that came back for some figures opens only those."""
    if not asks_for_some(submission):
        return
    asked = {place for place, figure in standing.items() if figure.questioned}
    if any(change.place not in asked for change in changes):
        require(refused("本次只退回了被质询的数据，其他数据不能修改。"))


def _write(
    submission: Submission, standing: dict[Place, Figure], read: list[Read], by
) -> dict[Place, Figure]:
    """Keep what was typed, and the sum of each whole whose members changed; both by place."""
    written = _keep([worded(submission, standing.get(one[0].place), *one, by) for one in read])
    wholes = {(c.indicator, c.region, c.scope): i for c, _, i in read if c.member}
    if wholes:
        now = standing_of(submission)
        written |= _keep(summed(submission, now, place, one, by) for place, one in wholes.items())
    return written


def _keep(figures: Iterable[Figure | None]) -> dict[Place, Figure]:
    """Write new and changed figures alike, by place: a workbook brings thousands."""
    kept = [figure for figure in figures if figure]
    upsert(kept, unique=PLACE, update=WORDED)
    return {place_of(figure): figure for figure in kept}


def touched(submission: Submission) -> int:
    """Any change of content makes a new version, so that nobody signs what they have not seen."""
    Submission.objects.filter(pk=submission.pk).update(version=F("version") + 1)
    return submission.version + 1


@transaction.atomic
def declare_zero(submission: Submission, *, by: User, programme: Programme | None = None) -> int:
    """Zero report for everything still blank (of one programme, or of all); the new version."""
    submission = editable(submission, by)
    require(
        refused("本次只退回了被质询的内容，不能再报零报告。")
        if asks_for_some(submission)
        else ALLOWED
    )
    said = {place_of(figure): figure for figure in submission.figures.all() if not figure.member}
    fresh = []
    for cell in owed(submission):
        if programme and cell.indicator.programme_id != programme.pk:
            continue
        figure = said.get((cell.indicator.pk, cell.region.pk, "", cell.scope))
        if figure is None or not figure.kind:
            change = Change(cell.indicator.pk, cell.region.pk, said=Said.ZERO, scope=cell.scope)
            typed = typed_as(change, cell.indicator)
            fresh.append(worded(submission, figure, change, typed, cell.indicator, by))
    _keep(fresh)
    audit.record(by, "submission.zero_report", submission, programme=str(programme or ""))
    if programme is None:
        Submission.objects.filter(pk=submission.pk).update(zero_report=True)
    return touched(submission)
