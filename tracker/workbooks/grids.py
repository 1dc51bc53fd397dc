"""Cells of an uploaded workbook, parsed in a limited child process (reliability.md, rule 4)."""

import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from tracker.workbooks import gates
from tracker.workbooks.cells import Cell, Fault, plain
from tracker.workbooks.gates import NotAWorkbook

CHILD = Path(__file__).with_name("child.py")
MEMORY = 256 * 2**20
CPU_SECONDS = 20
WALL_SECONDS = 60
OUTPUT_BYTES = 128 * 2**20
SMALLER = "请把数据区域复制到新的工作簿后再上传"
REFUSALS = {
    "password": "文件设有密码，请去掉密码后再上传。",
    "broken": f"文件不完整或已损坏，打不开。{gates.SAVE_AS}。",
    "rows": f"工作表「{{}}」用到了第 {{}} 行，行数过多。{SMALLER}。",
    "columns": f"工作表「{{}}」用到了 {{}} 列，列数过多。{SMALLER}。",
    "cells": f"工作表「{{}}」的单元格过多。{SMALLER}。",
    "limits": f"文件太大，或在很远的行列里还有内容，无法读取。{SMALLER}。",
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


def flat(name: str) -> str:
    """A sheet's name as it is compared: without spaces, full-width as half-width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def parse(data: bytes, filename: str = "", wanted: Iterable[str] = ()) -> Book:
    """The sheets of these names, or the only sheet of the workbook. Raises NotAWorkbook."""
    gates.check(data, filename)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        source.write(data)
        source.seek(0)
        _run([flat(name) for name in wanted], source, out)
        out.seek(0)
        return _book(out)


def _run(wanted: list[str], source: IO[bytes], out: IO[bytes]) -> None:
    limits = [str(MEMORY), str(CPU_SECONDS), str(OUTPUT_BYTES)]
    command = [sys.executable, "-I", str(CHILD), *limits, *wanted]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; a sheet's name is an argument, never code
            command, stdin=source, stdout=out, stderr=subprocess.DEVNULL, timeout=WALL_SECONDS,
            env={"PYTHONHASHSEED": "0"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAWorkbook(REFUSALS["limits"]) from None
    if done.returncode:
        raise NotAWorkbook(REFUSALS["limits"])


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
            merges = [tuple(map(int, (*first, *last))) for first, last in line["merges"]]
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
