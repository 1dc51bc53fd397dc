"""One change of one figure: what a person typed, and the figure that comes of it."""

from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from accounts.models import User
from tracker.catalogue.models import EntryMode, Indicator, Measure, Said
from tracker.ledger.intervals import add, amount

from .models import Figure, Submission
from .typed import BLANK, SCALES, Typed, read_said, read_typed
from .upsert import unsaved

Place = tuple[int, int, str, str]


class Change(NamedTuple):
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


def place_of(figure: Figure) -> Place:
    return (figure.indicator_id, figure.region_id, figure.member, figure.scope)


def worded(
    submission: Submission,
    standing: Figure | None,
    change: Change,
    typed: Typed,
    indicator: Indicator,
    by: User,
) -> Figure | None:
    """The figure as it is to stand; None where nothing was and nothing is said."""
    said = (change.note, change.cumulative, change.opening)
    if standing is None and typed == BLANK and not any(said):
        return None
    # By their ids: of five thousand figures none asks for its relations.
    words = {name: getattr(change, name).strip() for name in SAID_BESIDE}
    numbers = {name: getattr(typed, name) for name in NUMBERS}
    return unsaved(
        Figure,
        words | numbers | beside(change, indicator),
        submission_id=submission.pk,
        indicator_id=change.indicator,
        region_id=change.region,
        member=change.member,
        scope=change.scope,
        start_value=read_typed(change.start, indicator).value,
        na_reason=typed.reason,
        cumulative_entered=change.cumulative.strip(),
        opening_entered=change.opening.strip(),
        accumulates=indicator.entry_mode,
        edited_by_id=by.pk,
        version=standing.version + 1 if standing else 1,
    )


BESIDE = {
    "cumulative": (Measure.DISTINCT, "本年累计"),
    "opening": (Measure.FLOW, "期初累计"),
}
SAID_BESIDE = ("note", "explanation", "as_of_text", "base_text", "start_text")
NUMBERS = ("kind", "value", "entered", "entered_unit", "decimals", "qualifier")
PLACE = ("submission", "indicator", "region", "member", "scope")
WORDED = (
    "kind", "value", "entered", "entered_unit", "decimals", "qualifier", "note", "explanation",
    "as_of_text", "base_text", "start_text", "start_value", "na_reason", "accumulates",
    "cumulative", "cumulative_entered", "opening", "opening_entered",
    "edited_by", "edited_at", "version",
)  # fmt: skip


def typed_as(change: Change, indicator) -> Typed:
    said, reason = read_said(change.text)
    if change.said in (Said.ZERO, Said.NOT_APPLICABLE):
        said, reason = change.said, change.na_reason.strip() or reason
    if said == Said.ZERO:
        return Typed(kind=Said.ZERO, value=0, entered="0", entered_unit=indicator.entry_unit)
    if said == Said.NOT_APPLICABLE:
        reason = reason or change.na_reason.strip()
        if not reason:
            raise ValidationError("选择“不适用”时请写明原因。")
        return Typed(kind=Said.NOT_APPLICABLE, reason=reason[:200])
    return read_typed(change.text, indicator)


def beside(change: Change, indicator: Indicator) -> dict[str, Decimal | None]:
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


def says_the_same(figure: Figure, other: Figure | None) -> bool:
    """Is every word of the two alike, whoever typed them?"""
    apart = {"edited_by", "edited_at", "version"}
    return other is not None and all(
        getattr(figure, name) == getattr(other, name) for name in WORDED if name not in apart
    )


def was_sent(figure: Figure, sent: str | None, indicator: Indicator) -> bool:
    """Is the figure what the text says that was sent before?"""
    if sent is None:
        return False
    change = Change(indicator.pk, figure.region_id, sent, na_reason=figure.na_reason)
    try:
        typed = typed_as(change, indicator)
    except ValidationError:
        return False
    return (figure.kind, figure.value, figure.qualifier) == (
        typed.kind,
        typed.value,
        typed.qualifier,
    )


def summed(
    submission: Submission, standing: dict[Place, Figure], place, indicator: Indicator, by: User
) -> Figure | None:
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
    return worded(submission, whole, change, typed, indicator, by)


def _kept_words(figure: Figure | None) -> dict[str, str]:
    names = ("note", "explanation", "as_of_text", "base_text")
    return {name: getattr(figure, name) for name in names} if figure else {}
