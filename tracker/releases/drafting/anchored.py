"""Numbers that were typed and proved true become figures again, with the entries behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.documents.tree import Document, Figure, Heading, Inline, Inlines, Paragraph, Text
from tracker.documents.tree import figures as figures_of
from tracker.releases.drafting.keys import own_key
from tracker.releases.patterns.rendering import merged
from tracker.releases.proof import Checked, Flat, Report, Verdict, flatten

PROVED = frozenset({Verdict.VERIFIED, Verdict.ROUNDED, Verdict.DERIVED})
Found = dict[str, list[tuple[int, int, Checked]]]


def anchored(document: Document, report: Report) -> Document:
    """The document with a node for every number in plain words that the proof leads to a source.

    `report` is the proof of `flatten(document).text`.
    """
    found = _in_words(flatten(document), report)
    if not found:
        return document
    keys = {figure.key for figure in figures_of(document)}
    sections = []
    for number, section in enumerate(document.sections):
        heading = section.heading
        if heading:
            heading = replace(
                heading, inlines=_with(heading.inlines, found.get(f"h{number}"), keys)
            )
        blocks = [
            replace(block, inlines=_with(block.inlines, found.get(f"{number}.{at}"), keys))
            if isinstance(block, Paragraph | Heading)
            else block
            for at, block in enumerate(section.blocks)
        ]
        sections.append(replace(section, heading=heading, blocks=tuple(blocks)))
    title = _with(document.title, found.get("t"), keys)
    return replace(document, title=title, sections=tuple(sections))


def _in_words(flat: Flat, report: Report) -> Found:
    """By block: what is proved and lies within plain words."""
    found: Found = {}
    for checked in report.figures:
        mark = flat.at(checked.figure.start)
        if mark is None or not isinstance(mark.inline, Text) or checked.figure.end > mark.end:
            continue
        if checked.verdict not in PROVED or not _citable(checked):
            continue
        address, start, end = flat.span_in_block(checked.figure.start, checked.figure.end)
        found.setdefault(address, []).append((start, end, checked))
    return found


def _citable(checked: Checked) -> bool:
    source = checked.source
    return source is not None and bool(source.entries or source.passage_figure)


def _with(
    inlines: Inlines, found: Iterable[tuple[int, int, Checked]] | None, keys: set[str]
) -> Inlines:
    if not found:
        return inlines
    made: list[Inline] = []
    at = 0
    for inline in inlines:
        length = len(_words(inline))
        made += _cut(inline, at, [one for one in found if at <= one[0] < at + length], keys)
        at += length
    return merged(made)


def _words(inline: Inline) -> str:
    inner = getattr(inline, "inlines", None)
    if inner is not None:
        return "".join(map(_words, inner))
    return inline.text if isinstance(inline, Text) else inline.surface


def _cut(
    inline: Inline, start: int, found: list[tuple[int, int, Checked]], keys: set[str]
) -> Iterator[Inline]:
    if not isinstance(inline, Text) or not found:
        yield inline
        return
    at = 0
    for first, last, checked in sorted(found, key=lambda one: one[:2]):
        if first - start < at:
            continue  # the two ends of a range share one place
        yield Text(inline.text[at : first - start])
        yield _figure(checked, keys)
        at = last - start
    yield Text(inline.text[at:])


def _figure(checked: Checked, keys: set[str]) -> Figure:
    source, figure = checked.source, checked.figure
    return Figure(
        key=own_key(source.key, keys),
        entries=source.entries,
        surface=figure.raw,
        value=source.value,
        unit=source.unit,
        qualifier=figure.qualifier,
        role=str(figure.role),
    )
