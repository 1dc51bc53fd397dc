"""Which line of a new text was which line of the old one, and which words of a line stayed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
PIECE = re.compile(r"[0-9A-Za-z.,%+-]+|\s+|.", re.DOTALL)
ALIKE = 0.4  # of two lines' neighbouring characters
MOST_PAIRS = 40_000
MOST_STEPS = 4_000_000


def pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Every line of both, in order: (i, j) the same line, (i, None) gone, (None, j) new."""
    found: list[Pair] = []
    for act, a, b, c, d in opcodes(old, new):
        if act == "equal":
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += [
                (None if i is None else a + i, None if j is None else c + j)
                for i, j in _nearest(old[a:b], new[c:d])
            ]
    return found


def opcodes(old: Sequence, new: Sequence) -> Iterator[tuple[str, int, int, int, int]]:
    """As difflib says it, in bounded time: what is too much to compare counts as replaced."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield "equal", 0, head, 0, head
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    if (b - a) * (d - c) > MOST_STEPS:
        yield "replace", a, b, c, d
    elif a < b or c < d:
        for act, i, j, k, m in SequenceMatcher(
            None, old[a:b], new[c:d], autojunk=False
        ).get_opcodes():
            yield act, a + i, a + j, c + k, c + m
    if tail:
        yield "equal", b, len(old), d, len(new)


def _nearest(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The lines of two stretches paired in order so that most words agree."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return [*((i, None) for i in range(len(old))), *((None, j) for j in range(len(new)))]
    left, right = [_grams(line) for line in old], [_grams(line) for line in new]
    scores = [[_alike(one, other) for other in right] for one in left]
    best = _table(scores)
    return _path(scores, best)


def _table(scores: list[list[float]]) -> list[list[float]]:
    rows, columns = len(scores), len(scores[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _worth(scores[i][j])
            )
    return best


def _path(scores: list[list[float]], best: list[list[float]]) -> list[Pair]:
    found: list[Pair] = []
    i, j = 0, 0
    rows, columns = len(scores), len(scores[0])
    while i < rows and j < columns:
        worth = _worth(scores[i][j])
        if worth and best[i][j] == best[i + 1][j + 1] + worth:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    found += [(rest, None) for rest in range(i, rows)]
    return found + [(None, rest) for rest in range(j, columns)]


def _worth(score: float) -> float:
    return score if score >= ALIKE else 0.0


def _grams(line: str) -> Counter:
    padded = f" {line} "
    return Counter(padded[at : at + 2] for at in range(len(padded) - 1))


def _alike(one: Counter, other: Counter) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def kept_spans(old: str, new: str) -> list[tuple[int, int, int]]:
    """(start in old, start in new, length) of the stretches that stayed, in order."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    starts, ends = _starts(before), _starts(after)
    return [
        (starts[a], ends[c], starts[b] - starts[a])
        for act, a, b, c, _ in opcodes(before, after)
        if act == "equal"
    ]


def _starts(pieces: Sequence[str]) -> list[int]:
    found = [0]
    for piece in pieces:
        found.append(found[-1] + len(piece))
    return found
