"""Plain lines that came back (a textarea, a Word file) put onto the present version, line by line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tracker.releases.drafting.aligning import kept_spans, pairs
from tracker.releases.drafting.page import BLOCK, HEADING, PARAGRAPH, TITLE, Line, Page, Run


class Claim(NamedTuple):
    """text[start:end] should be this figure; `chosen_for` as in a run."""

    start: int
    end: int
    key: str
    chosen_for: str = ""


@dataclass(frozen=True)
class Given:
    """A line as it came: words, figures that it names itself, and a level if it is a heading."""

    text: str
    claims: tuple[Claim, ...] = ()
    level: int = 0
    block: str = ""


def carried(given: Sequence[Given], present: Page, *, trusting: bool = False) -> Page:
    """The page of these lines: what stayed keeps its style, figures, dates and approved words.

    `trusting`: a figure may also stay because the words around it did (a file without marks);
    otherwise only figures that a line names itself stay figures.
    """
    old = [line.block or line.text for line in present]
    new = [line.block or line.text for line in given]
    partner = {j: i for i, j in pairs(old, new) if i is not None and j is not None}
    lines = [
        _carried(line, present[partner[j]] if j in partner else None, trusting)
        for j, line in enumerate(given)
    ]
    return _with_title(_with_openings(lines, partner, present), present)


def _carried(given: Given, former: Line | None, trusting: bool) -> Line:
    if given.block:
        return former or Line(BLOCK, block=given.block)
    if former is None or former.kind == BLOCK:
        runs = _runs(given.text, given.claims)
        return Line(HEADING, runs, level=given.level) if given.level else _paragraph(runs)
    runs = _with_former(given, former, trusting)
    if given.level and former.kind == PARAGRAPH:
        return Line(HEADING, runs, level=given.level, opens=former.opens)
    level = given.level if given.level and former.kind == HEADING else former.level
    return replace(former, runs=runs, level=level)


def _paragraph(runs: tuple[Run, ...]) -> Line:
    return Line(PARAGRAPH, runs, style="body")


def _with_former(given: Given, former: Line, trusting: bool) -> tuple[Run, ...]:
    """Words of the line, with the former line's marks wherever its words stayed."""
    kept = kept_spans(former.text, given.text)
    claims = list(given.claims)
    marks: list[tuple[int, int, Run]] = []
    at = 0
    for run in former.runs:
        start, end, at = at, at + len(run.text), at + len(run.text)
        place = _place(start, end, kept)
        if place is None or run.figure and not trusting:
            continue
        if run.figure:
            claims.append(Claim(place, place + len(run.text), run.figure, run.chosen_for))
        elif run.kind:
            marks.append((place, place + len(run.text), run))
    passages = list(_passages(former, kept))
    return _runs(given.text, tuple(claims), marks, passages)


def _place(start: int, end: int, kept: Iterable[tuple[int, int, int]]) -> int | None:
    """Where a stretch of the former line stands now, if it stayed whole."""
    for old, new, length in kept:
        if old <= start and end <= old + length:
            return new + start - old
    return None


def _passages(former: Line, kept: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, str]]:
    """Approved words that stand in the line unchanged: (start, end, key) now."""
    at, spans = 0, {}
    for run in former.runs:
        if run.passage:
            start, _ = spans.get(run.passage, (at, at))
            spans[run.passage] = start, at + len(run.text)
        at += len(run.text)
    for key, (start, end) in spans.items():
        place = _place(start, end, kept)
        if place is not None:
            yield place, place + end - start, key


def _runs(
    text: str,
    claims: Iterable[Claim],
    marks: Iterable[tuple[int, int, Run]] = (),
    passages: Sequence[tuple[int, int, str]] = (),
) -> tuple[Run, ...]:
    """The text cut at figures, names and the ends of passages."""
    named = {(start, end): Run("", kind=run.kind) for start, end, run in marks}
    named |= {
        (one.start, one.end): Run("", figure=one.key, chosen_for=one.chosen_for) for one in claims
    }
    cuts = {0, len(text)} | {edge for start, end, _ in passages for edge in (start, end)}
    taken: list[tuple[int, int]] = []
    for start, end in sorted(named):
        if taken and start < taken[-1][1]:
            continue
        taken.append((start, end))
        cuts = {cut for cut in cuts if not start < cut < end} | {start, end}
    edges = sorted(cuts)
    return tuple(
        replace(
            named.get((a, b), Run("")) if (a, b) in taken else Run(""),
            text=text[a:b],
            passage=next((key for start, end, key in passages if start <= a and b <= end), ""),
        )
        for a, b in zip(edges, edges[1:], strict=False)
        if a < b
    )


def _with_openings(lines: list[Line], partner: dict[int, int], present: Page) -> list[Line]:
    """A section whose first line went begins with the next line that came after it."""
    came = {i: j for j, i in partner.items()}
    for i, line in enumerate(present):
        if not line.opens or i in came:
            continue
        follower = next((came[k] for k in range(i + 1, len(present)) if k in came), None)
        if follower is not None and not lines[follower].opens:
            lines[follower] = replace(lines[follower], opens=line.opens)
    return lines


def _with_title(lines: list[Line], present: Page) -> Page:
    """Exactly one title, in front: what came as one, else the first line of words."""
    titles = [index for index, line in enumerate(lines) if line.kind == TITLE]
    words = [index for index, line in enumerate(lines) if line.kind != BLOCK]
    if not words:
        return (present[0], *lines)
    chosen = titles[0] if titles else words[0]
    title = Line(TITLE, lines[chosen].runs)
    rest = [
        replace(line, kind=PARAGRAPH, style="body") if line.kind == TITLE else line
        for index, line in enumerate(lines)
        if index != chosen
    ]
    return (title, *rest)
