"""The example as a page shows it: lines with their figures marked, changed sentences old beside new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.language.prose import sentences
from tracker.releases.example.filling import Filled


@dataclass(frozen=True)
class Piece:
    """Words of a line; `name` is what a bound figure says."""

    text: str
    name: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class Pair:
    """A sentence before and after; `why` where a person has to look."""

    old: str
    new: str
    why: str = ""


def lines_of(text: str, slots: Sequence[dict]) -> list[list[Piece]]:
    """Lines that are not empty, each as pieces."""
    lines, at = [], 0
    for line in text.split("\n"):
        inside = [one for one in slots if at <= one["start"] < at + len(line)]
        if line.strip():
            lines.append(list(_pieces(text, at, at + len(line), inside)))
        at += len(line) + 1
    return lines


def _pieces(text: str, start: int, end: int, slots: Iterable[dict]) -> Iterable[Piece]:
    at = start
    for one in slots:
        yield Piece(text[at : one["start"]])
        yield Piece(one["raw"], one["name"], one["unsure"])
        at = one["end"]
    yield Piece(text[at:end])


def sentences_of(made: Filled) -> list[Pair]:
    """Every sentence that changes or is doubted; the doubted ones first."""
    doubts = {one.start: one.why for one in made.doubts}
    pairs = []
    for sentence in sentences(made.text):
        inside = [one for one in made.changes if sentence.start <= one.start < sentence.end]
        if not inside and sentence.start not in doubts:
            continue
        moved = [(one.start - sentence.start, one.end - sentence.start, one.new) for one in inside]
        pairs.append(
            Pair(sentence.text, _with(sentence.text, moved), doubts.get(sentence.start, ""))
        )
    return sorted(pairs, key=lambda pair: not pair.why)


def _with(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, new in changes:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])
