"""What the parsing child tells of a workbook, as plain JSON values; and what it refuses."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 1_500_000
EVERY = {"*"}

Place = tuple[int, int]
Told = tuple[str, list[tuple[Place, Place]], Iterator[list[Any]]]


class Refused(Exception):
    """A key of `grids.REFUSALS`, and what fills it in."""


def flat(name: str) -> str:
    """A sheet's name as it is compared: without spaces, full-width as half-width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def chosen(names: list[str], wanted: set[str]) -> list[str]:
    """The sheets to read: those wanted (EVERY: all), or the only one whatever its name."""
    if wanted == EVERY:
        return names
    return [n for n in names if flat(n) in wanted] or (names if len(names) == 1 else [])


def as_json(value: Any) -> Any:
    """A cell: text, number with 15 digits, truth, {"d": date and time}, {"p": percent}, {"e": error}."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | dict):
        return value
    if isinstance(value, int | float):
        return float(f"{value:.15g}")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value)


def refuse_excess(name: str, height: int, width: int) -> None:
    if height > MAX_ROWS:
        raise Refused("rows", name, height)
    if width > MAX_COLUMNS:
        raise Refused("columns", name, width)


def is_percent_format(code: str | None) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", code or "")
