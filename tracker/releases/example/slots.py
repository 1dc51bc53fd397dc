"""Which figure of the example says what: its fact, how far it lies from the example's period, its form."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.language.reading import FigureInText
from tracker.releases.example.computing import BASED, base_of, known_by, of_goal
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Checked, Report, Source, Verdict

BINDING = (Verdict.VERIFIED, Verdict.ROUNDED, Verdict.LOOSE, Verdict.DERIVED, Verdict.AMBIGUOUS)
_SCALE = re.compile(r"[万亿]")
_MARKS = str.maketrans("", "", ",，")
_DIGITS = re.compile(r"\d+(?:\.(\d+))?")


class When(StrEnum):
    """The slot's period, seen from the document's."""

    SAME = "same"
    PREVIOUS = "previous"
    YEAR_AGO = "year_ago"
    LATEST = "latest"


@dataclass(frozen=True)
class Slot:
    """text[start:end] == raw says `op` of this fact; `display` and `decimals` are its form.

    `base` is that of a change (year_ago, previous, start). `exact`: nothing was rounded away.
    `unsure`: another fact fits as well. `bare`: a cell of a table, whose unit stands in its head.
    """

    start: int
    end: int
    raw: str
    unit: str
    qualifier: str
    display: str
    decimals: int
    indicator: int
    region: str
    name: str
    when: str
    op: str = ""
    base: str = ""
    exact: bool = False
    unsure: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Unbound:
    """A figure that stays as it is, with the reason in words."""

    start: int
    end: int
    raw: str
    why: str


def bind(report: Report, ground: Ground) -> tuple[tuple[Slot, ...], tuple[Unbound, ...]]:
    """The slots of a text that was proved on the ground of its own period, and what stays text."""
    slots, unbound = [], []
    for checked in report.figures:
        found = _slot(checked, ground)
        (slots if isinstance(found, Slot) else unbound).append(found)
    kept = [one for one in unbound if one.why]
    return tuple(slots), tuple(kept)


def _slot(checked: Checked, ground: Ground) -> Slot | Unbound:
    figure, source = checked.figure, checked.source
    if checked.verdict == Verdict.NO_LEDGER:
        return _stays(figure, "")
    if source is None or checked.verdict not in BINDING:
        return _stays(figure, checked.hint or "台账中没有这个数")
    if source.indicator is None:
        return _stays(figure, "随文数据，不随期次更新")
    when = _when(source, ground)
    if when is None:
        return _stays(figure, f"引用的是{source.span}的数据，与本期没有固定的间隔")
    base = base_of(figure, source, ground) if source.op in BASED else ""
    if source.op and not base and not of_goal(source.op) and not known_by(source, ground):
        return _stays(figure, "由多个数推算，请按新数据核对")
    return Slot(
        **_form(figure),
        indicator=source.indicator,
        region=source.region,
        name=source.name,
        when=when,
        op="" if source.op == "SUM" else source.op,
        base=base,
        exact=figure.value == source.value,
        unsure=checked.verdict == Verdict.AMBIGUOUS,
    )


def _stays(figure: FigureInText, why: str) -> Unbound:
    return Unbound(figure.start, figure.end, figure.raw, why)


def _when(source: Source, ground: Ground) -> When | None:
    if source.span == ground.span:
        return When.SAME
    if source.span == ground.previous:
        return When.PREVIOUS
    if source.span == ground.year_ago:
        return When.YEAR_AGO
    return When.LATEST if ground.is_now(source) else None


def _form(figure: FigureInText) -> dict:
    scale, digits = _SCALE.search(figure.raw), _DIGITS.search(figure.raw)
    shown = scale[0] if scale else _scale_of_head(figure)
    return {
        "start": figure.start,
        "end": figure.end,
        "raw": figure.raw,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "display": shown if digits else "汉字",
        "decimals": len(digits[1] or "") if digits else 0,
        "bare": _is_bare(figure),
    }


def _is_bare(figure: FigureInText) -> bool:
    return figure.raw[-1:].isdigit() and bool(figure.unit)


def _scale_of_head(figure: FigureInText) -> str:
    """万 where a bare 120 stands below 资金（万元）."""
    digits = _DIGITS.search(figure.raw.translate(_MARKS))
    if not _is_bare(figure) or not digits or not Decimal(digits[0]):
        return ""
    return {Decimal(10**4): "万", Decimal(10**8): "亿"}.get(figure.value / Decimal(digits[0]), "")


def plain(slots: Iterable[Slot]) -> list[dict]:
    """As they are kept in a row."""
    return [asdict(slot) for slot in slots]


def restored(rows: Iterable[dict]) -> tuple[Slot, ...]:
    return tuple(Slot(**row) for row in rows)
