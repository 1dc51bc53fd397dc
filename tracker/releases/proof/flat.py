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


@dataclass(frozen=True)
class Mark:
    """text[start:end] is this inline; `address` names its block: t, h3, 3.2, 3.2.1.4 (a table's cell)."""

    start: int
    end: int
    address: str
    inline: Inline


@dataclass(frozen=True)
class Flat:
    """The words as they are read, one run a line; `marks` lie in order and cover all but line ends."""

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


def flatten(document: Document) -> Flat:
    """Title, headings, paragraphs, captions and cells, each on a line of its own."""
    lines, marks, at = [], [], 0
    for address, inlines in addressed(document):
        line = ""
        for inline in _pieces(inlines):
            words = surface(inline)
            if words:
                start = at + len(line)
                marks.append(Mark(start, start + len(words), address, inline))
                line += words
        lines.append(line)
        at += len(line) + 1
    return Flat("\n".join(lines), tuple(marks))


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
