"""Workbooks made by hand, cell by cell, for the tests of this folder."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

from tracker.workbooks.sheets import Column, Kind, Sheet

INDICATORS = Sheet(
    "指标",
    (
        Column("编码", Kind.CODE, required=True, key="code"),
        Column("指标名称", required=True, key="name", max_length=50),
        Column("数值", Kind.QUANTITY, key="value"),
        Column("小数位", Kind.INTEGER, default=0, key="decimals"),
        Column("类型", Kind.CHOICE, choices={"流量": "flow", "存量": "stock"}, default="flow", key="measure"),
        Column("必填", Kind.BOOLEAN, default=True, key="required"),
        Column("别名", Kind.LIST, default=(), key="aliases"),
        Column("期间", Kind.PERIOD, key="span"),
        Column("起始时间", Kind.DATE_OR_TEXT, key="base"),
    ),
)  # fmt: skip


def made(build: Callable) -> bytes:
    """An .xlsx that `build(workbook)` fills."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        build(workbook)
    return buffer.getvalue()


def table(*rows, name="指标") -> bytes:
    """An .xlsx with one sheet of these rows, each value in the cell type that it has."""

    def build(workbook):
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, index, value)
                elif value is not None:
                    sheet.write(number, index, value)

    return made(build)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry.filename))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
