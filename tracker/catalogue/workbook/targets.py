"""The sheet 目标: values in the indicator's unit of entry."""

from decimal import Decimal

from tracker.exact import to_scaled
from tracker.workbooks.cells import Quantity
from tracker.workbooks.plans import CHANGED, CREATED, SAME
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Follows, Taking, Wrong, given

from ..models import Indicator, Target
from ..targets import WITHOUT_VALUE, set_target
from ..units import FACTORS

MAIN = "code"


def take(taking: Taking, rows: list[Row]) -> None:
    taking.each(rows, MAIN, lambda row: (row[MAIN], row["region"], row["year"]), _take)


def _take(taking: Taking, row: Row) -> None:
    indicator = Indicator.objects.filter(code=row[MAIN]).select_related("unit").first()
    if indicator is None:
        if ("指标", row[MAIN]) in taking.failed:
            raise Follows
        raise Wrong(MAIN, f"没有编码为“{row[MAIN]}”的指标")
    region, year = taking.region(row), row["year"]
    current = Target.objects.current().filter(indicator=indicator, region=region, year=year).first()
    wanted = {
        "kind": row["kind"] if given(row, "kind") or not current else current.kind,
        "value": base_value(row, "value", indicator),
        "basis": row["basis"] if given(row, "basis") or not current else current.basis,
    }
    if wanted["value"] is None and wanted["kind"] not in WITHOUT_VALUE:
        raise Wrong("value", f"“{Target.Kind(wanted['kind']).label}”类目标必须填写目标值")
    changes = {key for key, value in wanted.items() if current and value != getattr(current, key)}
    if current is None or changes:
        set_target(indicator, region, year, by=taking.by, **wanted)
    what = CREATED if current is None else CHANGED if changes else SAME
    taking.done(row, MAIN, what, sorted(changes))


def base_value(row: Row, key: str, indicator: Indicator) -> Decimal | None:
    """The number of a cell in base units; a unit written behind it must be the indicator's."""
    quantity: Quantity | None = row[key]
    if quantity is None:
        return None
    if quantity.unit not in ("", indicator.entry_unit):
        message = f"单位应为{indicator.entry_unit}，而这里写了“{quantity.unit}”"
        raise Wrong(key, message)
    value = quantity.number * FACTORS[indicator.entry_scale]
    to_scaled(value)
    return value
