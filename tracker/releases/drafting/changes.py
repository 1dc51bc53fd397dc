"""What one version changed in another, line by line and word by word; a figure is one piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.documents.tracked import CAME, SAME, WENT, Row, Stretch
from tracker.documents.tree import (
    Block,
    Document,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Passage,
    Text,
    plain,
    surface,
)
from tracker.releases.drafting.aligning import PIECE, opcodes, pairs
from tracker.releases.drafting.page import mark_of
from tracker.releases.patterns.rendering import merged


@dataclass(frozen=True)
class _Line:
    style: str
    inlines: Inlines = ()
    block: Block | None = None

    @property
    def text(self) -> str:
        return mark_of(self.block) if self.block is not None else plain(self.inlines)


def changes(old: Document, new: Document) -> list[Row]:
    """Every line of both documents in order, with what stayed, came and went."""
    before, after = list(_lines(old)), list(_lines(new))
    rows = []
    for i, j in pairs([line.text for line in before], [line.text for line in after]):
        rows += _rows(before[i] if i is not None else None, after[j] if j is not None else None)
    return rows


def touched(rows: Sequence[Row]) -> int:
    """How many lines are not as they were."""
    return sum(
        row.kind != SAME or any(stretch.kind != SAME for stretch in row.stretches) for row in rows
    )


def _lines(document: Document) -> Iterator[_Line]:
    yield _Line("title", document.title)
    for section in document.sections:
        for block in (section.heading, *section.blocks):
            if isinstance(block, Heading):
                yield _Line(f"heading{block.level}", block.inlines)
            elif isinstance(block, Paragraph):
                yield _Line(block.style, block.inlines)
            elif block is not None:
                yield _Line("block", block=block)


def _rows(old: _Line | None, new: _Line | None) -> Iterator[Row]:
    if old is None or new is None:
        line, kind = (new, CAME) if old is None else (old, WENT)
        yield Row(line.style, kind, _whole(line, kind), line.block)
    elif (old.block is None) != (new.block is None):
        yield from _rows(old, None)
        yield from _rows(None, new)
    elif new.block is not None:
        if old.text == new.text:
            yield Row(new.style, SAME, (), new.block)
        else:
            yield from _rows(old, None)
            yield from _rows(None, new)
    elif old.text == new.text:
        yield Row(new.style, SAME, _whole(new, SAME))
    else:
        yield Row(new.style, SAME, tuple(_stretches(old.inlines, new.inlines)))


def _whole(line: _Line, kind: str) -> tuple[Stretch, ...]:
    return (Stretch(kind, line.inlines),) if line.inlines else ()


def _stretches(old: Inlines, new: Inlines) -> Iterator[Stretch]:
    before, after = list(_atoms(old)), list(_atoms(new))
    said = [surface(atom) for atom in before], [surface(atom) for atom in after]
    for act, a, b, c, d in opcodes(*said):
        if act == "equal":
            yield Stretch(SAME, merged(after[c:d]))
            continue
        if a < b:
            yield Stretch(WENT, merged(before[a:b]))
        if c < d:
            yield Stretch(CAME, merged(after[c:d]))


def _atoms(inlines: Inlines) -> Iterator[Inline]:
    """Single characters and numbers of the words; figures, names and dates whole."""
    for inline in inlines:
        if isinstance(inline, Passage):
            yield from _atoms(inline.inlines)
        elif isinstance(inline, Text):
            yield from (Text(piece) for piece in PIECE.findall(inline.text))
        else:
            yield inline
