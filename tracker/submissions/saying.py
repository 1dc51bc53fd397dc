"""A figure back in words: as a document would say it, and as it was typed."""

from decimal import Decimal

from tracker.catalogue.models import Indicator, Said
from tracker.language.qualifiers import AFTER_NUMBER, BEFORE
from tracker.language.writing import write_figure
from tracker.ledger.models import Entry

from .models import Figure
from .past import Told
from .typed import SCALES


def written(figure: Figure | Entry | Told) -> str:
    """1302万元, 零报告, 不适用."""
    if figure.kind != Said.VALUE:
        return figure.get_kind_display() if figure.kind else ""
    return write_figure(
        figure.value,
        figure.indicator.unit.name,
        decimals=figure.decimals,
        display=scale_of(figure),
        qualifier=figure.qualifier,
    )


def scale_of(figure: Figure | Entry | Told) -> str:
    """The multiple in which it was entered: 万 of 万元."""
    unit = figure.indicator.unit.name
    return figure.entered_unit.removesuffix(unit) if figure.entered_unit.endswith(unit) else ""


def as_typed(figure: Figure) -> str:
    """With its unit only where that was not the usual one: 7000多, 3万余人; "" for no number."""
    if figure.kind != Said.VALUE:
        return ""
    if figure.entered_unit != figure.indicator.entry_unit:
        return written(figure)
    return qualified(figure.entered, figure.qualifier)


def qualified(number: str, qualifier: str) -> str:
    """A number as it would be typed, its qualifier before or behind it."""
    if not qualifier:
        return number
    words = qualifier.split("+")
    before = "".join(word for word in words if word in (*BEFORE, "超"))
    inside = "".join(word for word in words if word in AFTER_NUMBER)
    rest = (word for word in words if word not in (*BEFORE, "超", *AFTER_NUMBER))
    return f"{before}{number}{inside}{''.join(rest)}"


def in_entry_unit(value: Decimal, indicator: Indicator) -> str:
    """A value of base units as it would be typed: 13020000 元 is 1302 where 万元 is entered."""
    text = format(value / SCALES[indicator.entry_scale], "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def start_as_typed(figure: Figure) -> str:
    """The value from which a standard rose or fell, in the unit of entry."""
    start = figure.start_value
    return "" if start is None else in_entry_unit(start, figure.indicator)
