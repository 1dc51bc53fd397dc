"""From the two sheets to rows that can be staged, with everything that is wrong said at once."""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Region, User
from accounts.models.places import strip_code
from accounts.rules import require
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Indicator, Programme
from tracker.catalogue.spans import is_closed, span_of
from tracker.catalogue.units import FACTORS, split_unit
from tracker.catalogue.workbook import SHEETS as CATALOGUE_SHEETS
from tracker.exact import to_scaled
from tracker.language.guard import passage_figures, passage_leftovers
from tracker.language.qualifiers import fold
from tracker.workbooks.cells import Quantity, plain
from tracker.workbooks.reading import CellError, CellWarning, Row, read

from ..models import PassageKind, StagedEntry, StagedFigure, StagedPassage
from ..rules import may_stage
from .responsible import Responsible
from .sheets import ENTRIES, PASSAGES, SHEETS


@dataclass
class History:
    """What a workbook of history holds: unsaved rows, and what is wrong or worth knowing."""

    file_name: str
    sha256: str
    entries: list[StagedEntry] = field(default_factory=list)
    passages: list[tuple[StagedPassage, list[StagedFigure]]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellWarning] = field(default_factory=list)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Names of the city's dictionary that may hold a numeral."""
        return names_kept_whole()


class Wrong(Exception):
    """A cell says something that cannot be."""

    def __init__(self, key: str, message: str):
        super().__init__(message)
        self.key, self.message = key, message


def read_history(source: bytes | str | Path, *, by: User, filename: str = "") -> History:
    """Read both sheets, without writing a row. Raises NotAWorkbook, and Refused for other people."""
    require(may_stage(by))
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = filename or ("历史数据.xlsx" if isinstance(source, bytes) else Path(source).name)
    others = [sheet.name for sheet in CATALOGUE_SHEETS]
    reading = read(data, SHEETS, filename=name, others=others)
    history = History(name[:200], hashlib.sha256(data).hexdigest())
    history.errors += reading.errors
    history.warnings += reading.warnings
    known = Known(by, [row for rows in reading.rows.values() for row in rows])
    _each(history, reading.rows[ENTRIES.name], lambda row: _entry(history, known, row))
    _each(history, reading.rows[PASSAGES.name], lambda row: _passage(history, known, row))
    if not (history.entries or history.passages or history.errors):
        history.errors.append(CellError("", "", "工作簿里没有历史数据，也没有文字材料"))
    return history


def _each(history: History, rows: Iterable[Row], take: Callable[[Row], None]) -> None:
    for row in rows:
        if row.bad:
            continue
        try:
            take(row)
        except Wrong as wrong:
            history.errors.append(row.error(wrong.key, wrong.message))


class Known:
    """What the rows refer to, fetched once for all of them."""

    def __init__(self, by: User, rows: list[Row]):
        self.led = by.reach.leads("reviewer")
        self.today = timezone.localdate()
        codes = {row.values.get("code") for row in rows} - {None}
        indicators = Indicator.objects.filter(code__in=codes, active=True)
        self.indicators = {
            one.code: one for one in indicators.select_related("unit", "line", "source__region")
        }
        self.programmes = {
            (one.line.name, one.name): one for one in Programme.objects.select_related("line")
        }
        written = {row["region"] for row in rows if row["region"]}
        self._short = {code: _short(code) for code in written}
        found = Region.objects.filter(code__in={*self._short.values(), *written})
        self.regions = {region.code: region for region in found}
        self.responsible = Responsible()
        self.places: dict[tuple, str] = {}

    def indicator(self, row: Row) -> Indicator:
        indicator = self.indicators.get(row["code"])
        if indicator is None:
            raise Wrong("code", f"没有编码为“{row['code']}”的在用指标")
        if indicator.numerator_id:
            raise Wrong("code", f"“{indicator}”由分子、分母计算，不需要导入")
        return indicator

    def programme(self, row: Row) -> Programme:
        programme = self.programmes.get((row["line"], row["programme"]))
        if programme is None:
            raise Wrong("programme", f"{row['line']}没有名为“{row['programme']}”的项目")
        return programme

    def region(self, row: Row) -> Region:
        code = row["region"]
        region = self.regions.get(self._short[code]) or self.regions.get(code)
        if region is None:
            raise Wrong("region", f"没有代码为{code}的区划")
        if not any(region.path.startswith(path) for path in self.led):
            raise Wrong("region", f"{region}不在本单位牵头的范围内")
        return region

    def span_key(self, row: Row) -> str:
        """Only what is over is history."""
        if not is_closed(row["span"], self.today):
            raise Wrong("span", f"期间{row['span']}尚未结束，请通过填报报送")
        return row["span"]


def _short(code: str) -> str:
    try:
        return strip_code(code)
    except ValueError:
        return code


