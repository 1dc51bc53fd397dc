"""Filling in: figures, texts and the confirmed numbers inside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.rules import refused, require
from tracker.catalogue.duties import Cell, cells, cells_of
from tracker.catalogue.models import Duty, Programme, Round, Said
from tracker.language.figures import recognise

from .models import Figure, Narrative, NarrativeFigure, Status, Submission
from .rules import may_edit
from .typed import BLANK, Typed, read_typed


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

    @property
    def place(self) -> tuple[int, int, str, str]:
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


def duty_of(submission: Submission) -> Duty:
    return Duty.objects.get(cycle=submission.round.cycle_id, agency=submission.agency_id)


def owed(submission: Submission) -> list[Cell]:
    """The (indicator, region) cells that the submission is to fill, in the order of the form."""
    return cells(duty_of(submission))


def owed_by(submissions: Sequence[Submission]) -> dict[int, list[Cell]]:
    """Submission id -> the cells that it is to fill, in a constant number of queries."""
    duties = Duty.objects.filter(
        cycle__in={one.round.cycle_id for one in submissions},
        agency__in={one.agency_id for one in submissions},
    )
    owing = {(duty.cycle_id, duty.agency_id): duty.pk for duty in duties}
    found = cells_of(duties)
    return {
        one.pk: found.get(owing.get((one.round.cycle_id, one.agency_id)), []) for one in submissions
    }


@transaction.atomic
def prepare(round: Round) -> int:
    """Open a draft for each agency that owes the round; how many are new."""
    owing = Duty.objects.filter(cycle=round.cycle_id, active=True).values_list("agency", flat=True)
    before = round.submissions.count()
    Submission.objects.bulk_create(
        [Submission(round=round, agency_id=agency) for agency in owing], ignore_conflicts=True
    )
    return round.submissions.count() - before


def _editable(submission: Submission, by: User) -> Submission:
    """The submission, locked, once its rule allows the person to edit."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_edit(by, locked))
    return locked


@transaction.atomic
def save_figures(submission: Submission, changes: Sequence[Change], *, by: User) -> int:
    """Save what was typed, all of it or nothing; the submission's new version.

    Raises Unreadable with a message per field, Clash where somebody else was quicker, Refused when
    the person may not edit or a figure is not the submission's to fill.
    """
    submission = _editable(submission, by)
    standing = {_place(figure): figure for figure in submission.figures.all()}
    kept = _readable(submission, changes)
    clashing = {
        change.place: standing[change.place]
        for change, _ in kept
        if change.place in standing and standing[change.place].version != change.seen
    }
    if clashing:
        raise Clash(clashing)
    _only_questioned(submission, standing, changes)
    for change, typed in kept:
        _write(submission, standing.get(change.place), change, typed, by)
    return _touched(submission)


def _place(figure: Figure) -> tuple[int, int, str, str]:
    return (figure.indicator_id, figure.region_id, figure.member, figure.scope)


def _readable(submission: Submission, changes) -> list[tuple[Change, Typed]]:
    """Each change with what its text means; a figure that is not owed is refused."""
    indicators = {(c.indicator.pk, c.region.pk, c.scope): c.indicator for c in owed(submission)}
    kept, wrong = [], {}
    for change in changes:
        indicator = indicators.get((change.indicator, change.region, change.scope))
        if indicator is None:
            require(refused("有一项数据不在本单位本期的填报范围内，没有保存。"))
        try:
            read_typed(change.start, indicator)
            kept.append((change, _typed(change, indicator)))
        except ValidationError as error:
            wrong[change.place] = error.messages[0]
    if wrong:
        raise Unreadable(wrong)
    return kept


def _typed(change: Change, indicator) -> Typed:
    if change.said == Said.ZERO:
        return Typed(kind=Said.ZERO, value=0, entered="0", entered_unit=indicator.entry_unit)
    if change.said == Said.NOT_APPLICABLE:
        if not change.na_reason.strip():
            raise ValidationError("选择“不适用”时请写明原因。")
        return Typed(kind=Said.NOT_APPLICABLE)
    return read_typed(change.text, indicator)


def _only_questioned(submission: Submission, standing: dict, changes) -> None:
    """A submission that came back for some figures opens only those."""
    asked = {place for place, figure in standing.items() if figure.questioned}
    if submission.status != Status.RETURNED or not asked:
        return
    if any(change.place not in asked for change in changes):
        require(refused("本次只退回了被质询的数据，其他数据不能修改。"))


