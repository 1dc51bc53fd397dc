"""Word: plain paragraphs, bookmarks and tables, which Word, WPS and LibreOffice read alike.

Every figure is wrapped in a bookmark `fig_<n>`, n counting the figures of the tree in reading
order, so a file that comes back from an office still knows what each number stands on.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.shared import Twips

from tracker.documents import docx_styles as parts
from tracker.documents.canonical import digest
from tracker.documents.characters import printable
from tracker.documents.docx_styles import el
from tracker.documents.flow import Line, Rule, Split, cell_style, flow, stamp
from tracker.documents.profiles import PROFILES, Profile
from tracker.documents.tree import (
    Date,
    Document,
    Figure,
    Image,
    Inline,
    Inlines,
    PageBreak,
    Passage,
    Table,
    figures,
    plain,
    surface,
    walk,
)

EPOCH = (1980, 1, 1, 0, 0, 0)
KEPT = {KIND.OFFICE_DOCUMENT, KIND.CORE_PROPERTIES, KIND.STYLES, KIND.SETTINGS}


def write_docx(document: Document) -> bytes:
    """The .docx of a tree; the same tree gives the same bytes."""
    return Writer(document).bytes()


def bookmarks(document: Document) -> dict[str, Figure]:
    """Bookmark name -> figure, as `write_docx` names them."""
    return {f"fig_{number}": figure for number, figure in enumerate(figures(document), 1)}


class Writer:
    """One document being written; `pieces` is what another kind of file says otherwise."""

    def __init__(self, document: Document):
        self.document = document
        self.profile: Profile = PROFILES[document.profile]
        self.package = docx.Document()
        self.numbers = count(1)
        self.breaks = False

    def bytes(self) -> bytes:
        self._strip()
        self._properties()
        section = self._section()
        body = [element for piece in self.pieces() for element in self._elements(piece)]
        self.package.element.body[:] = [*body, section]
        buffer = BytesIO()
        self.package.save(buffer)
        return _stilled(buffer)

    def pieces(self) -> Iterator:
        """What is written, in order."""
        return flow(self.document)

    def _strip(self) -> None:
        """Leave of python-docx's own template only the empty package."""
        for rels in (self.package.part.package.rels, self.package.part.rels):
            for key, relation in list(rels.items()):
                if relation.reltype not in KEPT:
                    del rels[key]
        self.package.part._styles_part._element = parts.styles(self.profile)
        self.package.part._settings_part._element = parts.settings(_inner(self.document))

    def _properties(self) -> None:
        core = self.package.core_properties
        core._element[:] = []
        core.title = printable(plain(self.document.title))[:255]
        core.identifier = f"sha256:{digest(self.document)}"
        core.version = printable(self.document.line("version"))[:255]
        core.subject = stamp(self.document)
        core.language = "zh-CN"

    def _section(self):
        section = self.package.sections[0]
        self._heads(section)
        if self.profile.numbers:
            self._fill(section.footer, parts.page_number(self.profile, "odd"))
            self._fill(section.even_page_footer, parts.page_number(self.profile, "even"))
        references = [el for el in section._sectPr if el.tag.endswith("Reference")]
        return parts.section_properties(self.profile.page, references)

    def _heads(self, section) -> None:
        notices = "　".join(self.document.lines("notices"))
        if notices:
            for header in (section.header, section.even_page_header):
                self._fill(header, self._line("header", [parts.run(printable(notices))]))

    @staticmethod
    def _fill(story, paragraph) -> None:
        story.is_linked_to_previous = False
        story._element[:] = [paragraph]

    def _elements(self, piece) -> Iterator:
        if isinstance(piece, Line):
            yield self._line(piece.style, self._runs(piece.inlines), piece.size)
        elif isinstance(piece, Split):
            yield self._split(piece)
        elif isinstance(piece, Rule):
            yield self._rule(piece)
        elif isinstance(piece, Table):
            yield from self._table(piece)
        elif isinstance(piece, Image):
            yield from self._image(piece)
        elif isinstance(piece, PageBreak):
            self.breaks = True

    def _line(self, style: str, runs, size: int = 0):
        """A paragraph; after a page break it begins the page itself, so no line is lost."""
        page, self.breaks = el("pageBreakBefore") if self.breaks else None, False
        paragraph = el("p", el("pPr", el("pStyle", val=style), page), *runs)
        for run in paragraph.r_lst if size else ():
            run.insert(0, el("rPr", el("sz", val=size // 10), el("szCs", val=size // 10)))
        return paragraph

    def _runs(self, inlines: Inlines) -> Iterator:
        for inline in inlines:
            if isinstance(inline, Passage):
                yield from self._runs(inline.inlines)
            elif isinstance(inline, Figure):
                yield from self._figure(inline)
            else:
                yield from words_of(inline)

    def _figure(self, figure: Figure) -> Iterator:
        number = next(self.numbers)
        yield el("bookmarkStart", id=number, name=f"fig_{number}")
        yield from words_of(figure)
        yield el("bookmarkEnd", id=number)

    def _split(self, piece: Split):
        tab = el("tabs", el("tab", val="right", pos=self.profile.page.measure))
        return el(
            "p",
            el("pPr", el("pStyle", val=piece.style), tab),
            parts.run(printable(piece.left)),
            el("r", el("tab")),
            parts.run(printable(piece.right)),
        )

    @staticmethod
    def _rule(piece: Rule):
        line = el("bottom", val="single", sz=piece.weight, space=0, color=piece.colour)
        room = el("spacing", before=piece.before, after=piece.after)
        return el("p", el("pPr", el("pStyle", val="rule"), el("pBdr", line), room))

    def _table(self, table: Table) -> Iterator:
        if table.caption or self.breaks:
            yield self._line("caption", self._runs(table.caption))
        widths = widths_of(table, self.profile.page.measure)
        head = [self._row(table.head, widths, head=True)] if table.head else []
        rows = [self._row(row, widths) for row in table.rows]
        grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
        yield el("tbl", _frame(sum(widths)), grid, *head, *rows)
        yield el("p", el("pPr", el("pStyle", val="rule"), el("spacing", after=145)))

    def _row(self, cells: tuple[Inlines, ...], widths: list[int], *, head: bool = False):
        properties = el("trPr", el("cantSplit"), el("tblHeader") if head else None)
        return el(
            "tr",
            properties,
            *(
                el(
                    "tc",
                    el("tcPr", el("tcW", w=width, type="dxa"), el("vAlign", val="center")),
                    self._line("head" if head else cell_style(cell), self._runs(cell)),
                )
                for cell, width in zip(cells, widths, strict=True)
            ),
        )

    def _image(self, image: Image) -> Iterator:
        inline = self.package.part.new_pic_inline(BytesIO(image.source))
        room = Twips(self.profile.page.measure)
        if inline.extent.cx > room:
            inline.extent.cy = round(inline.extent.cy * room / inline.extent.cx)
            inline.extent.cx = room
        inline.docPr.set("descr", printable(image.alt))
        yield self._line("picture", [el("r", el("drawing", inline))])
        if image.caption:
            yield self._line("picture-caption", self._runs(image.caption))


def words_of(inline: Inline) -> Iterator:
    """Runs of one inline; a line end in it is a line break."""
    for number, line in enumerate(printable(surface(inline)).split("\n")):
        if number:
            yield el("r", el("br"))
        if line:
            yield parts.run(line)


def _inner(document: Document) -> str:
    """Characters inside figures and dates: none of them begins a line, so none is torn apart."""
    inner = {char for figure in figures(document) for char in printable(figure.surface)[1:]}
    inner |= set("年月日") & set("".join(_dates(document)))
    return "".join(
        sorted(char for char in inner if char > "\u2e7f" and char not in parts.NEVER_FIRST)
    )


def _dates(document: Document) -> Iterator[str]:
    return (inline.surface for inline in walk(document) if isinstance(inline, Date))


def widths_of(table: Table, room: int) -> list[int]:
    """Widths of the columns of a table that is `room` twips wide."""
    columns = max(len(table.head), *(len(row) for row in table.rows), 1)
    shares = table.widths or (1,) * columns
    return [room * share // sum(shares) for share in shares]


def _frame(width: int):
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return el(
        "tblPr",
        el("tblW", w=width, type="dxa"),
        el("jc", val="center"),
        el(
            "tblBorders", *(el(side, val="single", sz=4, space=0, color="000000") for side in sides)
        ),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=80, type="dxa"), el("right", w=80, type="dxa")),
    )


def _stilled(buffer: BytesIO) -> bytes:
    """The same package without the clock: fixed time stamps, parts in the order they had."""
    stilled = BytesIO()
    with zipfile.ZipFile(buffer) as package, zipfile.ZipFile(stilled, "w") as copy:
        for name in package.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            copy.writestr(entry, package.read(name))
    return stilled.getvalue()
