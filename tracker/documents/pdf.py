"""PDF by typst: fixed layout code (`layout.typ`) that reads the document as data.

Nothing of a document is ever compiled as code. Fonts are given by path: the operator's own folders
first, the committed ones next, the system's only for a character that neither has.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import typst

from tracker.documents import faces
from tracker.documents.characters import printable
from tracker.documents.flow import Line, Piece, Rule, Split, cell_style, flow, stamp
from tracker.documents.profiles import FONTS, PROFILES, Look, Profile
from tracker.documents.text import write_text
from tracker.documents.tree import (
    Document,
    Inlines,
    PageBreak,
    Passage,
    Table,
    is_whole,
    plain,
    surface,
)

LAYOUT = Path(__file__).with_name("layout.typ")
# Marks that typst would let begin a line after a box; they go into it.
CLOSING = "；：％%…"


def write_pdf(document: Document, fonts: tuple[Path, ...] = ()) -> bytes:
    """The PDF of a tree; the same tree and fonts give the same bytes.

    `fonts`: folders with the office's own fonts, taken before the committed ones.
    """
    folders = (*fonts, faces.OWN)
    helpers = faces.helpers(faces.lacking(write_text(document), folders), folders)
    return typst.compile(
        LAYOUT.read_bytes(),
        sys_inputs={"document": json.dumps(_data(document, folders, helpers))},
        font_paths=faces.load(folders, system=bool(helpers)),
        ignore_system_fonts=True,
        timestamp=0,
    )


def missing_characters(document: Document, fonts: tuple[Path, ...] = ()) -> list[str]:
    """Characters of the document that no font can show, the system's fonts included."""
    text, folders = write_text(document), (*fonts, faces.OWN)
    return faces.lacking(text, folders) and faces.lacking(text, folders, system=True)


def _data(document: Document, folders: faces.Folders, helpers: list[str]) -> dict:
    profile = PROFILES[document.profile]
    page = vars(profile.page) | {"measure": profile.page.measure}
    return {
        "title": printable(plain(document.title)).replace("\n", ""),
        "stamp": stamp(document),
        "notices": printable("　".join(document.lines("notices"))),
        "page": page,
        "numbers": profile.numbers,
        "looks": {style: _look(look, folders, helpers) for style, look in profile.looks.items()},
        "pieces": [_piece(piece, profile) for piece in flow(document)],
    }


def _look(look: Look, folders: faces.Folders, helpers: list[str]) -> dict:
    families = [*faces.families(look.font, folders), *helpers]
    return vars(look) | {"font": families, "weight": FONTS[look.font].weight}


def _piece(piece: Piece, profile: Profile) -> dict:
    if isinstance(piece, Line):
        return {
            "kind": "line",
            "style": piece.style,
            "runs": _runs(piece.inlines),
            "size": piece.size,
        }
    if isinstance(piece, Split):
        ends = {"left": printable(piece.left), "right": printable(piece.right)}
        return {"kind": "split", "style": piece.style, **ends}
    if isinstance(piece, Rule):
        return {"kind": "rule", **vars(piece)}
    if isinstance(piece, Table):
        return _table(piece, profile)
    if isinstance(piece, PageBreak):
        return {"kind": "break"}
    picture = {"source": list(piece.source), "alt": printable(piece.alt)}
    return {"kind": "image", **picture, "caption": _runs(piece.caption)}


def _table(table: Table, profile: Profile) -> dict:
    columns = max(len(table.head), *(len(row) for row in table.rows), 1)
    shares = table.widths or (1,) * columns
    size = profile.looks["cell"].size
    rooms = [profile.page.measure * share // sum(shares) // size - 1 for share in shares]
    return {
        "kind": "table",
        "caption": _runs(table.caption),
        "widths": shares,
        "head": [_runs(cell, room) for cell, room in zip(table.head, rooms, strict=False)],
        "rows": [[_cell(*pair) for pair in zip(row, rooms, strict=True)] for row in table.rows],
    }


def _cell(cell: Inlines, room: int) -> dict:
    return {"style": cell_style(cell), "runs": _runs(cell, room)}


def _runs(inlines: Inlines, room: int = 24) -> list[tuple[bool, str]]:
    """(whole, text) pairs; a whole one is never broken, unless it is longer than `room`."""
    runs: list[tuple[bool, str]] = []
    for atomic, text in _flat(inlines):
        whole = atomic and len(text) <= room
        if runs and runs[-1][0] and text[:1] in tuple(CLOSING):
            closing = len(text) - len(text.lstrip(CLOSING))
            runs[-1] = (True, runs[-1][1] + text[:closing])
            text = text[closing:]
        if text:
            runs.append((whole, text))
    return runs


def _flat(inlines: Inlines) -> Iterator[tuple[bool, str]]:
    for inline in inlines:
        if isinstance(inline, Passage):
            yield from _flat(inline.inlines)
        else:
            yield is_whole(inline), printable(surface(inline))
