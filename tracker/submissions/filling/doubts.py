"""What looks wrong about a proposed figure, in words that say what to do. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tracker.language.reading import Role
from tracker.language.units import UnitClass, unit_class

from .proposing import Proposal, Slot
from .wording import field_text, said

JUMP = Decimal(3)
SLIPS = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_COUNTED = {UnitClass.PERSON, UnitClass.ATTENDANCE, UnitClass.HOUSEHOLD}


@dataclass(frozen=True)
class Doubt:
    """Why to look twice; `text` is what was probably meant, as it would be typed."""

    message: str
    text: str = ""


def doubts_of(proposal: Proposal) -> tuple[Doubt, ...]:
    """Everything odd about a figure in the cell that is proposed for it."""
    if proposal.slot is None:
        return ()
    return tuple(
        doubt
        for rule in (_slip_or_jump, _falls, _unit, _planned, _rivals)
        for doubt in rule(proposal, proposal.slot)
    )


def _slip_or_jump(proposal: Proposal, slot: Slot) -> Iterator[Doubt]:
    value, last = proposal.figure.value, slot.last
    if not last or last < 0 or value <= 0:
        return
    for size, word in SLIPS:
        before, now = said(last, slot.unit), said(value, slot.unit)
        if _alike(value * size, last):
            text = said(value * size, slot.unit)
            yield Doubt(f"上期是{before}，这里是{now}，可能漏写了“{word}”。", text)
            return
        if _alike(value, last * size):
            text = said(value / size, slot.unit)
            yield Doubt(f"上期是{before}，这里是{now}，可能多写了“{word}”。", text)
            return
    if not _alike(value, last):
        more = value > last
        times = (value / last if more else last / value).quantize(Decimal("0.1"))
        change = f"是上期的{times}倍" if more else f"只有上期的{times}分之一"
        yield Doubt(f"上期是{said(last, slot.unit)}，这里{change}，请核对。")


def _alike(value: Decimal, last: Decimal) -> bool:
    return last / JUMP <= value <= last * JUMP


def _falls(proposal: Proposal, slot: Slot) -> Iterator[Doubt]:
    value, last = proposal.figure.value, slot.last
    if slot.growing and last and last / JUMP <= value < last:
        yield Doubt(f"累计数比上期（{said(last, slot.unit)}）少，请核对。")


def _unit(proposal: Proposal, slot: Slot) -> Iterator[Doubt]:
    mine, its = unit_class(proposal.figure.unit), unit_class(slot.unit)
    if proposal.figure.unit and mine != its and {mine, its} <= _COUNTED:
        yield Doubt(f"报告写的是“{proposal.figure.unit}”，本指标按“{slot.unit}”统计，请核对口径。")


def _planned(proposal: Proposal, slot: Slot) -> Iterator[Doubt]:
    if proposal.figure.role == Role.TARGET:
        yield Doubt("看起来是计划数，不是完成数。")


def _rivals(proposal: Proposal, slot: Slot) -> Iterator[Doubt]:
    if proposal.rivals:
        names = "”“".join(one.name for one in proposal.rivals)
        yield Doubt(f"也可能是“{names}”，请选定指标。")


def text_of(proposal: Proposal) -> str:
    """What would be typed into the proposed cell; empty without one."""
    return field_text(proposal.figure, proposal.slot.unit) if proposal.slot else ""
