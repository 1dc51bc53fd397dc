"""The page as one plain text for a textarea, and back: the way without JavaScript.

One line is one paragraph; the first is the title. # to #### begins a heading. ⟦e12:29万人⟧ is a
figure with its source, ⟦e12=29万人⟧ one whose source was chosen for this very sentence, ⟦表格:…⟧ a block that is kept whole, ⟦换行⟧ a line break within a paragraph.
Everything else, numbers too, is words.
"""

import re
from collections.abc import Iterator

from tracker.documents.characters import printable
from tracker.documents.tree import Block, Image, Table
from tracker.releases.drafting.carrying import Claim, Given, carried
from tracker.releases.drafting.page import (
    BLOCK,
    HEADING,
    LONGEST,
    MOST_LINES,
    BadPage,
    Line,
    Page,
)
from tracker.releases.proof.vouching import sentence_around

FIGURE = re.compile(r"⟦([0-9A-Za-z_.-]{1,80})([:=])([^⟦⟧\n]{1,60})⟧")
KEPT = re.compile(r"⟦(?:表格|图片|分页):([0-9a-f]{16})⟧")
_HEADING = re.compile(r"(#{1,4}) +")
BREAK = "⟦换行⟧"
_MARKS = re.compile("[⟦⟧]")


def marked(page: Page, blocks: dict[str, Block]) -> str:
    """The text to be edited."""
    return "\n".join(_marked(line, blocks) for line in page)


def _marked(line: Line, blocks: dict[str, Block]) -> str:
    if line.kind == BLOCK:
        return f"⟦{name_of(blocks.get(line.block))}:{line.block}⟧"
    words = "".join(_runs(line))
    return f"{'#' * line.level} {words}" if line.kind == HEADING else words


def name_of(block: Block | None) -> str:
    """What a person calls a block that is kept whole."""
    if isinstance(block, Table):
        return "表格"
    return "图片" if isinstance(block, Image) else "分页"


def _runs(line: Line) -> Iterator[str]:
    at = 0
    for run in line.runs:
        start, at = at, at + len(run.text)
        words = _MARKS.sub("", run.text).replace("\n", BREAK)
        chosen = run.chosen_for and run.chosen_for == sentence_around(line.text, start, at)
        yield f"⟦{run.figure}{'=' if chosen else ':'}{words}⟧" if run.figure else words


def read_marked(text: str, present: Page) -> Page:
    """The page that this text stands for, put onto the present version. BadPage when too long."""
    if len(text) > 2 * LONGEST:
        raise BadPage(f"正文最多{LONGEST}个字符。")
    lines = printable(text).split("\n")
    if len(lines) > 2 * MOST_LINES:
        raise BadPage(f"正文最多{MOST_LINES}段。")
    return carried(list(_given(lines)), present)


def _given(lines: list[str]) -> Iterator[Given]:
    for line in lines:
        if kept := KEPT.fullmatch(line.strip()):
            yield Given("", block=kept[1])
        elif line.strip():
            heading = _HEADING.match(line)
            yield _read(
                line[heading.end() :] if heading else line, len(heading[1]) if heading else 0
            )


def _read(line: str, level: int) -> Given:
    """Words without marks, and where the figures stand in them."""
    text, named, at = "", [], 0
    for match in FIGURE.finditer(line):
        text += _plain(line[at : match.start()])
        named.append((len(text), len(text) + len(match[3]), match[1], match[2] == "="))
        text += match[3]
        at = match.end()
    text += _plain(line[at:])
    claims = (
        Claim(start, end, key, sentence_around(text, start, end) if chosen else "")
        for start, end, key, chosen in named
    )
    return Given(text, tuple(claims), level)


def _plain(words: str) -> str:
    """What is left of a broken mark is words."""
    return _MARKS.sub("", words.replace(BREAK, "\n"))
