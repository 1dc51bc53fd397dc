"""Plain text for the wire: one line a paragraph, indented the Chinese way."""

from tracker.documents.characters import printable
from tracker.documents.flow import Line, Piece, Split, flow
from tracker.documents.tree import Document, Image, Inlines, Table, plain

INDENTED = {
    "body", "lead", "answer", "question", "quote", "speaker", "note",
    "heading1", "heading2", "heading3", "heading4",
}  # fmt: skip


def write_text(document: Document) -> str:
    """Paragraphs as lines, table rows as lines of cells between tabs, notices first."""
    lines = [*document.lines("notices")]
    for piece in flow(document):
        lines.extend(_lines(piece))
    return printable("\n".join(lines)) + "\n"


def _lines(piece: Piece) -> list[str]:
    if isinstance(piece, Line):
        return [("　　" if piece.style in INDENTED else "") + plain(piece.inlines)]
    if isinstance(piece, Split):
        return [f"{piece.left}　　{piece.right}"]
    if isinstance(piece, Table):
        rows = [piece.head, *piece.rows] if piece.head else piece.rows
        caption = [plain(piece.caption)] if piece.caption else []
        return caption + ["\t".join(map(_cell, row)) for row in rows]
    if isinstance(piece, Image):
        return [f"（图：{piece.alt}）", *filter(None, [plain(piece.caption)])]
    return []


def _cell(cell: Inlines) -> str:
    return plain(cell).replace("\n", " ").replace("\t", " ")
