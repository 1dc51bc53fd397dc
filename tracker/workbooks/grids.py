"""Cells of an uploaded workbook, parsed in a limited child process (reliability.md, rule 4)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from tracker.workbooks import gates
from tracker.workbooks.cells import Cell, Fault, plain
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.parsed import flat
from tracker.workbooks.sandbox import PARSE, child

SMALLER = "请把数据区域复制到新的工作簿后再上传"
REFUSALS = {
    "password": "文件设有密码，请去掉密码后再上传。",
    "broken": f"文件不完整或已损坏，打不开。{gates.SAVE_AS}。",
    "rows": f"工作表「{{}}」用到了第 {{}} 行，行数过多。{SMALLER}。",
    "columns": f"工作表「{{}}」用到了 {{}} 列，列数过多。{SMALLER}。",
    "cells": f"工作表「{{}}」的单元格过多。{SMALLER}。",
}


@dataclass
class Grid:
    """A sheet as rows of cells from A1 on; `merges` are (top, left, bottom, right) counted from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Book:
    """The names of all sheets of a workbook, and the cells of those that were asked for."""

    names: list[str]
    grids: list[Grid]


def parse(data: bytes, filename: str = "", wanted: Iterable[str] = ()) -> Book:
    """The sheets of these names (EVERY: all), or the only sheet of the workbook. Raises NotAWorkbook."""
    gates.check(data, filename)
    with child(PARSE, [data], [flat(name) for name in wanted]) as out:
        return _book(out)


def _book(lines: IO[bytes]) -> Book:
    book = Book([], [])
    for line in _decoded(lines):
        if isinstance(line, list):
            book.grids[-1].rows.append(line)
        elif "refused" in line:
            reason, *details = line["refused"]
            raise NotAWorkbook(REFUSALS[reason].format(*details))
        elif "names" in line:
            book.names = line["names"]
        else:
            merges = [(int(a), int(b), int(c), int(d)) for (a, b), (c, d) in line["merges"]]
            book.grids.append(Grid(line["sheet"], [], merges))
    return book


def _decoded(lines: IO[bytes]) -> Iterator[Any]:
    for line in lines:
        yield json.loads(line, parse_float=Decimal, parse_int=Decimal, object_hook=_value)


def _value(pairs: dict[str, Any]) -> Any:
    if "d" in pairs:
        text = pairs["d"]
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    if "p" in pairs:
        return plain(pairs["p"] * 100) + "%"
    if "e" in pairs:
        return Fault(pairs["e"])
    return pairs
