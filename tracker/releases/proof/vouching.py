"""For which sentence a figure's origin was vouched: the compiler's own, or one for which a person chose it.

A city's own sentence may leave the name of what it counts out (docs/patterns.md). Two people approved that
sentence, not whatever somebody writes around its figure afterwards.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Sequence

from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Anchored, Vouched

_END = re.compile(r"[。！？\n\t]")
_NUMBER = re.compile(r"[\d.,，]*\d[万亿]?")
LONGEST = 1000


def sentence_around(text: str, start: int, end: int) -> str:
    """The words from stop to stop around text[start:end], at most LONGEST; the page counts the same."""
    first = max((found.end() for found in _END.finditer(text, 0, start)), default=0)
    after = _END.search(text, end)
    return text[first : after.start() if after else len(text)][:LONGEST]


def without_numbers(words: str) -> str:
    """A sentence whose figures were renewed or written otherwise is still the same sentence."""
    return _NUMBER.sub("0", words)


def standing(
    text: str, ground: Ground, anchors: Sequence[Anchored], vouched: Iterable[Vouched]
) -> Collection[tuple[int, int]]:
    """Places (start, end) of the figure nodes that stand in a sentence vouched for their fact.

    vouched: (key, sentence). A renewed figure has another key: the fact counts, over all of its time.
    """
    known = {(_fact(ground, key), without_numbers(words)) for key, words in vouched}
    return {
        (start, end)
        for start, end, key in anchors
        if (_fact(ground, key), without_numbers(sentence_around(text, start, end))) in known
    }


def _fact(ground: Ground, key: Hashable) -> Hashable:
    source = ground.of_node(str(key))
    return ground.line_of(source) if source and source.indicator else str(key)
