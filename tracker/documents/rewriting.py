"""A .docx of somebody else's making with some of its words replaced and everything else as it was.

Text and offsets: each paragraph is a line, those in text boxes too, in the order of the file; the row of a
table is a line with tabs between its cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PARAGRAPH, RUN, WORDS, TAB, BREAK = (qn(name) for name in ("w:p", "w:r", "w:t", "w:tab", "w:br"))
ROW, CELL = qn("w:tr"), qn("w:tc")
DELETED = (qn("w:del"), qn("w:moveFrom"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class _Piece:
    """A text node with its place in the whole text."""

    node: object
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.node.text or "")


def text_of_docx(data: bytes) -> str:
    """The words of the file, one paragraph or row a line."""
    text, _ = _laid_out(docx.Document(BytesIO(data)))
    return text


def rewrite_docx(
    data: bytes,
    changes: Iterable[tuple[int, int, str]],
    marked: Sequence[tuple[int, int]] = (),
) -> bytes:
    """The file with text[start:end] replaced by the words given, in the formatting of its first
    character; `marked` places (offsets of the old text) are highlighted in yellow."""
    document = docx.Document(BytesIO(data))
    _, pieces = _laid_out(document)
    for start, end in marked:
        _highlight(pieces, start, end)
    for start, end, words in sorted(changes, reverse=True):
        _replace(pieces, start, end, words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _laid_out(document) -> tuple[str, list[_Piece]]:
    text, pieces, at, last = [], [], 0, None
    for paragraph in document.element.body.iter(PARAGRAPH):
        if last is not None:
            text.append(_between(last, paragraph))
            at += 1
        line, last = "", paragraph
        for node in _words_in(paragraph):
            if node.tag == WORDS:
                pieces.append(_Piece(node, at + len(line)))
            line += _shown(node)
        text.append(line)
        at += len(line)
    return "".join(text), pieces


def _between(one, other) -> str:
    """One character: a tab from cell to cell of a row, a blank within a cell, else the end of a line."""
    row, cell = _nearest(one, ROW), _nearest(one, CELL)
    if row is None or _nearest(other, ROW) is not row:
        return "\n"
    return " " if _nearest(other, CELL) is cell else "\t"


def _nearest(paragraph, tag: str):
    """What holds the paragraph; a text box in a cell is none of its words."""
    for parent in paragraph.iterancestors(tag, PARAGRAPH):
        return parent if parent.tag == tag else None
    return None


def _words_in(paragraph):
    """Text nodes of the paragraph itself; those of paragraphs inside it (text boxes) have their own line."""
    for node in paragraph.iter(WORDS, TAB, BREAK):
        owner = next(node.iterancestors(PARAGRAPH))
        if owner is paragraph and next(node.iterancestors(*DELETED), None) is None:
            yield node


def _shown(node) -> str:
    if node.tag == WORDS:
        return node.text or ""
    return (
        "\t"
        if node.tag == TAB and node.getparent().tag == RUN
        else " "
        if node.tag == BREAK
        else ""
    )


def _replace(pieces: Sequence[_Piece], start: int, end: int, words: str) -> None:
    """From the last piece to the first, so that the starts of earlier ones stay right."""
    touched = [piece for piece in pieces if piece.start < end and start < piece.end]
    for number, piece in enumerate(touched):
        text = piece.node.text or ""
        left, right = text[: max(0, start - piece.start)], text[max(0, end - piece.start) :]
        piece.node.text = left + (words if number == 0 else "") + right
        piece.node.set(SPACE, "preserve")


def _highlight(pieces: Sequence[_Piece], start: int, end: int) -> None:
    for piece in pieces:
        if piece.start < end and start < piece.end:
            _yellow(next(piece.node.iterancestors(RUN)))


def _yellow(run) -> None:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        run.insert(0, properties)
    for old in properties.findall(qn("w:highlight")):
        properties.remove(old)
    mark = OxmlElement("w:highlight")
    mark.set(qn("w:val"), "yellow")
    _in_order(properties, mark)


# What may stand behind a highlight among a run's properties (ISO 29500-1, 17.3.2.28).
BEHIND = tuple(
    qn(f"w:{name}")
    for name in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
                 "eastAsianLayout", "specVanish", "oMath")
)  # fmt: skip


def _in_order(properties, mark) -> None:
    after = next((child for child in properties if child.tag in BEHIND), None)
    if after is None:
        properties.append(mark)
    else:
        after.addprevious(mark)