def _entry(history: History, known: Known, row: Row) -> None:
    indicator, region, key = known.indicator(row), known.region(row), known.span_key(row)
    agency = known.responsible.for_indicator(indicator, region)
    if agency is None:
        raise Wrong("region", f"{indicator.line}在{region}及其上级没有机构，请先在「机构」表中填写")
    place = (indicator.pk, region.pk, agency.pk, row["member"], row["scope"], key)
    first = known.places.setdefault(place, row.cells["code"])
    if first != row.cells["code"]:
        raise Wrong("value", f"与{first}同一指标、区划、分项和期间，请只保留一行")
    value, unit = base_value(row, "value", indicator)
    start, _ = base_value(row, "start_value", indicator)
    number = row["value"].number
    history.entries.append(
        StagedEntry(
            indicator=indicator,
            agency=agency,
            region=region,
            span=_span(known, key),
            member=row["member"],
            scope=row["scope"],
            value=value,
            entered=plain(number),
            entered_unit=unit,
            decimals=_decimals(number),
            qualifier=fold(row["qualifier"]),
            accumulates=indicator.entry_mode,
            start_value=start,
            note=row["note"],
            cell=f"{row.sheet}!{row.cells['value']}",
            **_text_and_date("base", row["base"]),
            **_text_and_date("as_of", row["as_of"]),
            **_text_and_date("start", row["start"]),
        )
    )


def _span(known: Known, key: str) -> Any:
    """Calendar rows only; each is asked for once."""
    if ("span", key) not in known.places:
        known.places["span", key] = span_of(key)
    return known.places["span", key]


def _decimals(number: Decimal) -> int:
    return max(0, -int(Decimal(plain(number)).as_tuple().exponent))


def _text_and_date(name: str, said: str | datetime.date) -> dict[str, Any]:
    """A day is a day, anything else is kept as the text that it is; empty stays unknown."""
    if isinstance(said, datetime.date):
        return {f"{name}_text": "", f"{name}_date": said}
    return {f"{name}_text": said, f"{name}_date": None}


def base_value(row: Row, key: str, indicator: Indicator) -> tuple[Decimal | None, str]:
    """A cell's number in base units and the unit as entered (the sheet's, or one written behind it)."""
    quantity: Quantity | None = row[key]
    if quantity is None:
        return None, ""
    unit = _written_unit(quantity.unit, key, indicator)
    scale = split_unit(unit)[0] if unit != indicator.entry_unit else indicator.entry_scale
    value = quantity.number * FACTORS[scale]
    try:
        to_scaled(value)
    except ValidationError as problem:
        raise Wrong(key, problem.messages[0].rstrip("。")) from problem
    if indicator.decimals is not None and _decimals(quantity.number) > indicator.decimals:
        raise Wrong(
            key, f"小数位超过{indicator.decimals}位，请核对单位是否为{indicator.entry_unit}"
        )
    return value, unit


def _written_unit(written: str, key: str, indicator: Indicator) -> str:
    """The indicator's own unit, or the same one in another scale: 1302万元 for one entered in 元."""
    if not written:
        return indicator.entry_unit
    base = indicator.unit.name
    fitting = {*(f"{scale}{base}" for scale in FACTORS), indicator.entry_unit}
    if written in fitting:
        return written
    raise Wrong(
        key, f"单位应为{indicator.entry_unit}，而这里写了“{written}”；余、多等请填在「限定词」列"
    )


def _passage(history: History, known: Known, row: Row) -> None:
    programme, region, key = known.programme(row), known.region(row), known.span_key(row)
    agency = known.responsible.for_line(programme.line_id, region)
    if agency is None:
        raise Wrong("region", f"{programme.line}在{region}及其上级没有机构，请先在「机构」表中填写")
    if row["kind"] == PassageKind.ANSWER and not row["question"]:
        raise Wrong("question", "类型为问答时必须填写问题")
    passage = StagedPassage(
        programme=programme,
        agency=agency,
        region=region,
        span=_span(known, key),
        kind=row["kind"],
        speaker=row["speaker"],
        question=row["question"],
        text=row["text"],
        cell=f"{row.sheet}!{row.cells['text']}",
    )
    history.passages.append((passage, _numbers(history, row, passage)))


def _numbers(history: History, row: Row, passage: StagedPassage) -> list[StagedFigure]:
    """The figures of a text, for the second person to confirm one by one."""
    own = (passage.programme.protected_name, passage.programme.name)
    names = [*filter(None, own), *history.kept]
    for one in passage_leftovers(passage.text, names):
        message = f"“{one.raw}”看不出是什么数，请确认人核对"
        history.warnings.append(row.warning("text", message))
    return [
        _number(passage, found.figure, found.sentence.text)
        for found in passage_figures(passage.text, names)
    ]


def _number(passage: StagedPassage, figure: Any, sentence: str) -> StagedFigure:
    try:
        to_scaled(figure.value)
    except ValidationError as problem:
        message = f"文中“{figure.raw}”：{problem.messages[0].rstrip('。')}"
        raise Wrong("text", message) from problem
    return StagedFigure(
        passage=passage,
        start=figure.start,
        end=figure.end,
        raw=figure.raw[:60],
        value=figure.value,
        unit=figure.unit[:20],
        qualifier=figure.qualifier[:20],
        role=figure.role.value,
        sentence=sentence,
    )
