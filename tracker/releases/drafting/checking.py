"""The proof of a page, told in places of the page: line and character."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.documents.tree import Document
from tracker.language.qualifiers import Agreement
from tracker.releases.drafting.bench import Bench
from tracker.releases.drafting.page import Page, page_of
from tracker.releases.occasion import span_words
from tracker.releases.openslots import slots_in
from tracker.releases.proof import Checked, Finding, Flat, Source, digest_of
from tracker.releases.proof.saying import says
from tracker.releases.rulenames import rule_name

_PAUSE = re.compile(r"[，。；：！？、\n]")
SLOT = "SLOT"
UNFILLED = "这里还没有填写，补齐或删去后才能签发。"


@dataclass(frozen=True)
class Remark:
    """A figure's verdict or a finding at line `line`, characters start to end of it.

    `digest` names what stops the text, for those who are asked about it.
    """

    line: int
    start: int
    end: int
    said: Checked | Finding
    digest: str = ""

    @property
    def blocks(self) -> bool:
        return self.said.blocks


def check(bench: Bench, page: Page) -> tuple[Page, tuple[Remark, ...]]:
    """The page as the server takes it (untrue figures as words), and everything the proof says."""
    document = bench.document(page)
    return page_of(document), remarks_on(document, bench)


def remarks_on(document: Document, bench: Bench) -> tuple[Remark, ...]:
    """All verdicts and findings of a document, in reading order; what stands in a table is left out."""
    flat, report = bench.prove(document)
    place = _Places(document, flat)
    found = [*report.figures, *report.findings, *_open(document)]
    return tuple(
        sorted(
            (remark for one in found for remark in place.of(one)),
            key=lambda remark: (remark.line, remark.start, remark.end),
        )
    )


def _open(document: Document) -> Iterator[Finding]:
    for slot in slots_in(document):
        yield Finding(SLOT, "E", slot.start, slot.end, UNFILLED, blocks=True)


class _Places:
    """From offsets in the flat text to lines of the page."""

    def __init__(self, document: Document, flat: Flat):
        self.text = flat.text
        self.lines = _lines_by_address(document)
        self.blocks = _first_offsets(flat)

    def of(self, one: Checked | Finding) -> Iterator[Remark]:
        span = one.figure if isinstance(one, Checked) else one
        address, first = self._block_at(span.start)
        if address in self.lines:
            place = self.lines[address], span.start - first, span.end - first
            yield Remark(*place, one, self._digest(one, span) if one.blocks else "")

    def _digest(self, one: Checked | Finding, span) -> str:
        kind = str(one.verdict) if isinstance(one, Checked) else one.rule
        return digest_of(self.text, span.start, span.end, kind)

    def _block_at(self, offset: int) -> tuple[str, int]:
        index = bisect_right(self.blocks[0], offset) - 1
        return (self.blocks[1][index], self.blocks[0][index]) if index >= 0 else ("", 0)


def _first_offsets(flat: Flat) -> tuple[list[int], list[str]]:
    offsets, addresses = [], []
    for mark in flat.marks:
        if not addresses or addresses[-1] != mark.address:
            offsets.append(mark.start)
            addresses.append(mark.address)
    return offsets, addresses


def _lines_by_address(document: Document) -> dict[str, int]:
    """Address of a block -> its line on the page."""
    found, line = {"t": 0}, 1
    for number, section in enumerate(document.sections):
        if section.heading:
            found[f"h{number}"] = line
            line += 1
        for position, _ in enumerate(section.blocks):
            found[f"{number}.{position}"] = line
            line += 1
    return found


def named(source: Source) -> str:
    """The indicator; of a figure of a text its words, from a pause to a pause."""
    if source.passage_figure is None:
        return source.name
    before, _, after = source.name.partition("／")
    words = f"{_PAUSE.split(before)[-1]}……{_PAUSE.split(after)[0]}"
    return f"{source.programme}的文字“{words}”"


def told_source(source: Source) -> dict:
    """A source for the page."""
    return {
        "key": source.key,
        "name": named(source),
        "value": f"{source.qualifier}{source.value.normalize():f}",
        "unit": source.unit,
        "span": span_words(source.span),
        "citable": bool(source.entries or source.passage_figure),
    }


def _offered(said: Checked, source: Source) -> dict:
    """A source, and whether the figure says just its value, so that only its origin is to be chosen."""
    return told_source(source) | {"agrees": says(said.figure, source) == Agreement.WRITTEN}


def told(remark: Remark) -> dict:
    """A remark for the page."""
    place = {"line": remark.line, "start": remark.start, "end": remark.end}
    said = remark.said
    if isinstance(said, Checked):
        return place | {
            "kind": "figure",
            "raw": said.figure.raw,
            "verdict": str(said.verdict),
            "label": said.verdict.label,
            "message": said.hint,
            "blocks": said.blocks,
            "source": _offered(said, said.source) if said.source else None,
            "rivals": [_offered(said, one) for one in said.rivals],
        }
    return place | {
        "kind": "wording",
        "rule": said.rule,
        "label": rule_name(said.rule),
        "severity": said.severity,
        "message": said.message,
        "suggestion": said.suggestion,
        "blocks": said.blocks,
    }
