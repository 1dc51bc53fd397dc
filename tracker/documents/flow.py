"""The tree laid out in one column: masthead, title, text, foot. Every writer walks these pieces."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.documents.canonical import digest
from tracker.documents.profiles import PROFILES, RED
from tracker.documents.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    PageBreak,
    Paragraph,
    Table,
    Text,
)


@dataclass(frozen=True)
class Line:
    """A paragraph with the name of its look; `size` (twips) where it differs from the look's."""

    style: str
    inlines: Inlines
    key: str = ""
    size: int = 0


@dataclass(frozen=True)
class Split:
    """Two short texts at the two ends of a line."""

    style: str
    left: str
    right: str


@dataclass(frozen=True)
class Rule:
    """A line across the text area; `weight` in eighths of a point, room around it in twips."""

    weight: int
    colour: str = "000000"
    before: int = 40
    after: int = 40


Piece = Line | Split | Rule | Table | Image | PageBreak


def flow(document: Document) -> Iterator[Piece]:
    """All pieces in order. What stands in meta becomes Text: it is set by the house, not written."""
    yield from _masthead(document)
    yield Line("title", document.title)
    yield from _dateline(document)
    for note in document.lines("correction"):
        yield _line("note", note)
    for addressee in document.lines("addressee"):
        yield _line("flush", f"{addressee.rstrip('：')}：")
    for section in document.sections:
        if section.heading:
            yield _piece(section.heading)
        yield from (_piece(block) for block in section.blocks)
    yield from _signature(document)
    yield from _foot(document)
    yield _line("stamp", stamp(document))


def stamp(document: Document) -> str:
    """What every file carries: which version it is and the SHA-256 of its tree."""
    version = document.line("version")
    return f"文件版本：{version or '未编号'}　内容校验（SHA-256）：{digest(document)}"


def cell_style(cell: Inlines) -> str:
    """A cell that holds nothing but a figure is set as a number."""
    return "number" if len(cell) == 1 and isinstance(cell[0], Figure) else "cell"


def _piece(block: Block) -> Piece:
    if isinstance(block, Heading):
        return Line(f"heading{block.level}", block.inlines)
    return Line(block.style, block.inlines, block.key) if isinstance(block, Paragraph) else block


def _line(style: str, text: str) -> Line:
    return Line(style, (Text(text),))


def _masthead(document: Document) -> Iterator[Piece]:
    if not document.line("masthead"):
        return
    yield _name(document)
    if document.line("issue"):
        yield _line("issue", document.line("issue"))
    if document.line("office"):
        yield Split("imprint", document.line("office"), document.line("date"))
    yield Rule(16, RED, after=579)


def _name(document: Document) -> Line:
    """The masthead's name, as large as one line allows."""
    profile, name = PROFILES[document.profile], document.line("masthead")
    fitting = profile.page.measure // len(name) // 20 * 20
    return Line("masthead", (Text(name),), size=min(profile.looks["masthead"].size, fitting))


def _dateline(document: Document) -> Iterator[Piece]:
    if document.line("masthead") or document.line("signature"):
        return
    words = [document.line(name) for name in ("date", "place") if document.line(name)]
    if words:
        yield _line("dateline", f"（{'　'.join(words)}）")


def _signature(document: Document) -> Iterator[Piece]:
    if document.line("signature"):
        yield _line("signature", document.line("signature"))
        yield _line("right", document.line("date"))


def _foot(document: Document) -> Iterator[Piece]:
    """版记: rules of 0.35 mm outside, 0.25 mm between."""
    lines = document.lines("foot")
    for number, text in enumerate(lines):
        yield Rule(6 if number else 8)
        yield _line("foot", text)
    if lines:
        yield Rule(8)
