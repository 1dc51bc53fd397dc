"""Filling in figures: all that was typed, or field by field as it is typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.catalogue.models import EntryMode, Indicator, Measure, Programme, Said
from tracker.ledger.intervals import add, amount

from .models import Figure, Status, Submission
from .owing import owed
from .rules import may_edit
from .typed import BLANK, SCALES, Typed, read_said, read_typed


Place = tuple[int, int, str, str]


@dataclass(frozen=True)
class Change:
    """What a person typed for one figure; `seen` is the version of it they had before them."""

    indicator: int
    region: int
    text: str = ""
    said: str = Said.VALUE
    member: str = ""
    scope: str = ""
    seen: int = 0
    na_reason: str = ""
    note: str = ""
    explanation: str = ""
    as_of_text: str = ""
    base_text: str = ""
    start: str = ""
    start_text: str = ""
    cumulative: str = ""
    opening: str = ""

    @property
    def place(self) -> Place:
        return (self.indicator, self.region, self.member, self.scope)


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
def save_figures(submission: Submission, changes: Sequence[Change], *, by: User) -> int:
    """Save what was typed, all of it or nothing; the submission's new version.

    Raises Unreadable with a message per field, Clash where somebody else was quicker, Refused when
    the person may not edit or a figure is not the submission's to fill.
    """
    submission = editable(submission, by)
    standing = standing_of(submission)
    kept, wrong = _readable(submission, changes)
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
    _write(submission, standing, kept, by)
    return touched(submission)


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
    readable, wrong = _readable(submission, changes)
    fresh, theirs = [], {}
    for change, typed, indicator in readable:
        figure = standing.get(change.place)
        if figure is None or figure.version == change.seen:
            fresh.append((change, typed, indicator))
        elif says_the_same(figure, _worded(submission, figure, change, typed, indicator, by)):
            continue
        elif figure.edited_by_id == by.pk and _was(figure, sent.get(change.place), indicator):
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


def says_the_same(figure: Figure, other: Figure | None) -> bool:
    """Is every word of the two alike, whoever typed them?"""
    apart = {"edited_by", "edited_at", "version"}
    return other is not None and all(
        getattr(figure, name) == getattr(other, name) for name in WORDED if name not in apart
    )


def _was(figure: Figure, sent: str | None, indicator: Indicator) -> bool:
    """Is the figure what the text says that was sent before?"""
    if sent is None:
        return False
    change = Change(indicator.pk, figure.region_id, sent, na_reason=figure.na_reason)
    try:
        typed = _typed(change, indicator)
    except ValidationError:
        return False
    return (figure.kind, figure.value, figure.qualifier) == (
        typed.kind,
        typed.value,
        typed.qualifier,
    )


def standing_of(submission: Submission) -> dict[Place, Figure]:
    """Place -> the figure that stands there."""
    return {place_of(figure): figure for figure in submission.figures.all()}


def place_of(figure: Figure) -> Place:
    return (figure.indicator_id, figure.region_id, figure.member, figure.scope)


Read = tuple[Change, Typed, Indicator]


def _readable(submission: Submission, changes) -> tuple[list[Read], dict[Place, str]]:
    """Each change with what its text means, and what is wrong with the others.

    A figure that is not owed is refused.
    """
    indicators = {(c.indicator.pk, c.region.pk, c.scope): c.indicator for c in owed(submission)}
    kept, wrong = [], {}
    for change in changes:
        indicator = indicators.get((change.indicator, change.region, change.scope))
        if indicator is None or (change.member and change.member not in indicator.members):
            require(refused("有一项数据不在本单位本期的填报范围内，没有保存。"))
        try:
            read_typed(change.start, indicator)
            _beside(change, indicator)
            kept.append((change, _typed(change, indicator), indicator))
        except ValidationError as error:
            wrong[change.place] = error.messages[0]
    return kept, wrong


def _typed(change: Change, indicator) -> Typed:
    said, reason = read_said(change.text)
    if change.said in (Said.ZERO, Said.NOT_APPLICABLE):
        said, reason = change.said, change.na_reason.strip() or reason
    if said == Said.ZERO:
        return Typed(kind=Said.ZERO, value=0, entered="0", entered_unit=indicator.entry_unit)
    if said == Said.NOT_APPLICABLE:
        reason = reason or change.na_reason.strip()
        if not reason:
            raise ValidationError("“不适用”请写明原因，如：不适用：本期没有开展。")
        return Typed(kind=Said.NOT_APPLICABLE, reason=reason[:200])
    return read_typed(change.text, indicator)


def _beside(change: Change, indicator: Indicator) -> dict[str, Decimal | None]:
    """What is typed beside the figure: the year's count of distinct objects, an opening balance."""
    return {
        name: _additional(name, text.strip(), indicator)
        for name, text in (("cumulative", change.cumulative), ("opening", change.opening))
    }


def _additional(name: str, text: str, indicator: Indicator) -> Decimal | None:
    measure, word = BESIDE[name]
    if not text:
        return None
    if indicator.measure != measure or indicator.entry_mode != EntryMode.PERIOD:
        raise ValidationError(f"本指标不填{word}。")
    return read_typed(text, indicator).value


