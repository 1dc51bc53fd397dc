"""The tree that a page stands for: what it claims is believed only where the document knows it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from tracker.documents.canonical import to_json
from tracker.documents.tree import (
    Block,
    Document,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    PageBreak,
    Paragraph,
    Passage,
    Section,
    Table,
    Text,
    figures,
    plain,
    surface,
    walk,
)
from tracker.releases.drafting.keys import own_key
from tracker.releases.drafting.page import (
    BLOCK,
    HEADING,
    KINDS,
    TITLE,
    Line,
    Page,
    Run,
    mark_of,
    page_of,
)
from tracker.releases.drafting.surfaces import says
from tracker.releases.patterns.rendering import merged

FIRST = "all"  # the section of what stands before any section


@dataclass
class Known:
    """What the document has: figures by key, names by words, passages by key, kept blocks by mark.

    `origins` are the figures as they were compiled, before anyone chose another form for them.
    """

    figures: dict[str, Figure]
    origins: Mapping[str, Figure]
    named: dict[tuple[str, str], Inline] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)


def known(
    base: Document,
    origins: Mapping[str, Figure] | None = None,
    offered: Mapping[str, Figure] | None = None,
) -> Known:
    """The document's own parts, by what a page calls them; `offered` figures it may take up."""
    found = {**(offered or {}), **{figure.key: figure for figure in figures(base)}}
    made = Known(found, dict(origins or {}))
    for inline in walk(base):
        if kind := KINDS.get(type(inline)):
            made.named.setdefault((kind, surface(inline)), inline)
        elif isinstance(inline, Passage):
            made.passages.setdefault(inline.key, inline)
    for section in base.sections:
        for block in section.blocks:
            if isinstance(block, Table | Image | PageBreak):
                made.blocks.setdefault(mark_of(block), block)
    return made


def rebuilt(
    page: Page,
    base: Document,
    origins: Mapping[str, Figure] | None = None,
    offered: Mapping[str, Figure] | None = None,
) -> Document:
    """The document of this page, made on `base`. Nothing that only the page knows becomes a figure.

    Kept blocks that the page lost come back where they stood.
    """
    page = _with_kept_blocks(page, base)
    maker = _Maker(known(base, origins, offered))
    title = maker.inlines(page[0])
    return replace(base, title=title, sections=tuple(_sections(page[1:], maker)))


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same, whatever versions they are."""
    return to_json(replace(one, meta={})) == to_json(replace(other, meta={}))


def settled(document: Document) -> Document:
    """The document as it comes back from a page that nobody touched."""
    return rebuilt(page_of(document), document)


def _sections(lines: Iterable[Line], maker: "_Maker") -> Iterator[Section]:
    key, heading, blocks, opened = FIRST, None, [], set()
    for line in lines:
        if line.opens and line.opens not in opened:
            if heading or blocks:
                yield Section(key, heading, tuple(blocks))
            key, heading, blocks = line.opens, None, []
            opened.add(key)
            if line.kind == HEADING:
                heading = maker.block(line)
                continue
        blocks.append(maker.block(line))
    if heading or blocks:
        yield Section(key, heading, tuple(blocks))


class _Maker:
    """Makes blocks of lines; keys stay unique in the document."""

    def __init__(self, parts: Known):
        self.known = parts
        self.figure_keys: set[str] = set()
        self.other_keys: set[str] = set()

    def block(self, line: Line) -> Block:
        if line.kind == BLOCK:
            block = self.known.blocks[line.block]
            if isinstance(block, Table | Image):
                self._take_keys(block)
            return block
        if line.kind == HEADING:
            return Heading(line.level, self.inlines(line))
        key = line.key if line.key and self._first(f"line {line.key}") else ""
        return Paragraph(self.inlines(line), line.style, key)

    def inlines(self, line: Line) -> Inlines:
        made: list[Inline] = []
        for key, runs in groupby(line.runs, lambda run: run.passage):
            made += self._group(key, tuple(runs))
        return merged(made)

    def _group(self, key: str, runs: tuple[Run, ...]) -> list[Inline]:
        """Approved words stay a passage only verbatim."""
        inside = [self._inline(run) for run in runs]
        passage = self.known.passages.get(key) if key else None
        words = plain(inside)
        if passage and words == plain((passage,)) and self._first(f"passage {key}"):
            return [Passage(key, merged(_with(passage.inlines, inside)))]
        return inside

    def _inline(self, run: Run) -> Inline:
        if run.figure:
            return self._figure(run)
        return self.known.named.get((run.kind, run.text)) or Text(run.text)

    def _figure(self, run: Run) -> Inline:
        figure = self.known.figures.get(run.figure)
        origin = self.known.origins.get(run.figure, figure)
        if figure is None:
            return Text(run.text)
        if run.text != figure.surface:
            written = says(run.text, origin)
            if written is None:
                return Text(run.text)
            figure = replace(figure, surface=run.text, qualifier=written.qualifier)
        key = own_key(figure.key, self.figure_keys)
        return replace(figure, key=key, chosen_for=run.chosen_for)

    def _take_keys(self, block: Table | Image) -> None:
        held = Document((), (Section("", None, (block,)),))
        self.figure_keys |= {figure.key for figure in figures(held)}

    def _first(self, name: str) -> bool:
        first = name not in self.other_keys
        self.other_keys.add(name)
        return first


def _with(inlines: Inlines, inside: list[Inline]) -> list[Inline]:
    """The passage's own inlines, with the keys that its figures have been given now."""
    made = iter([one for one in inside if isinstance(one, Figure)])
    held = sum(isinstance(one, Figure) for one in inlines)
    whole = held == sum(isinstance(one, Figure) for one in inside)
    return [next(made) if whole and isinstance(one, Figure) else one for one in inlines]


def _with_kept_blocks(page: Page, base: Document) -> Page:
    """The page with every table, image and page break of the document, each as often as it stood."""
    before = page_of(base)
    due = Counter(line.block for line in before if line.kind == BLOCK)
    lines: list[Line] = []
    for line in page:
        if line.kind != BLOCK:
            lines.append(line)
        elif due[line.block] > 0:
            due[line.block] -= 1
            lines.append(line)
    for number, line in enumerate(before):
        if line.kind == BLOCK and due[line.block] > 0:
            due[line.block] -= 1
            lines.insert(_place_for(lines, before[:number]), line)
    return tuple(lines)


def _place_for(lines: list[Line], former: Page) -> int:
    """Behind the nearest former neighbour that is still there; else at the end."""
    for neighbour in reversed(former):
        for index, line in enumerate(lines):
            if neighbour.kind == TITLE == line.kind or _is(neighbour, line):
                return index + 1
    return len(lines)


def _is(one: Line, other: Line) -> bool:
    if one.key or one.block:
        return (one.key, one.block) == (other.key, other.block)
    return one.kind == other.kind and one.text == other.text