def _write(submission, figure: Figure | None, change: Change, typed: Typed, by: User) -> None:
    if figure is None and typed == BLANK and not change.note:
        return
    figure = figure or Figure(submission=submission, version=0)
    figure.indicator_id, figure.region_id = change.indicator, change.region
    figure.member, figure.scope = change.member, change.scope
    for name in ("kind", "value", "entered", "entered_unit", "decimals", "qualifier"):
        setattr(figure, name, getattr(typed, name))
    for name in ("note", "explanation", "as_of_text", "base_text", "start_text"):
        setattr(figure, name, getattr(change, name).strip())
    figure.start_value = read_typed(change.start, figure.indicator).value
    figure.na_reason = change.na_reason.strip() if typed.kind == Said.NOT_APPLICABLE else ""
    figure.accumulates = figure.indicator.entry_mode
    figure.edited_by, figure.version = by, figure.version + 1
    figure.save()


def _touched(submission: Submission) -> int:
    """Any change of content makes a new version, so that nobody signs what they have not seen."""
    Submission.objects.filter(pk=submission.pk).update(version=F("version") + 1)
    return submission.version + 1


@transaction.atomic
def declare_zero(submission: Submission, *, by: User, programme: Programme | None = None) -> int:
    """Zero report for everything still blank (of one programme, or of all); the new version."""
    submission = _editable(submission, by)
    said = {_place(figure): figure for figure in submission.figures.all() if not figure.member}
    for cell in owed(submission):
        if programme and cell.indicator.programme_id != programme.pk:
            continue
        figure = said.get((cell.indicator.pk, cell.region.pk, "", cell.scope))
        if figure is None or not figure.kind:
            change = Change(cell.indicator.pk, cell.region.pk, said=Said.ZERO, scope=cell.scope)
            _write(submission, figure, change, _typed(change, cell.indicator), by)
    audit.record(by, "submission.zero_report", submission, programme=str(programme or ""))
    if programme is None:
        Submission.objects.filter(pk=submission.pk).update(zero_report=True)
    return _touched(submission)


@transaction.atomic
def save_narrative(
    submission: Submission,
    programme: Programme,
    kind: str,
    text: str,
    *,
    by: User,
    narrative: Narrative | None = None,
    seen: int = 0,
    speaker: str = "",
    question: str = "",
) -> Narrative:
    """Save a text of a programme. Its numbers have to be confirmed again when it changed.

    Raises Clash when it was changed meanwhile, Refused when the programme is another line's.
    """
    submission = _editable(submission, by)
    if programme.line_id != submission.agency.line_id:
        require(refused("这个项目不属于本单位的条线。"))
    if narrative and narrative.submission_id != submission.pk:
        require(refused("这段文字不属于本次报送。"))
    row = narrative or Narrative(submission=submission, version=0)
    if narrative and narrative.version != seen:
        raise Clash({narrative.pk: narrative})
    if row.text != text:
        row.pk and row.figures.all().delete()
    row.programme, row.kind, row.text = programme, kind, text.strip()
    row.speaker, row.question = speaker.strip(), question.strip()
    row.edited_by, row.version = by, row.version + 1
    row.save()
    _touched(submission)
    return row


@transaction.atomic
def remove_narrative(narrative: Narrative, *, by: User) -> None:
    """Take a text out of an editable submission."""
    submission = _editable(narrative.submission, by)
    audit.record(by, "narrative.remove", submission, programme=str(narrative.programme))
    narrative.delete()
    _touched(submission)


def numbers_in(text: str, protected: Iterable[str] = ()) -> tuple:
    """The figures of a text, to be confirmed by a person as passage figures."""
    return recognise(text, protected=tuple(protected)).figures


@transaction.atomic
def confirm_numbers(narrative: Narrative, starts: Iterable[int], *, by: User) -> int:
    """Confirm the numbers that begin at these offsets as passage figures; how many stand now."""
    submission = _editable(narrative.submission, by)
    wanted = set(starts)
    narrative.figures.all().delete()
    found = numbers_in(narrative.text, [narrative.programme.protected_name])
    NarrativeFigure.objects.bulk_create(
        NarrativeFigure(
            narrative=narrative,
            start=number.start,
            end=number.end,
            raw=number.raw,
            value=number.value,
            unit=number.unit,
            qualifier=number.qualifier,
            role=number.role,
            confirmed_by=by,
        )
        for number in found
        if number.start in wanted
    )
    _touched(submission)
    return narrative.figures.count()


def unconfirmed(submission: Submission) -> dict[Narrative, list]:
    """The numbers in the submission's texts that nobody has confirmed yet."""
    open_numbers = {}
    for narrative in submission.narratives.select_related("programme").prefetch_related("figures"):
        done = {figure.start for figure in narrative.figures.all()}
        found = numbers_in(narrative.text, [narrative.programme.protected_name])
        if missing := [number for number in found if number.start not in done]:
            open_numbers[narrative] = missing
    return open_numbers
