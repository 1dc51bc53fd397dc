"""Markdown (CommonMark with pipe tables); every character of the text is escaped where it could mean something."""

import re

from tracker.documents.characters import printable
from tracker.documents.flow import Line, Piece, Rule, Split, flow
from tracker.documents.tree import Document, Image, Inlines, PageBreak, Table, plain

_MARKS = re.compile(r"([\\`*_{}\[\]<>&#|~!$])")
_LIST = re.compile(r"^[ \t]*([-+=]|\d{1,9}[.)])(?=[\s=-]|$)", re.MULTILINE)
HEADINGS = {"title": 1, "part": 2, **{f"heading{level}": level + 1 for level in range(1, 5)}}
QUOTED = {"note", "quote"}


def write_markdown(document: Document) -> str:
    """Blocks between blank lines; images by their text, for Markdown is one file."""
    notices = [f"**{_escape(line)}**" for line in document.lines("notices")]
    blocks = [*notices, *filter(None, map(_block, flow(document)))]
    return "\n\n".join(blocks) + "\n"


def _block(piece: Piece) -> str:
    if isinstance(piece, Line):
        return _line(piece)
    if isinstance(piece, Split):
        return f"{_escape(piece.left)}　　{_escape(piece.right)}"
    if isinstance(piece, Table):
        return _table(piece)
    if isinstance(piece, Image):
        return f"（图：{_escape(piece.alt)}）{_words(piece.caption)}"
    return "---" if isinstance(piece, Rule | PageBreak) else ""


def _line(piece: Line) -> str:
    words = _words(piece.inlines)
    if piece.style in HEADINGS:
        return f"{'#' * HEADINGS[piece.style]} {words.replace(chr(10), ' ')}"
    if piece.style == "speaker":
        return f"**{words}**" if words.strip() else ""
    prefix = "> " if piece.style in QUOTED else ""
    return prefix + words.replace("\n", f"\\\n{prefix}")


def _table(table: Table) -> str:
    columns = max(len(table.head), *(len(row) for row in table.rows), 1)
    head = table.head or ((),) * columns
    rows = [_row(head), "|" + " --- |" * columns, *map(_row, table.rows)]
    caption = [f"**{_words(table.caption)}**\n"] if table.caption else []
    return "\n".join(caption + rows)


def _row(cells: tuple[Inlines, ...]) -> str:
    return "| " + " | ".join(_words(cell).replace("\n", " ") for cell in cells) + " |"


def _words(inlines: Inlines) -> str:
    return _escape(plain(inlines))


def _escape(text: str) -> str:
    marked = _MARKS.sub(r"\\\1", printable(text))
    return _LIST.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", marked)
