"""A document as one text, with the way back from every offset to its block and inline."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tracker.documents.tree import (
    Document,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    Paragraph,
    Passage,
    Table,
    surface,
)
from tracker.releases.proof.verdicts import Vouched
from tracker.releases.proof.vouching import sentence_around

_DOTS_OF_A_CELL = 3
# What parts cells and rows stands in no cell.
_ONE_LINE = str.maketrans("\n\t", "  ")


@dataclass(frozen=True)
class Mark:
    """text[start:end] is this inline; `address` names its block: t, h3, 3.2, 3.2.1.4 (a table's cell)."""

    start: int
    end: int
    address: str
    inline: Inline


@dataclass(frozen=True)
class Flat:
    """The words as they are read, one run a line, the cells of a row between tabs; `marks` lie in order
    and cover all but line ends and tabs."""

    text: str
    marks: tuple[Mark, ...]

    def at(self, offset: int) -> Mark | None:
        """The inline in which an offset lies; none at a line end."""
        index = bisect_right(self._starts, offset) - 1
        mark = self.marks[index] if index >= 0 else None
        return mark if mark and mark.start <= offset < mark.end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self.marks]

    @cached_property
    def _firsts(self) -> dict[str, int]:
        """Block -> the offset of its first character."""
        return {mark.address: mark.start for mark in reversed(self.marks)}

    def span_in_block(self, start: int, end: int) -> tuple[str, int, int]:
        """The block of an offset, and the same span counted from the block's first character."""
        mark = self.at(start)
        if mark is None:
            return "", start, end
        first = self._firsts[mark.address]
        return mark.address, start - first, end - first

    @property
    def anchors(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, key) of every figure node."""
        return tuple(
            (mark.start, mark.end, mark.inline.key)
            for mark in self.marks
            if isinstance(mark.inline, Figure)
        )

    @cached_property
    def vouched(self) -> frozenset[Vouched]:
        """Every figure node with the sentence in which it stands."""
        return frozenset(
            (key, sentence_around(self.text, start, end)) for start, end, key in self.anchors
        )

    @cached_property
    def chosen(self) -> frozenset[Vouched]:
        """The figure nodes whose origin a person chose, with the sentence for which that was."""
        nodes = (mark.inline for mark in self.marks)
        return frozenset(
            (node.key, node.chosen_for)
            for node in nodes
            if isinstance(node, Figure) and node.chosen_for
        )


def flatten(document: Document) -> Flat:
    """Title, headings, paragraphs, captions and rows of tables, each on a line of its own."""
    text, marks, at, row = [], [], 0, ""
    for number, (address, inlines) in enumerate(addressed(document)):
        last, row = row, _row(address)
        if number:
            text.append("\t" if row and row == last else "\n")
            at += 1
        for inline in _pieces(inlines):
            if words := surface(inline).translate(_ONE_LINE if row else {}):
                marks.append(Mark(at, at + len(words), address, inline))
                text.append(words)
                at += len(words)
    return Flat("".join(text), tuple(marks))


def _row(address: str) -> str:
    """The row of a cell, nothing for what is no cell: 3.2.1.4 stands in 3.2.1."""
    return address.rpartition(".")[0] if address.count(".") == _DOTS_OF_A_CELL else ""


def _pieces(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Passage):
            yield from _pieces(inline.inlines)
        else:
            yield inline


def addressed(document: Document) -> Iterator[tuple[str, Inlines]]:
    """Every run of inlines in reading order, by the address that the editor uses."""
    yield "t", document.title
    for number, section in enumerate(document.sections):
        if section.heading:
            yield f"h{number}", section.heading.inlines
        for position, block in enumerate(section.blocks):
            yield from _runs(block, f"{number}.{position}")


def _runs(block, address: str) -> Iterator[tuple[str, Inlines]]:
    if isinstance(block, Heading | Paragraph):
        yield address, block.inlines
    elif isinstance(block, Image):
        yield f"{address}.c", block.caption
    elif isinstance(block, Table):
        yield f"{address}.c", block.caption
        for row_number, row in enumerate((block.head, *block.rows)):
            for column, cell in enumerate(row):
                yield f"{address}.{row_number}.{column}", cell
