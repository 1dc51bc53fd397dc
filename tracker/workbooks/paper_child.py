"""The child process that opens an uploaded .docx: it limits itself, prints JSON, and ends.

`python -m tracker.workbooks.paper_child`, the file on standard input. It loads no Django.
"""

import json
import logging
import sys
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn

from tracker.workbooks.limits import limit

MAX_CHARACTERS = 400_000
_WIDEST = 60
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
WORDS, TAB, BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
# Struck out by track changes, or a second copy of the same words for old programs.
GONE = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
SPAN = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"


def lines_of(data: bytes) -> Iterator[str]:
    """The lines of the document as a reader sees them: insertions in, deletions out."""
    body = docx.Document(BytesIO(data)).element.body
    yield from _blocks(body)


def _blocks(parent) -> Iterator[str]:
    for child in parent:
        if child.tag in GONE:
            continue
        if child.tag == PARAGRAPH:
            yield from "".join(_words(child)).split("\n")
        elif child.tag == TABLE:
            for row in child.iter(ROW):
                yield "\t".join(_cells(row))
        elif len(child):
            yield from _blocks(child)


def _cells(row) -> Iterator[str]:
    """The cells of a row, one for each column: what spans several stands in its first."""
    for cell in row.findall(CELL):
        yield " ".join(_blocks(cell)).replace("\t", " ")
        span = cell.find(SPAN)
        wide = "" if span is None else span.get(qn("w:val")) or ""
        yield from [""] * (min(int(wide), _WIDEST) - 1 if wide.isdecimal() else 0)


def _words(element) -> Iterator[str]:
    for child in element:
        if child.tag in GONE:
            continue
        if child.tag == WORDS:
            yield child.text or ""
        elif child.tag == TAB:
            yield " "
        elif child.tag == BREAK:
            yield "\n"
        elif len(child):
            yield from _words(child)


def told(data: bytes) -> dict:
    """What is said of the file: its lines, or why it is refused."""
    lines, size = [], 0
    try:
        for line in lines_of(data):
            size += len(line)
            if size > MAX_CHARACTERS:
                return {"refused": "large"}
            lines.append(line)
    except (MemoryError, OSError):
        raise
    except Exception:
        logging.getLogger(__name__).exception("a document could not be opened")
        return {"refused": "broken"}
    return {"lines": lines}


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(json.dumps(told(sys.stdin.buffer.read())).encode())
