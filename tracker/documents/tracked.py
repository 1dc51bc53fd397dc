"""Word with tracked changes: what went and what came, each with who and when, to accept or refuse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from docx.oxml.ns import qn

from tracker.documents.docx import Writer, widths_of, words_of
from tracker.documents.docx_styles import el
from tracker.documents.flow import Line, cell_style, flow
from tracker.documents.tree import (
    Block,
    Document,
    Image,
    Inlines,
    PageBreak,
    Passage,
    Section,
    Table,
)

SAME, CAME, WENT = "same", "ins", "del"
FIRST_CHANGE = 100_000  # numbers of changes lie above those of the bookmarks


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, came or went."""

    kind: str
    inlines: Inlines


@dataclass(frozen=True)
class Row:
    """A line of both texts with its stretches; `kind` is CAME or WENT for a line that is new or gone.

    A table, image or page break has `block` instead.
    """

    style: str
    kind: str
    stretches: tuple[Stretch, ...] = ()
    block: Block | None = None


def write_tracked(document: Document, rows: Sequence[Row], *, author: str, at: datetime) -> bytes:
    """The .docx of `document` whose title and text are `rows`; the same input gives the same bytes."""
    return _Tracked(document, rows, author, at).bytes()


class _Tracked(Writer):
    def __init__(self, document: Document, rows: Sequence[Row], author: str, at: datetime):
        super().__init__(document)
        self.rows = rows
        self.moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.author = author
        self.changes = count(FIRST_CHANGE)

    def pieces(self) -> Iterator:
        """What the house sets around the text as ever; title and text as rows."""
        marker = Section("", None, (PageBreak(),))
        for piece in flow(replace(self.document, title=(), sections=(marker,))):
            if isinstance(piece, Line) and piece.style == "title":
                yield from (row for row in self.rows if row.style == "title")
            elif isinstance(piece, PageBreak):
                yield from (row for row in self.rows if row.style != "title")
            elif not (isinstance(piece, Line) and piece.style == "stamp"):
                yield piece

    def _elements(self, piece) -> Iterator:
        if not isinstance(piece, Row):
            yield from super()._elements(piece)
        elif isinstance(piece.block, Table):
            yield from self._tracked_table(piece.block, piece.kind)
        elif isinstance(piece.block, Image | PageBreak):
            yield from super()._elements(piece.block) if piece.kind != WENT else ()
        else:
            yield self._row_line(piece)

    def _row_line(self, row: Row):
        paragraph = self._line(row.style, self._stretches(row.stretches))
        if row.kind != SAME:
            paragraph.get_or_add_pPr().append(el("rPr", self._change(row.kind)))
        return paragraph

    def _stretches(self, stretches: Sequence[Stretch]) -> Iterator:
        for stretch in stretches:
            if stretch.kind == SAME:
                yield from self._runs(stretch.inlines)
            elif stretch.kind == CAME:
                yield self._change(CAME, *self._runs(stretch.inlines))
            else:
                yield self._change(WENT, *_struck(stretch.inlines))

    def _change(self, kind: str, *inside):
        return el(kind, *inside, id=next(self.changes), author=self.author, date=self.moment)

    def _tracked_table(self, table: Table, kind: str) -> Iterator:
        if kind == SAME:
            yield from self._table(table)
            return
        if table.caption:
            yield self._row_line(Row("caption", kind, (Stretch(kind, table.caption),)))
        widths = widths_of(table, self.profile.page.measure)
        grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
        rows = (self._tracked_row(row, widths, kind) for row in (table.head, *table.rows) if row)
        yield el("tbl", el("tblPr", el("tblW", w=sum(widths), type="dxa")), grid, *rows)

    def _tracked_row(self, cells: tuple[Inlines, ...], widths: list[int], kind: str):
        return el(
            "tr",
            el("trPr", self._change(kind)),
            *(
                el(
                    "tc",
                    el("tcPr", el("tcW", w=width, type="dxa")),
                    self._line(cell_style(cell), self._stretches([Stretch(kind, cell)])),
                )
                for cell, width in zip(cells, widths, strict=True)
            ),
        )


def _struck(inlines: Inlines) -> Iterator:
    """Runs whose words are deleted; a figure's bookmark goes with it."""
    for inline in inlines:
        if isinstance(inline, Passage):
            yield from _struck(inline.inlines)
            continue
        for run in words_of(inline):
            for words in run.findall(qn("w:t")):
                words.tag = qn("w:delText")
            yield run
