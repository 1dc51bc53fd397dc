"""Cells of an .xlsx, inside the child process."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree

import python_calamine

from tracker.workbooks.parsed import Told, as_json, chosen, is_percent_format, refuse_excess

CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
TYPE = re.compile(rb"""\st=["'](\w+)["']""")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
LONGEST_TYPE = b' t="e"'
ERROR_TYPE = re.compile(rb"""\st=["']e["']""")
PERCENT_FORMATS = {9, 10}
CHUNK = 2**20


def open_xlsx(data: bytes, wanted: set[str]) -> tuple[list[str], Iterator[Told]]:
    """All names of sheets; and of those to be read name, merges (first and last cell), rows."""
    workbook = python_calamine.CalamineWorkbook.from_object(BytesIO(data))
    return workbook.sheet_names, _sheets(workbook, Marks(data), wanted)


def _sheets(workbook: Any, marks: "Marks", wanted: set[str]) -> Iterator[Told]:
    for name in chosen(workbook.sheet_names, wanted):
        sheet = workbook.get_sheet_by_name(name)
        last_row, last_column = sheet.end or (-1, -1)
        refuse_excess(name, last_row + 1, last_column + 1)
        yield name, sheet.merged_cell_ranges or [], _rows(sheet, marks.of(name))


def _rows(sheet: Any, marks: dict[int, list[tuple[int, Any]]]) -> Iterator[list[Any]]:
    _, left = sheet.start or (0, 0)
    for number, row in enumerate(sheet.iter_rows()):
        cells = [None] * left + [as_json(value) for value in row]
        for column, mark in marks.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            if mark or isinstance(cells[column], float):
                cells[column] = mark or {"p": cells[column]}
        yield cells


class Marks:
    """What calamine does not tell: which cells show an error (it gives them as blank) or a percentage."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.paths = self._paths()
        self.percent = self._percent_styles()

    def of(self, name: str) -> dict[int, list[tuple[int, Any]]]:
        """Row number (from 0) -> [(column, {"e": error} or None for a percentage)]."""
        found: dict[int, list[tuple[int, Any]]] = {}
        for attributes, content in self._cells(self.paths.get(name)):
            place, style = PLACE.search(attributes), STYLE.search(attributes)
            kind = TYPE.search(attributes)
            is_error = kind and kind[1] == b"e"
            is_number = not kind or kind[1] == b"n"
            is_percent = is_number and style and int(style[1]) in self.percent
            if place and content and (is_error or is_percent):
                value = VALUE.search(content)
                mark = {"e": value[1].decode() if value else "#VALUE!"} if is_error else None
                found.setdefault(int(place[2]) - 1, []).append((column_number(place[1]), mark))
        return found

    def _cells(self, path: str | None) -> Iterator[tuple[bytes, bytes | None]]:
        """Attributes and content of each cell, when there can be something to tell of them."""
        if path not in self.archive.namelist():
            return
        if not self.percent and not any(
            map(ERROR_TYPE.search, self._chunks(path, whole_rows=False))
        ):
            return
        for chunk in self._chunks(path, whole_rows=True):
            for match in CELL.finditer(chunk):
                yield match[1], match[2]

    def _chunks(self, path: str, *, whole_rows: bool) -> Iterator[bytes]:
        rest = b""
        with self.archive.open(path) as part:
            while chunk := part.read(CHUNK):
                rest += chunk
                end = max(rest.rfind(b"</row"), rest.rfind(b":row>")) if whole_rows else CHUNK
                if end > 0:
                    yield rest[:end]
                    rest = rest[end:] if whole_rows else chunk[-len(LONGEST_TYPE) :]
        yield rest

    def _root(self, path: str) -> ElementTree.Element:
        # No document type passes the gate, and expat follows no external entity.
        return ElementTree.fromstring(self.archive.read(path))  # noqa: S314

    def _paths(self) -> dict[str, str]:
        targets = {
            link.get("Id"): link.get("Target") for link in self._root("xl/_rels/workbook.xml.rels")
        }
        paths = {}
        for sheet in self._root("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
            target = next(
                (targets.get(v) for k, v in sheet.attrib.items() if k.endswith("}id")), None
            )
            paths[sheet.get("name", "")] = normpath(join("xl", target or "")).lstrip("/")
        return paths

    def _percent_styles(self) -> set[int]:
        if "xl/styles.xml" not in self.archive.namelist():
            return set()
        root = self._root("xl/styles.xml")
        formats = PERCENT_FORMATS | {
            int(form.get("numFmtId", 0))
            for form in root.iterfind("{*}numFmts/{*}numFmt")
            if is_percent_format(form.get("formatCode"))
        }
        styles = root.iterfind("{*}cellXfs/{*}xf")
        return {i for i, xf in enumerate(styles) if int(xf.get("numFmtId") or 0) in formats}


def column_number(letters: bytes) -> int:
    """b"A" is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