def _only_questioned(submission: Submission, standing: dict, changes) -> None:
    """A submission that came back for some figures opens only those."""
    asked = {place for place, figure in standing.items() if figure.questioned}
    if submission.status != Status.RETURNED or not asked:
        return
    if any(change.place not in asked for change in changes):
        require(refused("本次只退回了被质询的数据，其他数据不能修改。"))


def _worded(submission, standing: Figure | None, change: Change, typed: Typed, indicator, by):
    """The figure as it is to stand; None where nothing was and nothing is said."""
    said = (change.note, change.cumulative, change.opening)
    if standing is None and typed == BLANK and not any(said):
        return None
    figure = Figure(submission=submission, indicator=indicator, region_id=change.region)
    figure.member, figure.scope = change.member, change.scope
    for name in ("kind", "value", "entered", "entered_unit", "decimals", "qualifier"):
        setattr(figure, name, getattr(typed, name))
    for name in ("note", "explanation", "as_of_text", "base_text", "start_text"):
        setattr(figure, name, getattr(change, name).strip())
    figure.start_value = read_typed(change.start, indicator).value
    figure.na_reason = typed.reason
    for name, value in _beside(change, indicator).items():
        setattr(figure, name, value)
        setattr(figure, f"{name}_entered", getattr(change, name).strip())
    figure.accumulates = indicator.entry_mode
    figure.edited_by, figure.version = by, standing.version + 1 if standing else 1
    return figure


BESIDE = {
    "cumulative": (Measure.DISTINCT, "本年累计"),
    "opening": (Measure.FLOW, "期初累计"),
}
PLACE = ("submission", "indicator", "region", "member", "scope")
WORDED = (
    "kind", "value", "entered", "entered_unit", "decimals", "qualifier", "note", "explanation",
    "as_of_text", "base_text", "start_text", "start_value", "na_reason", "accumulates",
    "cumulative", "cumulative_entered", "opening", "opening_entered",
    "edited_by", "edited_at", "version",
)  # fmt: skip


def _write(submission: Submission, standing: dict[Place, Figure], read: list[Read], by) -> None:
    """Keep what was typed, and the sum of each whole whose members changed."""
    _keep([_worded(submission, standing.get(one[0].place), *one, by) for one in read])
    wholes = {(c.indicator, c.region, c.scope): i for c, _, i in read if c.member}
    if wholes:
        now = standing_of(submission)
        _keep(_summed(submission, now, place, one, by) for place, one in wholes.items())


def _summed(submission, standing: dict[Place, Figure], place, indicator: Indicator, by: User):
    """The whole of a breakdown as the sum of its members, where they may be added."""
    if indicator.measure not in (Measure.FLOW, Measure.STOCK):
        return None
    at = [(place[0], place[1], member, place[2]) for member in indicator.members]
    said = [standing[one] for one in at if one in standing and standing[one].value is not None]
    total = add([amount(one.value, one.qualifier) for one in said]) if said else None
    if total is None or total.value is None:
        return None
    scaled = total.value / SCALES[indicator.entry_scale]
    decimals = max(one.decimals for one in said)
    text = format(scaled.normalize(), "f")
    typed = Typed(Said.VALUE, total.value, text, indicator.entry_unit, decimals, total.qualifier)
    whole = standing.get((place[0], place[1], "", place[2]))
    change = Change(place[0], place[1], scope=place[2], **_kept_words(whole))
    return _worded(submission, whole, change, typed, indicator, by)


def _kept_words(figure: Figure | None) -> dict[str, str]:
    names = ("note", "explanation", "as_of_text", "base_text")
    return {name: getattr(figure, name) for name in names} if figure else {}


def _keep(figures: Iterable[Figure | None]) -> None:
    """Write new and changed figures alike, in batches: a workbook brings thousands."""
    Figure.objects.bulk_create(
        [figure for figure in figures if figure],
        update_conflicts=True,
        unique_fields=PLACE,
        update_fields=WORDED,
    )


def touched(submission: Submission) -> int:
    """Any change of content makes a new version, so that nobody signs what they have not seen."""
    Submission.objects.filter(pk=submission.pk).update(version=F("version") + 1)
    return submission.version + 1


@transaction.atomic
def declare_zero(submission: Submission, *, by: User, programme: Programme | None = None) -> int:
    """Zero report for everything still blank (of one programme, or of all); the new version."""
    submission = editable(submission, by)
    said = {place_of(figure): figure for figure in submission.figures.all() if not figure.member}
    fresh = []
    for cell in owed(submission):
        if programme and cell.indicator.programme_id != programme.pk:
            continue
        figure = said.get((cell.indicator.pk, cell.region.pk, "", cell.scope))
        if figure is None or not figure.kind:
            change = Change(cell.indicator.pk, cell.region.pk, said=Said.ZERO, scope=cell.scope)
            typed = _typed(change, cell.indicator)
            fresh.append(_worded(submission, figure, change, typed, cell.indicator, by))
    _keep(fresh)
    audit.record(by, "submission.zero_report", submission, programme=str(programme or ""))
    if programme is None:
        Submission.objects.filter(pk=submission.pk).update(zero_report=True)
    return touched(submission)
