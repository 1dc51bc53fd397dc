"""Find for every figure of a text the known fact that it says: by value first, then by the words around it.

Pure: used by the proof, by templates made from an example, and by filling a submission from a report.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nlargest

from .nearness import Around, Names, Surroundings
from .qualifiers import Agreement, Interval, agrees, interval
from .reading import FigureInText, Role
from .units import UnitClass, unit_class

# Persons are counted in 人, 名 and with 人次; what a figure counts is told apart by its words.
_KIN = {UnitClass.PERSON: "people", UnitClass.ATTENDANCE: "people", UnitClass.HOUSEHOLD: "people"}
_FAR = Decimal(2)
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

    `score` tells how well the words fit, from 0 to 1300; `rivals` is empty when the choice is clear.
    """

    figure: FigureInText
    candidate: Candidate | None
    agreement: Agreement | None
    score: int
    rivals: tuple[Candidate, ...] = ()


class Facts:
    """Candidates indexed once by kind of unit and value, and by the words of their names."""

    def __init__(self, candidates: Iterable[Candidate]):
        self._by_kind: dict[str, list[Candidate]] = defaultdict(list)
        self.by_key: dict[Hashable, Candidate] = {}
        self._kinds: dict[Hashable, str] = {}
        for candidate in sorted(candidates, key=lambda item: item.value):
            self._kinds[candidate.key] = kind = _kind(candidate.unit)
            self._by_kind[kind].append(candidate)
            self.by_key[candidate.key] = candidate
        self._values = {
            kind: [item.value for item in items] for kind, items in self._by_kind.items()
        }
        self.names = Names(
            (one.key, (one.name, *one.aliases), one.programme) for one in self.by_key.values()
        )

    def agreeing(self, figure: FigureInText) -> list[Candidate]:
        """The candidates whose value the figure may say."""
        return [item for item in self.near(figure) if _says(figure, item) != Agreement.WRONG]

    def near(self, figure: FigureInText) -> list[Candidate]:
        """The candidates of its kind whose values lie where the figure allows them, or beside."""
        kind = _kind(figure.unit)
        low, high = _window(interval(figure.value, figure.qualifier, figure.place), figure.value)
        values = self._values.get(kind, [])
        return self._by_kind.get(kind, [])[bisect_left(values, low) : bisect_right(values, high)]

    def meant(self, unit: str, around: Around, most: int = 24) -> list[tuple[int, Candidate]]:
        """(fit, candidate) of the same kind of unit whose names fit the words around best."""
        kind, fit = _kind(unit), self.names.fit
        keys = [key for key in self.names.sharing(around) if self._kinds[key] == kind]
        best = nlargest(most, [(fit(key, around), str(key), key) for key in keys])
        return [(words, self.by_key[key]) for words, _, key in best]

    def score(self, candidate: Candidate, around: Around) -> int:
        """How well the candidate's name and programme fit the words around a figure (0-1300)."""
        return self.names.fit(candidate.key, around)


def anchor(text: str, figures: Sequence[FigureInText], facts: Facts) -> tuple[Anchor, ...]:
    """An anchor for every figure, in order. Within one sentence a fact is said once, best fit first."""
    surroundings = Surroundings(text, figures)
    open_choices = []
    for index, figure in enumerate(figures):
        around = surroundings.of(figure)
        scored = sorted(
            ((facts.score(item, around), item) for item in facts.agreeing(figure)),
            key=lambda pair: -pair[0],
        )
        open_choices.append((index, around.sentence.start, scored))
    return _settle(figures, open_choices)


def propose(text: str, figure: FigureInText, facts: Facts, most: int = 3) -> tuple[Candidate, ...]:
    """The facts that the words around a figure fit best, whatever their values: what was probably meant."""
    around = Surroundings(text, [figure]).of(figure)
    return tuple(item for words, item in facts.meant(figure.unit, around, most) if words > 0)


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
