"""What the fields of the form show for a figure, and what stands beside them in words."""

from decimal import Decimal

from tracker.catalogue.models import Indicator, Said, Target
from tracker.language.writing import write_figure
from tracker.submissions.models import Figure
from tracker.submissions.saying import as_typed, start_as_typed

# The parts of a field as they are posted: "<key>-text", "<key>-said" …
PARTS = (
    "text", "said", "seen", "na_reason", "note", "explanation", "as_of_text", "base_text",
    "start", "start_text", "cumulative", "opening",
)  # fmt: skip
KEPT = ("na_reason", "note", "explanation", "as_of_text", "base_text", "start_text")
NOTHING_TYPED = dict.fromkeys(PARTS, "") | {"said": Said.VALUE, "seen": "0"}


def typed_of(figure: Figure | None) -> dict[str, str]:
    """What the fields show for a saved figure."""
    if figure is None:
        return dict(NOTHING_TYPED)
    return {name: getattr(figure, name) for name in KEPT} | {
        "text": shown_text(figure),
        "said": figure.kind or Said.VALUE,
        "seen": str(figure.version),
        "start": start_as_typed(figure),
        "cumulative": figure.cumulative_entered,
        "opening": figure.opening_entered,
    }


def shown_text(figure: Figure) -> str:
    """The text of the field: 7000多, 零报告, 不适用：尚未开展."""
    if figure.kind == Said.VALUE:
        return as_typed(figure)
    if figure.kind == Said.NOT_APPLICABLE:
        return f"不适用：{figure.na_reason}"
    return figure.get_kind_display() if figure.kind else ""


def amount_words(value: Decimal, indicator: Indicator, qualifier: str = "") -> str:
    """An amount in the unit in which the indicator is entered."""
    unit, scale = indicator.unit.name, indicator.entry_scale
    return write_figure(value, unit, display=scale, qualifier=qualifier)


def target_words(target: Target) -> str:
    if target.value is None:
        return target.get_kind_display()
    return f"{target.get_kind_display()}{amount_words(target.value, target.indicator)}"


def percent(part: Decimal, whole: Decimal) -> str:
    """50.55 %, cut and never rounded up, so that 99.996 % is not said to be all."""
    share = (part * 100 / whole).quantize(Decimal("0.01"), "ROUND_DOWN")
    return f"{format(share.normalize(), 'f')}%"
