"""Who speaks in the material of a press conference, and what was written for them. Pure: of its tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.documents.tree import (
    Agency,
    Block,
    Document,
    Heading,
    Paragraph,
    Person,
    Section,
    Text,
    plain,
)

from .turns import Voice

TALK = "talk"


@dataclass(frozen=True)
class Written:
    """A talk of the material: its speaker, and its blocks without the head and the page's end."""

    voice: Voice
    blocks: tuple[Block, ...]


def talks_of(document: Document) -> tuple[Written, ...]:
    """The talks in order."""
    found: dict[str, list[Section]] = {}
    for section in document.sections:
        if section.key.startswith(TALK):
            found.setdefault(section.key.partition("-")[0], []).append(section)
    return tuple(_written(key, sections) for key, sections in found.items())


def _written(key: str, sections: list[Section]) -> Written:
    blocks = [block for section in sections for block in _blocks(section)]
    head = [block for block in blocks if isinstance(block, Paragraph) and block.style == "centre"]
    short = next(
        (
            plain(block.inlines).removesuffix("发布词")
            for block in blocks
            if isinstance(block, Paragraph) and block.style == "part"
        ),
        "",
    )
    rest = tuple(
        block
        for block in blocks
        if isinstance(block, Heading)
        or (isinstance(block, Paragraph) and block.style not in ("centre", "part"))
    )
    return Written(_voice(key, short, head[:1]), rest)


def _blocks(section: Section) -> Iterator[Block]:
    if section.heading:
        yield section.heading
    yield from section.blocks


def _voice(key: str, short: str, head: list[Paragraph]) -> Voice:
    inlines = head[0].inlines if head else ()
    agency = next((one.surface for one in inlines if isinstance(one, Agency)), short)
    name = next((one.surface for one in inlines if isinstance(one, Person)), "")
    post = "".join(one.text for one in inlines if isinstance(one, Text)).strip() if name else ""
    return Voice(key, agency, short, post.strip("　 "), name)
