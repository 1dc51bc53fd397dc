"""HTML: a semantic fragment for our own pages, and a whole page to hand out.

No inline style and no script, so a strict content security policy holds.
"""

import base64
import re
from collections.abc import Callable, Iterable
from html import escape

from tracker.documents.characters import printable
from tracker.documents.flow import Line, Piece, Rule, Split, cell_style, flow
from tracker.documents.tree import (
    Agency,
    Date,
    Document,
    Figure,
    Image,
    Inline,
    Inlines,
    Name,
    Ordinal,
    PageBreak,
    Passage,
    Person,
    Table,
    Text,
    plain,
    surface,
)

HEADINGS = {
    "title": "h1",
    "part": "h2",
    **{f"heading{level}": f"h{level + 1}" for level in range(1, 5)},
}
CLASSES = {
    Agency: "agency", Person: "person", Date: "date", Ordinal: "ordinal", Name: "name",
}  # fmt: skip
SHEET = """
body{max-width:46em;margin:2em auto;padding:0 1em;line-height:1.8;font-family:FangSong,STFangsong,serif}
h1,.masthead{text-align:center}.masthead{color:#e60012;font-size:2.5em;font-weight:bold}
h2,h3,h4,h5,.speaker{font-family:SimHei,sans-serif}.dateline,.centre,.issue,caption{text-align:center}
.body,.lead,.answer,.question,.quote{text-indent:2em;text-align:justify}.right,.number{text-align:right}
.figure{white-space:nowrap}.imprint{display:flex;justify-content:space-between}
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.2em .5em}img{max-width:100%}
.stamp,.notices{font-size:.75em;color:#666}.stamp{overflow-wrap:anywhere}
"""
_CLOSING = re.compile(r"[，。；：、！？）》”’…%％]+")


def write_html(document: Document) -> str:
    """An <article>; every figure is a button with its key in data-fact."""
    return _article(document, _button)


def write_sheet(document: Document) -> str:
    """The same to look at only; figures are <data> with their value."""
    return _article(document, _data)


def write_page(document: Document) -> str:
    """A whole page that stands alone; figures are <data> with their value."""
    title = _text(plain(document.title).replace("\n", ""))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width">'
        f"<style>{SHEET}</style></head>\n<body>\n{_article(document, _data)}</body></html>\n"
    )


def _article(document: Document, figure: Callable[[Figure], str]) -> str:
    notices = "".join(
        f'<p class="notices">{_text(line)}</p>\n' for line in document.lines("notices")
    )
    laid_out = tuple(flow(document))
    tags = _tags(laid_out)
    pieces = "".join(_piece(piece, figure, tags) for piece in laid_out)
    return f'<article class="document document-{_text(document.profile)}">\n{notices}{pieces}</article>\n'


def _tags(pieces: tuple[Piece, ...]) -> dict[str, str]:
    """The tag of each heading's look; who listens to a text meets no gap in its levels (WCAG 2.1, 1.3.1)."""
    looks = {piece.style for piece in pieces if isinstance(piece, Line)}
    used = sorted({tag for style, tag in HEADINGS.items() if style in looks})
    return {style: f"h{used.index(tag) + 1}" for style, tag in HEADINGS.items() if tag in used}


def _button(figure: Figure) -> str:
    return (
        f'<button type="button" class="figure" data-fact="{_text(figure.key)}">'
        f"{_text(figure.surface)}</button>"
    )


def _data(figure: Figure) -> str:
    return f'<data class="figure" value="{figure.value:f}">{_text(figure.surface)}</data>'


def _piece(piece: Piece, figure: Callable[[Figure], str], tags: dict[str, str]) -> str:
    if isinstance(piece, Line):
        tag = tags.get(piece.style, "p")
        key = f' data-key="{_text(piece.key)}"' if piece.key else ""
        return (
            f'<{tag} class="{_text(piece.style)}"{key}>{_inlines(piece.inlines, figure)}</{tag}>\n'
        )
    if isinstance(piece, Split):
        ends = f"<span>{_text(piece.left)}</span><span>{_text(piece.right)}</span>"
        return f'<p class="{piece.style}">{ends}</p>\n'
    if isinstance(piece, Table):
        return _table(piece, figure)
    if isinstance(piece, Image):
        return _image(piece, figure)
    return f'<hr class="{"break" if isinstance(piece, PageBreak) else _colour(piece)}">\n'


def _colour(rule: Rule) -> str:
    return "rule" if rule.colour == "000000" else "rule rule-red"


def _inlines(inlines: Iterable[Inline], figure: Callable[[Figure], str]) -> str:
    """A line may end between a button and a comma, whatever the comma is: such a pair is kept together."""
    made: list[str] = []
    behind_button = False
    for inline in inlines:
        words = _inline(inline, figure)
        closing = _CLOSING.match(words) if behind_button and type(inline) is Text else None
        if closing:
            made[-1] = f'<span class="kept">{made[-1]}{closing[0]}</span>'
            words = words[closing.end() :]
        made.append(words)
        behind_button = figure is _button and isinstance(inline, Figure)
    return "".join(made)


def _inline(inline: Inline, figure: Callable[[Figure], str]) -> str:
    if isinstance(inline, Figure):
        return figure(inline)
    if isinstance(inline, Passage):
        words = _inlines(inline.inlines, figure)
        return f'<span class="passage" data-passage="{_text(inline.key)}">{words}</span>'
    words = _text(surface(inline)).replace("\n", "<br>")
    kind = CLASSES.get(type(inline))
    return f'<span class="{kind}">{words}</span>' if kind else words


def _table(table: Table, figure: Callable[[Figure], str]) -> str:
    caption = f"<caption>{_inlines(table.caption, figure)}</caption>" if table.caption else ""
    heads = "".join(f'<th scope="col">{_inlines(cell, figure)}</th>' for cell in table.head)
    head = f"<thead><tr>{heads}</tr></thead>" if table.head else ""
    rows = "\n".join(_row(row, figure) for row in table.rows)
    return f"<table>{caption}{head}<tbody>\n{rows}\n</tbody></table>\n"


def _row(row: tuple[Inlines, ...], figure: Callable[[Figure], str]) -> str:
    cells = (f'<td class="{cell_style(cell)}">{_inlines(cell, figure)}</td>' for cell in row)
    return f"<tr>{''.join(cells)}</tr>"


def _image(image: Image, figure: Callable[[Figure], str]) -> str:
    kind = "png" if image.source.startswith(b"\x89PNG") else "jpeg"
    source = f"data:image/{kind};base64,{base64.b64encode(image.source).decode()}"
    caption = f"<figcaption>{_inlines(image.caption, figure)}</figcaption>" if image.caption else ""
    return f'<figure><img src="{source}" alt="{_text(image.alt)}">{caption}</figure>\n'


def _text(text: str) -> str:
    return escape(printable(text))
