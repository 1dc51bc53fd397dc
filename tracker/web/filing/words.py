"""A figure in words, and as the fields of the form show it."""

from decimal import Decimal

from tracker.catalogue.models import Indicator, Said, Target
from tracker.language.writing import write_figure
from tracker.ledger.models import Entry
from tracker.submissions.models import Figure
from tracker.submissions.typed import SCALES

# The parts of a field as they are posted: "<key>-text", "<key>-said" …
PARTS = (
    "text", "said", "seen", "na_reason", "note", "explanation", "as_of_text", "base_text",
    "start", "start_text", "cumulative", "opening",
)  # fmt: skip
BEFORE = ("约", "近", "超", "不少于", "不低于", "不超过", "最高", "至少", "最低", "低于", "不足")
NOTHING_TYPED = dict.fromkeys(PARTS, "") | {"said": Said.VALUE, "seen": "0"}


def written(figure: Figure | Entry) -> str:
    """A figure in words: 1302万元, 零报告, 不适用."""
    if figure.kind == Said.VALUE:
        return write_figure(
            figure.value,
            figure.indicator.unit.name,
            decimals=figure.decimals,
            display=scale_of(figure),
            qualifier=figure.qualifier,
        )
    return figure.get_kind_display() if figure.kind else ""


def scale_of(figure: Figure | Entry) -> str:
    """The multiple in which it was entered: 万 of 万元."""
    unit = figure.indicator.unit.name
    return figure.entered_unit.removesuffix(unit) if figure.entered_unit.endswith(unit) else ""


def typed_of(figure: Figure | None) -> dict[str, str]:
    """What the fields show for a saved figure."""
    if figure is None:
        return dict(NOTHING_TYPED)
    shown = {name: getattr(figure, name) for name in PARTS if hasattr(figure, name)}
    start = figure.start_value
    return shown | {
        "text": shown_text(figure),
        "said": figure.kind or Said.VALUE,
        "seen": str(figure.version),
        "start": "" if start is None else in_entry_unit(start, figure.indicator),
        "cumulative": figure.cumulative_entered,
        "opening": figure.opening_entered,
    }


def shown_text(figure: Figure) -> str:
    """The text of the field: 7000多, 零报告, 不适用：尚未开展."""
    if figure.kind == Said.VALUE:
        return shown_value(figure)
    if figure.kind == Said.NOT_APPLICABLE:
        return f"不适用：{figure.na_reason}"
    return figure.get_kind_display() if figure.kind else ""


def shown_value(figure: Figure) -> str:
    """As it was typed, with its unit only where that was not the usual one: 3万余人."""
    if figure.entered_unit != figure.indicator.entry_unit:
        return written(figure)
    if not figure.qualifier:
        return figure.entered
    words = figure.qualifier.split("+")
    before = "".join(word for word in words if word in BEFORE)
    after = "".join(word for word in words if word in ("余", "多"))
    behind = "".join(word for word in words if word not in BEFORE and word not in ("余", "多"))
    return f"{before}{figure.entered}{after}{behind}"


def in_entry_unit(value: Decimal, indicator: Indicator) -> str:
    """A value of base units as it would be typed: 13020000 元 is 1302 where 万元 is entered."""
    scaled = value / SCALES[indicator.entry_scale]
    text = format(scaled, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


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
