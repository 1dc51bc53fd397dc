"""Find for every figure of a text the known fact that it says: by value first, then by the words around it.

Pure: used by the proof, by templates made from an example, and by filling a submission from a report.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .prose import Sentence, sentences
from .qualifiers import Agreement, Interval, agrees, interval
from .reading import FigureInText, Role
from .units import UnitClass, unit_class

# Persons are counted in 人, 名 and with 人次; what a figure counts is told apart by its words.
_KIN = {UnitClass.PERSON: "people", UnitClass.ATTENDANCE: "people", UnitClass.HOUSEHOLD: "people"}
_FAR = Decimal(2)
_CLOSE = 40
_BEHIND = 14
_CLEAR = 60


@dataclass(frozen=True)
class Candidate:
    """A fact that may be quoted: `key` is the caller's, `value` in base units, `name` what it is called."""

    key: Hashable
    value: Decimal
    unit: str
    name: str
    programme: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anchor:
    """A figure with the fact it says (None: none agrees) and the others that it could as well say.

    `score` tells how well the words fit, from 0 to 2000; `rivals` is empty when the choice is clear.
    """

    figure: FigureInText
    candidate: Candidate | None
    agreement: Agreement | None
    score: int
    rivals: tuple[Candidate, ...] = ()


class Facts:
    """Candidates indexed once by kind of unit and value."""

    def __init__(self, candidates: Iterable[Candidate]):
        self._by_kind: dict[str, list[Candidate]] = defaultdict(list)
        self._words: dict[Hashable, tuple[frozenset[str], frozenset[str]]] = {}
        for candidate in sorted(candidates, key=lambda item: item.value):
            self._by_kind[_kind(candidate.unit)].append(candidate)
            self._words[candidate.key] = (
                _pairs("\n".join((candidate.name, *candidate.aliases))),
                _pairs(candidate.programme),
            )
        self._values = {
            kind: [item.value for item in items] for kind, items in self._by_kind.items()
        }

    def agreeing(self, figure: FigureInText) -> list[Candidate]:
        """The candidates whose value the figure may say."""
        kind = _kind(figure.unit)
        low, high = _window(interval(figure.value, figure.qualifier, figure.place), figure.value)
        values = self._values.get(kind, [])
        near = self._by_kind.get(kind, [])[bisect_left(values, low) : bisect_right(values, high)]
        return [item for item in near if _says(figure, item) != Agreement.WRONG]

    def of_kind(self, unit: str) -> Sequence[Candidate]:
        """All candidates that are counted in the same kind of unit."""
        return self._by_kind.get(_kind(unit), [])

    def score(self, candidate: Candidate, words: "_Words") -> int:
        """How much of the candidate's name stands near the figure (0-2000)."""
        name, programme = self._words[candidate.key]
        return (
            _share(name, words.close) * 12 // 10
            + _share(name, words.sentence) * 4 // 10
            + _share(programme, words.paragraph) * 4 // 10
        )


@dataclass(frozen=True)
class _Words:
    close: frozenset[str]
    sentence: frozenset[str]
    paragraph: frozenset[str]


def anchor(text: str, figures: Sequence[FigureInText], facts: Facts) -> tuple[Anchor, ...]:
    """An anchor for every figure, in order. Within one sentence a fact is said once, best fit first."""
    around, paragraphs = _Sentences(text), _paragraph_starts(text)
    open_choices = []
    for index, figure in enumerate(figures):
        words = _words(text, figure, around.at(figure.start), paragraphs)
        scored = sorted(
            ((facts.score(item, words), item) for item in facts.agreeing(figure)),
            key=lambda pair: -pair[0],
        )
        open_choices.append((index, around.at(figure.start).start, scored))
    return _settle(figures, open_choices)


def propose(text: str, figure: FigureInText, facts: Facts, most: int = 3) -> tuple[Candidate, ...]:
    """The facts that the words around a figure fit best, whatever their values: what was probably meant."""
    sentence = _Sentences(text).at(figure.start)
    words = _words(text, figure, sentence, _paragraph_starts(text))
    ranked = sorted(facts.of_kind(figure.unit), key=lambda item: -facts.score(item, words))
    return tuple(item for item in ranked[:most] if facts.score(item, words) > 0)


def _settle(
    figures: Sequence[FigureInText], choices: list[tuple[int, int, list[tuple[int, Candidate]]]]
) -> tuple[Anchor, ...]:
    settled: dict[int, Anchor] = {}
    used: set[tuple[int, Hashable]] = set()
    for index, sentence, scored in sorted(
        choices, key=lambda choice: -choice[2][0][0] if choice[2] else 1
    ):
        free = [(score, item) for score, item in scored if (sentence, item.key) not in used]
        settled[index] = _choose(figures[index], free)
        if settled[index].candidate is not None:
            used.add((sentence, settled[index].candidate.key))
    return tuple(settled[index] for index in range(len(figures)))


def _choose(figure: FigureInText, scored: list[tuple[int, Candidate]]) -> Anchor:
    if not scored:
        return Anchor(figure, None, None, 0)
    best, chosen = scored[0]
    rivals = tuple(item for score, item in scored[1:6] if best - score < _CLEAR)
    return Anchor(figure, chosen, _says(figure, chosen), best, rivals)


def _says(figure: FigureInText, candidate: Candidate) -> Agreement:
    if figure.role == Role.RANGE or figure.qualifier.startswith("区间"):
        return Agreement.WRITTEN if figure.value == candidate.value else Agreement.WRONG
    if figure.value == candidate.value:
        return Agreement.WRITTEN
    return agrees(figure.value, figure.qualifier, candidate.value, figure.place)


def _window(allowed: Interval, value: Decimal) -> tuple[Decimal, Decimal]:
    """The allowed values with both ends closed, 余 and its base included, unbounded sides cut at the double."""
    low = allowed.low if allowed.low is not None else value / _FAR
    high = allowed.high if allowed.high is not None else value * _FAR
    return min(low, value), max(high, value)


def _kind(unit: str) -> str:
    kind = unit_class(unit)
    return _KIN.get(kind, "other" if kind == UnitClass.ORGANISATION else kind.value)


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters."""
    return frozenset(
        text[i : i + 2]
        for i in range(len(text) - 1)
        if all("一" <= char <= "龥" for char in text[i : i + 2])
    )


def _share(name: frozenset[str], words: frozenset[str]) -> int:
    return 1000 * len(name & words) // len(name) if name else 0


def _words(text: str, figure: FigureInText, sentence: Sentence, paragraphs: list[int]) -> _Words:
    start, end = (
        max(sentence.start, figure.start - _CLOSE),
        min(max(sentence.end, figure.end), figure.end + _BEHIND),
    )
    paragraph = paragraphs[bisect_right(paragraphs, figure.start) - 1]
    return _Words(
        _pairs(text[start : figure.start] + "\n" + text[figure.end : end]),
        _pairs(text[max(sentence.start, figure.start - 200) : min(sentence.end, figure.end + 200)]),
        _pairs(text[max(paragraph, figure.start - 400) : figure.start]),
    )


def _paragraph_starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]


class _Sentences:
    """The sentences of a text, found by place."""

    def __init__(self, text: str):
        self._all = sentences(text)
        self._starts = [sentence.start for sentence in self._all]

    def at(self, position: int) -> Sentence:
        index = bisect_right(self._starts, position) - 1
        return self._all[index] if index >= 0 else Sentence(0, 0, "")
