"""A document as the editor shows it: lines of runs, and the same as plain JSON.

A line is the title, a heading, a paragraph, or a block that the editor keeps whole (table, image,
page break). A run is words, or a figure with what it says. What a page says is a claim: only
`rebuilding` decides what becomes a figure, a date or approved words again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from tracker.documents.canonical import to_json
from tracker.documents.characters import printable
from tracker.documents.profiles import STYLES
from tracker.documents.tree import (
    Agency,
    Block,
    Date,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    Name,
    Ordinal,
    Paragraph,
    Passage,
    Person,
    Section,
    surface,
)
from tracker.releases.proof import vouching

TITLE, HEADING, PARAGRAPH, BLOCK = "title", "heading", "paragraph", "block"
KINDS = {Agency: "agency", Person: "person", Date: "date", Ordinal: "ordinal", Name: "name"}
LONGEST = 200_000
MOST_LINES = 5_000
MOST_RUNS = 100_000
LONGEST_CHOICE = 2 * vouching.LONGEST  # the browser counts half characters


class BadPage(ValueError):
    """What was sent is no page of ours; the message is for the person who sent it."""


@dataclass(frozen=True)
class Run:
    """Words; with `figure` (a key) a number, with `kind` a date, a name ...; within a `passage`.

    `chosen_for`: the sentence for which a person chose the figure's origin.
    """

    text: str
    figure: str = ""
    kind: str = ""
    passage: str = ""
    chosen_for: str = ""


@dataclass(frozen=True)
class Line:
    """One block. `opens` names the section that begins with it; `block` is the mark of a kept block."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    style: str = ""
    key: str = ""
    opens: str = ""
    block: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Page = tuple[Line, ...]


def page_of(document: Document) -> Page:
    """Everything of the document that stands in one column."""
    return (Line(TITLE, runs_of(document.title)), *_lines(document.sections))


def _lines(sections: Iterable[Section]) -> Iterator[Line]:
    for section in sections:
        opens = section.key
        if section.heading:
            yield _line(section.heading, opens)
            opens = ""
        for block in section.blocks:
            yield _line(block, opens)
            opens = ""


def _line(block: Block, opens: str) -> Line:
    if isinstance(block, Heading):
        return Line(HEADING, runs_of(block.inlines), level=block.level, opens=opens)
    if isinstance(block, Paragraph):
        runs = runs_of(block.inlines)
        return Line(PARAGRAPH, runs, style=block.style, key=block.key, opens=opens)
    return Line(BLOCK, opens=opens, block=mark_of(block))


def mark_of(block: Block) -> str:
    """What names a kept block on the page: the same for the same content, and for no other."""
    return hashlib.sha256(to_json(block).encode()).hexdigest()[:16]


def runs_of(inlines: Inlines, passage: str = "") -> tuple[Run, ...]:
    return tuple(_runs(inlines, passage))


def _runs(inlines: Iterable[Inline], passage: str) -> Iterator[Run]:
    for inline in inlines:
        if isinstance(inline, Passage):
            yield from _runs(inline.inlines, inline.key)
        elif isinstance(inline, Figure):
            yield Run(inline.surface, inline.key, "", passage, inline.chosen_for)
        else:
            yield Run(surface(inline), kind=KINDS.get(type(inline), ""), passage=passage)


def to_plain(page: Page) -> list[dict]:
    """The page for JSON; what is empty is left out."""
    return [_told(line) | {"runs": [_told(run) for run in line.runs]} for line in page]


def _told(one: Line | Run) -> dict:
    told = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "runs"}
    return {name: value for name, value in told.items() if value}


def read_json(text: str) -> Page:
    """The page in this JSON. BadPage if it is none."""
    try:
        return from_plain(json.loads(text))
    except (ValueError, RecursionError) as problem:
        if isinstance(problem, BadPage):
            raise
        raise BadPage("正文没有完整送达，请再试一次。") from problem


def from_plain(lines: object) -> Page:
    """The page that `to_plain` told, whoever tells it. BadPage for anything else."""
    if not isinstance(lines, list) or not lines or len(lines) > MOST_LINES:
        raise BadPage(f"正文应有1至{MOST_LINES}段。")
    page = tuple(_read_line(line) for line in lines)
    kinds = [line.kind for line in page]
    if kinds[0] != TITLE or kinds.count(TITLE) != 1:
        raise BadPage("正文应以一个标题开头。")
    if sum(len(line.runs) for line in page) > MOST_RUNS:
        raise BadPage("正文过于零碎，请分成几份文稿。")
    if sum(len(line.text) for line in page) > LONGEST:
        raise BadPage(f"正文最多{LONGEST}个字符。")
    return page


def _read_line(told: object) -> Line:
    kind = _word(told, "kind")
    runs = told.get("runs", [])
    if not isinstance(runs, list):
        raise BadPage("正文的格式不对，请刷新页面后再试。")
    shared = {"runs": tuple(_read_run(run) for run in runs), "opens": _word(told, "opens")}
    if kind == TITLE:
        return Line(TITLE, shared["runs"])
    if kind == HEADING:
        level = told.get("level")
        return Line(HEADING, level=level if level in (1, 2, 3, 4) else 1, **shared)
    if kind == PARAGRAPH:
        style = _word(told, "style")
        return Line(
            PARAGRAPH, style=style if style in STYLES else "body", key=_word(told, "key"), **shared
        )
    if kind == BLOCK:
        return Line(BLOCK, opens=shared["opens"], block=_word(told, "block"))
    raise BadPage("正文里有不认识的内容，请刷新页面后再试。")


def _read_run(told: object) -> Run:
    words = {name: _word(told, name) for name in ("figure", "kind", "passage")}
    chosen_for = _word(told, "chosen_for", LONGEST_CHOICE)
    return Run(_word(told, "text", LONGEST), **words, chosen_for=chosen_for)


def _word(told: object, name: str, longest: int = 100) -> str:
    value = told.get(name, "") if isinstance(told, Mapping) else None
    if not isinstance(value, str) or len(value) > longest:
        raise BadPage("正文的格式不对，请刷新页面后再试。")
    return printable(value)


def text_of(lines: Sequence[Line]) -> list[str]:
    """What each line says."""
    return [line.text for line in lines]
