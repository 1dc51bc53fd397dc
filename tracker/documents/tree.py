"""The document tree: what a document says, before anyone decides how it looks.

document > section > block > inline. A number is a Figure (or stands in a Date, an Ordinal, a Name
or a Passage); Text holds words only, and `refuse_stray_digits` proves it. Every file that leaves
the house is a pure function of this tree. A line break inside a text is "\\n".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# A field that the canonical JSON leaves out while it is empty: texts that were signed keep their digests.
SPARE = {"spare": True}


@dataclass(frozen=True)
class Text:
    """Words without a number."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A number as printed (`surface`), with the ledger entries it stands on.

    `key` is unique in the document; `value` is in `unit`; `qualifier` and `role` are those of
    releases.md (余, 约 ...; actual, target, growth ...). `chosen_for` is the sentence for which a person
    chose the origin; nothing where the compiler did.
    """

    key: str
    entries: tuple[int, ...]
    surface: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""
    role: str = "actual"
    chosen_for: str = field(default="", metadata=SPARE)


@dataclass(frozen=True)
class Agency:
    key: str
    surface: str


@dataclass(frozen=True)
class Person:
    key: str
    surface: str


@dataclass(frozen=True)
class Date:
    surface: str


@dataclass(frozen=True)
class Ordinal:
    """第六场, 一是, （二）, 十项行动: counts of the text itself."""

    surface: str


@dataclass(frozen=True)
class Name:
    """A protected name that may hold a number: 515扶贫工程."""

    surface: str


@dataclass(frozen=True)
class Passage:
    """Approved words, verbatim; figures confirmed with them are inlines of their own."""

    key: str
    inlines: tuple["Inline", ...]


Inline = Text | Figure | Agency | Person | Date | Ordinal | Name | Passage
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """Levels 1 to 4: 一、 （一） 1. （1）. The number is an Ordinal inside."""

    level: int
    inlines: Inlines


@dataclass(frozen=True)
class Paragraph:
    """`style` is one of `profiles.STYLES`; `key` lets an editor's change find it again."""

    inlines: Inlines
    style: str = "body"
    key: str = ""


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the text width, one a column; empty means equal."""

    caption: Inlines
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    widths: tuple[int, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Image:
    """A PNG or JPEG; `alt` is read aloud, `caption` is printed below."""

    source: bytes
    alt: str
    caption: Inlines = ()


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Table | Image | PageBreak


@dataclass(frozen=True)
class Section:
    key: str
    heading: Heading | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole document. `profile` names a layout of `profiles.PROFILES`.

    `meta` is plain text by name, a string or a tuple of strings. The writers know: genre, version,
    notices (lines such as 演示数据), place, date, masthead, issue (第N期), office, addressee,
    signature, foot (报 / 送 / 发 lines), copies, correction (the note of a corrected document).
    """

    title: Inlines
    sections: tuple[Section, ...]
    profile: str = "plain"
    meta: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def line(self, name: str) -> str:
        """One meta value as a string, empty when it is not there."""
        value = self.meta.get(name, "")
        return value if isinstance(value, str) else "\n".join(value)

    def lines(self, name: str) -> tuple[str, ...]:
        """One meta value as lines, none when it is not there."""
        value = self.meta.get(name, ())
        return value if isinstance(value, tuple) else tuple(filter(None, (value,)))


class StrayNumber(ValueError):
    """A number stands in plain words: `place` says where, `text` and `found` say what."""

    def __init__(self, place: str, text: str, found: str):
        super().__init__(f"{place}：文字中出现没有来源的数字“{found}”：{text}")
        self.place, self.text, self.found = place, text, found


def plain(inlines: Iterable[Inline]) -> str:
    """The words and numbers of a run of inlines as they are read."""
    return "".join(surface(inline) for inline in inlines)


def surface(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text
    return plain(inline.inlines) if isinstance(inline, Passage) else inline.surface


def is_whole(inline: Inline) -> bool:
    """Nothing breaks it across two lines: a number with its unit, a date with digits, but not 近年来."""
    if isinstance(inline, Date):
        return any(char.isdigit() for char in inline.surface)
    return isinstance(inline, Figure)


def runs(document: Document) -> Iterator[tuple[str, Inlines]]:
    """Every run of inlines in reading order, with its place in words."""
    yield "标题", document.title
    for number, section in enumerate(document.sections, 1):
        place = f"第{number}部分"
        if section.heading:
            yield f"{place}标题", section.heading.inlines
        for position, block in enumerate(section.blocks, 1):
            yield from _runs_of(block, f"{place}第{position}段")


def _runs_of(block: Block, place: str) -> Iterator[tuple[str, Inlines]]:
    if isinstance(block, Heading | Paragraph):
        yield place, block.inlines
    elif isinstance(block, Image):
        yield f"{place}图片说明", block.caption
    elif isinstance(block, Table):
        yield f"{place}表题", block.caption
        for row_number, row in enumerate((block.head, *block.rows)):
            for column, cell in enumerate(row, 1):
                yield f"{place}表格第{row_number}行第{column}列", cell


def walk(document: Document) -> Iterator[Inline]:
    """Every inline in reading order; a passage first, then what is in it."""
    for _, inlines in runs(document):
        yield from _flat(inlines)


def _flat(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Passage):
            yield from _flat(inline.inlines)


def figures(document: Document) -> tuple[Figure, ...]:
    """Every figure in reading order, those inside passages too."""
    return tuple(inline for inline in walk(document) if isinstance(inline, Figure))


def refuse_stray_digits(document: Document, finder: Callable[[str], Iterable[object]]) -> None:
    """Raise StrayNumber if `finder` sees a number in a run of adjacent Text nodes.

    `finder` takes a text and gives what it found (an empty answer means clean); str() of the first
    one is shown. Figures, dates, ordinals, names, agencies, people and passages are exempt.
    """
    for place, inlines in runs(document):
        for text in _words(inlines):
            for found in finder(text):
                raise StrayNumber(place, text, str(found))


def _words(inlines: Inlines) -> Iterator[str]:
    words = ""
    for inline in (*inlines, None):
        if isinstance(inline, Text):
            words += inline.text
        elif words:
            yield words
            words = ""
