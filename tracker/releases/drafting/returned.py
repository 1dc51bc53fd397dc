"""A Word file that was edited elsewhere comes back onto the present version."""

import re
from collections.abc import Iterator, Sequence

from tracker.documents.flow import Line as Printed
from tracker.documents.flow import Split, flow
from tracker.documents.tree import Document, Image, Table, plain
from tracker.releases.drafting.carrying import Given, carried
from tracker.releases.drafting.page import Page, page_of

_BLANKS = re.compile(r"\s+")


def returned(lines: Sequence[str], present: Document) -> Page:
    """The page that these lines stand for: each put onto the line that it was.

    What the house prints around the text (masthead, date, foot) and the rows of tables are no part
    of it. Figures stay where their words stayed; the proof sees to the rest.
    """
    page = page_of(present)
    around = _around(present)
    spelt = {normal(line.text): line.text for line in page if line.text and "\n" not in line.text}
    kept = [line for line in _joined(lines, page) if normal(line) not in around]
    given = [Given(spelt.get(normal(line), line)) for line in kept]
    return carried(given, page, trusting=True)


def normal(line: str) -> str:
    """Blanks do not matter in what comes back."""
    return _BLANKS.sub("", line)


def _joined(lines: Sequence[str], page: Page) -> Iterator[str]:
    """Lines that one paragraph of ours had with a line break in it become that paragraph again."""
    broken = {
        tuple(normal(part) for part in line.text.split("\n")): line.text
        for line in page
        if "\n" in line.text
    }
    longest = max(map(len, broken), default=1)
    at = 0
    while at < len(lines):
        for size in range(min(longest, len(lines) - at), 1, -1):
            parts = tuple(normal(line) for line in lines[at : at + size])
            if parts in broken:
                yield broken[parts]
                at += size
                break
        else:
            yield lines[at]
            at += 1


def _around(document: Document) -> set[str]:
    """What stands in the file and is no line of the text."""
    own = {normal(part) for line in page_of(document) for part in line.text.split("\n")}
    printed = {normal(text) for piece in flow(document) for text in _printed(piece)}
    return {"", *printed} - own


def _printed(piece) -> Iterator[str]:
    if isinstance(piece, Printed):
        yield from plain(piece.inlines).split("\n")
    elif isinstance(piece, Split):
        yield f"{piece.left}{piece.right}"
    elif isinstance(piece, Table):
        yield plain(piece.caption)
        yield from ("".join(plain(cell) for cell in row) for row in (piece.head, *piece.rows))
    elif isinstance(piece, Image):
        yield plain(piece.caption)
