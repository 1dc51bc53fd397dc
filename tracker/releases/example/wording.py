"""How a slot is written for a new value: the form of the example, the qualifier that is true now."""

from decimal import ROUND_FLOOR, Decimal

from tracker.language.numerals import round_half_up
from tracker.language.qualifiers import OVER, Agreement, agrees, single
from tracker.language.writing import write_figure
from tracker.releases.example.slots import Slot
from tracker.releases.proof.verdicts import Source

SIGNED = ("GROWTH", "POINTS", "DIFFERENCE")
COMPUTED = ("GROWTH", "POINTS", "COMPLETION", "OVER_TARGET", "MULTIPLE")


def write_slot(slot: Slot, source: Source) -> str:
    """The surface: as approved with its qualifier; else with 余 where the example had it and it is true."""
    words = _written(slot, source)
    return words.removesuffix(f"{slot.display}{slot.unit}") if slot.bare else words


def _written(slot: Slot, source: Source) -> str:
    value = abs(source.value) if source.op in SIGNED else source.value
    if source.op in COMPUTED:
        return write_figure(round_half_up(value, slot.decimals), slot.unit)
    if source.qualifier:
        return write_figure(value, slot.unit, display=_display(slot), qualifier=source.qualifier)
    if single(slot.qualifier) in OVER and (about := _with_residual(slot, value)):
        return about
    return _exactly(slot, value)


def _display(slot: Slot) -> str:
    return slot.display if slot.display != "汉字" else ""


def _with_residual(slot: Slot, value: Decimal) -> str:
    """3200余 for 3221: cut to as many leading digits as the example shows, where that hides little."""
    shown = _leading(slot.raw)
    cut = _cut(value, shown)
    if cut == value or agrees(cut, "余", value) != Agreement.WRITTEN:
        return ""
    word = single(slot.qualifier)
    return write_figure(cut, slot.unit, display=_display(slot), qualifier=word)


def _leading(raw: str) -> int:
    """How many digits stand before the closing noughts."""
    digits = "".join(c for c in raw if c.isdigit()).strip("0")
    return max(len(digits), 1)


def _cut(value: Decimal, digits: int) -> Decimal:
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def _exactly(slot: Slot, value: Decimal) -> str:
    """In the example's unit and digits, all that the value needs where the example was exact."""
    if slot.display == "汉字":
        return write_figure(value, slot.unit, display="汉字" if 0 < value < 100 else "")
    decimals = None if slot.exact or not slot.display else slot.decimals
    return write_figure(value, slot.unit, display=slot.display, decimals=decimals)
