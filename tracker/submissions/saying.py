"""A figure back in words: as a document would say it, and as it was typed."""

from tracker.catalogue.models import Said
from tracker.language.qualifiers import AFTER_NUMBER, BEFORE
from tracker.language.writing import write_figure
from tracker.ledger.models import Entry

from .models import Figure
from .typed import SCALES


def written(figure: Figure | Entry) -> str:
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


def scale_of(figure: Figure | Entry) -> str:
    """The multiple in which it was entered: 万 of 万元."""
    unit = figure.indicator.unit.name
    return figure.entered_unit.removesuffix(unit) if figure.entered_unit.endswith(unit) else ""


def as_typed(figure: Figure) -> str:
    """With its unit only where that was not the usual one: 7000多, 3万余人; "" for no number."""
    if figure.kind != Said.VALUE:
        return ""
    if figure.entered_unit != figure.indicator.entry_unit:
        return written(figure)
    words = figure.qualifier.split("+") if figure.qualifier else []
    before = "".join(word for word in words if word in (*BEFORE, "超"))
    inside = "".join(word for word in words if word in AFTER_NUMBER)
    rest = (word for word in words if word not in (*BEFORE, "超", *AFTER_NUMBER))
    return f"{before}{figure.entered}{inside}{''.join(rest)}"


def start_as_typed(figure: Figure) -> str:
    """The value from which a standard rose or fell, in the unit of entry."""
    if figure.start_value is None:
        return ""
    return format((figure.start_value / SCALES[figure.indicator.entry_scale]).normalize(), "f")
