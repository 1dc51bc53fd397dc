"""Runs alone in a child process: sets its own limits, parses a workbook, prints rows as JSON lines.

Started by `grids` as a script, so that it loads neither the project nor Django. A file that eats
memory or time takes this process down and nothing else.
"""

import datetime
import json
import re
import sys
import unicodedata
import zipfile
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

import python_calamine
import xlrd

try:
    import resource
except ImportError:  # not a Unix: the parent's clock and the caps below are all there is
    resource = None

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 1_500_000
CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
TYPE = re.compile(rb"""\st=["'](\w+)["']""")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
ERROR_TYPE = re.compile(rb"""\st=["']e["']""")
PERCENT_FORMATS = {9, 10}
CHUNK = 2**20


class Refused(Exception):
    pass


def limit(memory, seconds, output):
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def flat(name):
    return "".join(unicodedata.normalize("NFKC", name).split())


def chosen(names, wanted):
    """The sheets to read: those wanted, or the only one whatever its name."""
    return [n for n in names if flat(n) in wanted] or (names if len(names) == 1 else [])


def as_json(value):
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


def refuse_excess(name, height, width):
    if height > MAX_ROWS:
        raise Refused("rows", name, height)
    if width > MAX_COLUMNS:
        raise Refused("columns", name, width)


# .xlsx ------------------------------------------------------------------------------------------


def xlsx_sheets(data, wanted):
    workbook = python_calamine.CalamineWorkbook.from_object(BytesIO(data))
    say({"names": workbook.sheet_names})
    marks = Marks(data)
    for name in chosen(workbook.sheet_names, wanted):
        sheet = workbook.get_sheet_by_name(name)
        refuse_excess(name, sheet.total_height, sheet.total_width)
        yield name, sheet.merged_cell_ranges or [], xlsx_rows(sheet, marks.of(name))


def xlsx_rows(sheet, marks):
    top, left = sheet.start or (0, 0)
    for number, row in enumerate(sheet.iter_rows()):
        cells = [None] * left + [as_json(value) for value in row]
        for column, mark in marks.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            if mark or isinstance(cells[column], float):
                cells[column] = mark or {"p": cells[column]}
        yield cells


class Marks:
    """What calamine does not tell: which cells show an error (it gives them as blank) or a percentage."""

    def __init__(self, data):
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.paths = self._paths()
        self.percent = self._percent_styles()

    def of(self, name):
        """Row number (from 0) -> [(column, {"e": error} or None for a percentage)]."""
        found = {}
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

    def _cells(self, path):
        if path not in self.archive.namelist():
            return
        with self.archive.open(path) as part:
            rest = b""
            while chunk := part.read(CHUNK):
                rest += chunk
                done = rest.rfind(b"<", 0, max(rest.rfind(b"</c>"), 0) + 1) + 4
                if self.percent or ERROR_TYPE.search(rest):
                    yield from (match.groups() for match in CELL.finditer(rest[:done]))
                rest = rest[done:]
            if self.percent or ERROR_TYPE.search(rest):
                yield from (match.groups() for match in CELL.finditer(rest))

    def _root(self, path):
        return ElementTree.fromstring(self.archive.read(path))  # noqa: S314 - no document type passes the gate

    def _paths(self):
        targets = {
            link.get("Id"): link.get("Target") for link in self._root("xl/_rels/workbook.xml.rels")
        }
        paths = {}
        for sheet in self._root("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
            target = next(
                (targets.get(v) for k, v in sheet.attrib.items() if k.endswith("}id")), None
            )
            paths[sheet.get("name")] = normpath(join("xl", target or "")).lstrip("/")
        return paths

    def _percent_styles(self):
        if "xl/styles.xml" not in self.archive.namelist():
            return set()
        root = self._root("xl/styles.xml")
        formats = PERCENT_FORMATS | {
            int(form.get("numFmtId"))
            for form in root.iterfind("{*}numFmts/{*}numFmt")
            if is_percent_format(form.get("formatCode"))
        }
        styles = root.iterfind("{*}cellXfs/{*}xf")
        return {i for i, xf in enumerate(styles) if int(xf.get("numFmtId") or 0) in formats}


def is_percent_format(code):
    return "%" in re.sub(r'"[^"]*"|\\.', "", code or "")


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


# .xls and .et -----------------------------------------------------------------------------------


def xls_sheets(data, wanted):
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, on_demand=True, logfile=sys.stderr
    )
    say({"names": book.sheet_names()})
    for name in chosen(book.sheet_names(), wanted):
        sheet = book.sheet_by_name(name)
        refuse_excess(name, sheet.nrows, sheet.ncols)
        merges = [
            ((top, left), (end - 1, right - 1)) for top, end, left, right in sheet.merged_cells
        ]
        yield name, merges, ([xls_cell(book, c) for c in sheet.row(r)] for r in range(sheet.nrows))


def xls_cell(book, cell):
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return {"e": xlrd.error_text_from_code.get(cell.value, "#VALUE!")}
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xls_date(book, cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key]
        number = as_json(cell.value)
        return {"p": number} if is_percent_format(form.format_str) else number
    return as_json(cell.value)


def xls_date(book, value):
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):
        return as_json(value)
    return as_json(moment.time() if 0 <= value < 1 else moment)


# ------------------------------------------------------------------------------------------------


def sheets(data, wanted):
    reader = xlsx_sheets if data.startswith(b"PK") else xls_sheets
    return reader(data, wanted)


def say(line):
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


def tell(data, wanted):
    total = 0
    for name, merges, rows in sheets(data, wanted):
        say({"sheet": name, "merges": merges})
        for row in rows:
            while row and row[-1] is None:
                row.pop()
            total += len(row)
            if total > MAX_CELLS:
                raise Refused("cells", name, total)
            say(row)


def main():
    memory, seconds, output, *wanted = sys.argv[1:]
    limit(int(memory), int(seconds), int(output))
    data = sys.stdin.buffer.read()
    try:
        tell(data, set(wanted))
    except Refused as refusal:
        say({"refused": refusal.args})
    except (MemoryError, OSError):
        raise
    except python_calamine.PasswordError:
        say({"refused": ["password"]})
    except xlrd.XLRDError as error:
        say({"refused": ["password" if "encrypted" in str(error) else "broken"]})
    except Exception:
        say({"refused": ["broken"]})


if __name__ == "__main__":
    main()
