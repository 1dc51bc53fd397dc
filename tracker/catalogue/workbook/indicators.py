"""The sheet 指标: known by code. First every indicator by itself, then what they say of each other."""

from typing import Any

from django.db.models import Max

from tracker.workbooks.plans import CHANGED, CREATED, SAME, Step
from tracker.workbooks.reading import Row
from tracker.workbooks.taking import Taking, Wrong, given

from ..indicators import create_indicator, edit_indicator
from ..models import Display, Indicator, Programme
from ..units import split_unit, unit_named

MAIN = "code"
PLAIN = (
    "name", "measure", "entry_mode", "decimals", "verb", "clause", "subject", "required", "must_say", "level",
    "is_open", "wording", "adds_over_regions",
)  # fmt: skip
LISTS = ("wholes", "not_above")
OPERANDS = ("numerator", "denominator")


def take(taking: Taking, rows: list[Row]) -> None:
    taking.each(rows, MAIN, lambda row: row[MAIN], _take)
    good = [row for row in rows if ("指标", str(row[MAIN])) not in taking.failed]
    for row in good:
        with taking.at(row, MAIN):
            _relate(taking, row)
    _complete(taking, good)


def _take(taking: Taking, row: Row) -> None:
    indicator = Indicator.objects.filter(code=row[MAIN]).select_related("unit", "source").first()
    programme = _programme(taking, row)
    if indicator is None:
        last = Indicator.objects.aggregate(last=Max("order"))["last"] or 0
        create_indicator(
            programme=programme,
            code=row[MAIN],
            definition=row["definition"],
            order=last + 1,
            by=taking.by,
            **_fields(taking, row, every=True),
        )
        taking.done(row, MAIN, CREATED)
        return
    fields = _fields(taking, row, every=False) | {"programme": programme}
    changes = {key: value for key, value in fields.items() if value != getattr(indicator, key)}
    last = indicator.definitions.order_by("number").last()
    definition = row["definition"] if given(row, "definition") else last.text
    if changes or definition != last.text:
        edit_indicator(indicator, by=taking.by, definition=definition, **changes)
        changes |= {"definition": definition} if definition != last.text else {}
    taking.done(row, MAIN, CHANGED if changes else SAME, changes)


def _programme(taking: Taking, row: Row) -> Programme:
    line = taking.line(row)
    programme = Programme.objects.filter(line=line, name=row["programme"]).first()
    if programme is None and ("项目", row["programme"]) not in taking.failed:
        raise Wrong(
            "programme", f"{line}没有名为“{row['programme']}”的项目，请先在「项目」表中填写"
        )
    if programme is None:
        raise Wrong("programme", f"项目“{row['programme']}”那一行有误，请先改正")
    return programme


def _fields(taking: Taking, row: Row, *, every: bool) -> dict[str, Any]:
    """The plain fields: all of them for a new indicator, else those that the sheet has."""
    fields = {key: row[key] for key in PLAIN if every or given(row, key)}
    fields |= _units(row, every)
    if every or given(row, "aliases"):
        fields["aliases"] = list(row["aliases"])
    if every or given(row, "source"):
        fields["source"] = taking.agency(row, "source") if row["source"] else None
    return fields


def _units(row: Row, every: bool) -> dict[str, Any]:
    try:
        scale, base = split_unit(row["unit"])
    except ValueError as problem:
        raise Wrong("unit", str(problem)) from problem
    fields = {"entry_scale": scale, "unit": unit_named(base)}
    if every or given(row, "display"):
        fields["display"] = _display(row["display"], base)
    return fields


def _display(text: str, base: str) -> Display:
    """原样, 万 or 亿, with or without the base unit behind it; 汉字 for small counts."""
    scale = text.removesuffix(base)
    if scale in ("", "原样"):
        return Display.AS_IS
    if scale not in (Display.WAN, Display.YI, Display.CHINESE):
        raise Wrong("display", f"“{text}”不能作显示单位，请填写原样、万、亿或汉字")
    return Display(scale)


def _relate(taking: Taking, row: Row) -> None:
    """Which indicators it is part of, not above, or computed from."""
    indicator = Indicator.objects.get(code=row[MAIN])
    changes: dict[str, Any] = {}
    for key in LISTS:
        if given(row, key):
            wanted = [_other(taking, row, key, code) for code in row[key]]
            if {one.pk for one in wanted} != {one.pk for one in getattr(indicator, key).all()}:
                changes[key] = wanted
    for key in OPERANDS:
        if given(row, key):
            wanted = _other(taking, row, key, row[key]) if row[key] else None
            if wanted != getattr(indicator, key):
                changes[key] = wanted
    if changes:
        edit_indicator(indicator, by=taking.by, **changes)
        _mark_changed(taking, row, changes)


def _other(taking: Taking, row: Row, key: str, code: str) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Wrong(key, f"没有编码为“{code}”的指标")
    return found


def _mark_changed(taking: Taking, row: Row, changes: dict[str, Any]) -> None:
    """What the first pass called unchanged has changed after all."""
    for number, step in enumerate(taking.steps):
        if (step.sheet, step.cell) == (row.sheet, row.cells[MAIN]) and step.what != CREATED:
            taking.steps[number] = Step(
                step.sheet, step.cell, step.label, CHANGED, (*step.changes, *changes)
            )


def _complete(taking: Taking, rows: list[Row]) -> None:
    """其中完整 on a part's row speaks of its whole's list, on any other row of its own."""
    said: dict[str, bool] = {}
    for row in rows:
        if given(row, "parts_complete"):
            for code in row["wholes"] or (row[MAIN],):
                said[code] = said.get(code, False) or row["parts_complete"]
    by_code = {row[MAIN]: row for row in rows}
    for indicator in Indicator.objects.filter(code__in=said):
        wanted = said[indicator.code]
        if indicator.parts_complete != wanted:
            edit_indicator(indicator, parts_complete=wanted, by=taking.by)
            if indicator.code in by_code:
                _mark_changed(taking, by_code[indicator.code], {"parts_complete": wanted})
