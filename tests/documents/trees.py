"""Random document trees, and one that looks like the real thing."""

import struct
import zlib
from decimal import Decimal

from hypothesis import strategies as st

from tracker.documents.tree import (
    Agency,
    Date,
    Document,
    Figure,
    Heading,
    Image,
    Name,
    Ordinal,
    PageBreak,
    Paragraph,
    Passage,
    Person,
    Section,
    Table,
    Text,
)


def png(width, height):
    """A white picture, as small as PNG allows."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.decimals(allow_nan=False, allow_infinity=False, places=4)
leaves = st.one_of(
    st.builds(Text, words),
    st.builds(
        Figure, words, st.lists(st.integers(1)).map(tuple), words, values, words, words, words
    ),
    st.builds(Agency, words, words),
    st.builds(Person, words, words),
    *(st.builds(node, words) for node in (Date, Ordinal, Name)),
)
inlines = st.lists(
    leaves | st.builds(Passage, words, st.lists(leaves, max_size=3).map(tuple)), max_size=4
).map(tuple)
cells = st.lists(inlines, min_size=2, max_size=2).map(tuple)
headings = st.builds(Heading, st.integers(1, 4), inlines)
blocks = st.one_of(
    headings,
    st.builds(Paragraph, inlines, st.just("body"), words),
    st.builds(
        Table, inlines, cells, st.lists(cells, max_size=2).map(tuple), st.just((1, 2)), words
    ),
    st.builds(Image, st.just(png(2, 2)), words, inlines),
    st.just(PageBreak()),
)
sections = st.builds(Section, words, st.none() | headings, st.lists(blocks, max_size=3).map(tuple))
documents = st.builds(
    Document,
    inlines,
    st.lists(sections, max_size=3).map(tuple),
    st.just("plain"),
    st.dictionaries(
        words.filter(lambda name: name != "node"),
        words | st.lists(words, max_size=2).map(tuple),
        max_size=3,
    ),
)


def figure(surface, value, *, key="f", entries=(1,), unit="万元", **more):
    return Figure(key, entries, surface, Decimal(value), unit, **more)


def small(*blocks, title="新闻发布会材料", profile="official", **meta):
    """A document of one section."""
    return Document((Text(title),), (Section("s", None, blocks),), profile, meta)
