"""The words around a figure, from its own clause outwards, and how well a name fits them.

A name is compared by its pairs of neighbouring characters; a rare pair tells more than a common one.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

from .prose import Sentence, sentences
from .reading import FigureInText
from .tables import Cell, Tables

# What a pair of the name is worth, by the nearest place where it stands.
TIERS = (100, 60, 30, 12)
_BREAK = re.compile(r"[，,；;：:。！？、\n]")
_FORMERLY = re.compile(r"原(?:为|来)?$")
_BEGINNING = re.compile(r"(?:由|从|自)[^，,；;。]{0,40}$")
_CHANGE = re.compile(
    r"[^，,；;。]{0,40}?(?:提高|增加|上升|增长|提升|下降|降低|减少|降|增|升|扩大|上调|下调|发展|调整)(?:到|至|为)"
)
_ARRIVES = re.compile(r"[一-龥]{0,6}[到至为]")
_BEFORE_CHANGE = re.compile(r"调整前|提高前|改革前|起始|原标准|基期|[(（]20\d\d年[)）]")
# What a name adds for the ledger's sake and no text repeats.
_ADDED = re.compile(
    r"[(（](?:调整前|提高前|改革前|现行|调整后|20\d\d年|标题|新闻稿)[)）]|(?:人数|总数|数量|批次|个数|金额|总额|总量|次数|户数)$"
)
_PART = re.compile(r"其中的?|[一-龥]中的")
_MARK, _PART_MARK = "始前", "其中"
_NOUN_END = re.compile(
    r"[为向给对把被使让在与和及、，,。；;（(]|结对|帮扶|服务|资助|带动|惠及|组织|开展|参与|参加|提供|发放|获|完成|实现|累计|接受|走访|建成|新建|安置|救助|培训"
)
_AGES = ("岁", "周岁")
_REACH, _BEHIND, _BEFORE, _HEADING = 45, 16, 300, 40


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters."""
    return frozenset(
        text[i : i + 2]
        for i in range(len(text) - 1)
        if "一" <= text[i] <= "龥" and "一" <= text[i + 1] <= "龥"
    )


def name_pairs(name: str) -> frozenset[str]:
    """Of a name; one that means a part, or the value before a change, is marked so."""
    marks = {_MARK} if _BEFORE_CHANGE.search(name) else set()
    bare = _ADDED.sub("", name)
    if _PART.search(bare):
        marks.add(_PART_MARK)
        bare = re.sub("其中的?|中的", " ", bare)
    return pairs(bare) | marks


@dataclass(frozen=True)
class Around:
    """Pairs by how near they stand: own clause, clauses just before and behind, sentence, paragraph.

    `window` is the sentence, or as much of it as lies near; `part` the pairs between two semicolons,
    `own` those of the clause without what is counted by the figure before (2928名青年志愿者帮扶1464名老人).
    """

    tiers: tuple[frozenset[str], ...]
    sentence: Sentence
    window: str = ""
    part: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    @cached_property
    def worths(self) -> dict[str, int]:
        """Every pair with what it is worth where it stands nearest."""
        found: dict[str, int] = {}
        for tier, worth in zip(reversed(self.tiers), reversed(TIERS), strict=True):
            found.update(dict.fromkeys(tier, worth))
        return found

    @cached_property
    def fits(self) -> dict[frozenset[str], int]:
        """How well names fit, as far as that was asked: many facts share one."""
        return {}

    @cached_property
    def programmes(self) -> dict[frozenset[str], int]:
        """The same of programmes."""
        return {}

    @cached_property
    def begins(self) -> bool:
        """The figure is the first of 由 ... 提高到."""
        return _MARK in self.tiers[0]

    @property
    def near(self) -> frozenset[str]:
        return self.tiers[0] | self.tiers[1]


class Surroundings:
    """The words around every figure of one text."""

    def __init__(self, text: str, figures: Sequence[FigureInText]):
        self.text = text
        self._tables = Tables(text)
        self._sentences = sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]
        self._lines = [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]
        self._ends = sorted(figure.end for figure in figures)
        self._begins = sorted(figure.start for figure in figures)
        self._ages = {one.start: one.end + _BEHIND for one in figures if one.unit in _AGES}

    def sentence_at(self, position: int) -> Sentence:
        index = bisect_right(self._starts, position) - 1
        return self._sentences[index] if index >= 0 else Sentence(0, 0, "")

    def of(self, figure: FigureInText) -> Around:
        """What stands around one of the figures."""
        if cell := self._tables.at(figure.start):
            return self._in_table(figure, cell)
        text, sentence = self.text, self.sentence_at(figure.start)
        left, right = self._clause(figure, sentence)
        own = text[left : figure.start] + "\n" + text[figure.end : right]
        close = max(sentence.start, figure.start - _REACH)
        behind = min(max(sentence.end, figure.end), figure.end + _BEHIND)
        beside = text[close : figure.start] + "\n" + text[figure.end : behind]
        whole = text[max(sentence.start, figure.start - 200) : min(sentence.end, figure.end + 120)]
        line = self._lines[bisect_right(self._lines, figure.start) - 1]
        if len(sentence.text) < _HEADING and not sentence.text.endswith("。"):
            line = max(0, line - _HEADING)
            whole += "\n" + text[sentence.end : sentence.end + 2 * _HEADING]
        before = text[max(line, figure.start - _BEFORE) : figure.start]
        marked = {_MARK} if self._begins_a_change(figure, sentence) else frozenset()
        tiers = (pairs(own) | marked, pairs(beside), pairs(whole), pairs(before))
        part, counted = self._part(figure, sentence), self._counted(figure, left, right)
        return Around(tiers, sentence, whole, part, counted)

    def _in_table(self, figure: FigureInText, cell: Cell) -> Around:
        """The names of its row and column are a cell's clause, the row is its sentence."""
        start, end = cell.row
        before, row = self.text[cell.start : figure.start], self.text[start:end]
        own = "\n".join((cell.names, cell.head, before, self.text[figure.end : cell.end]))
        whole = "\n".join((row, cell.head, cell.title))
        marked = {_MARK} if _FORMERLY.search(before) else frozenset()
        tiers = (pairs(own) | marked, pairs(cell.others), pairs(whole), frozenset())
        return Around(tiers, Sentence(start, end, row), whole, own=pairs(own))

    def _counted(self, figure: FigureInText, left: int, right: int) -> frozenset[str]:
        """The clause from behind the noun of the figure before to the end of its own noun."""
        index = bisect_right(self._ends, figure.start) - 1
        if index >= 0 and self._ends[index] == left:
            left = self._noun_end(left, figure.start)
        # 2025名6—16岁农村儿童: an age belongs to the noun that is counted.
        right = self._noun_end(figure.end, self._ages.get(right, right))
        return pairs(self.text[left : figure.start] + "\n" + self.text[figure.end : right])

    def _noun_end(self, start: int, limit: int) -> int:
        """Where the noun that is counted ends: 青年志愿者 before 结对帮扶."""
        match = _NOUN_END.search(self.text, start, limit)
        return match.start() if match else limit

    def _part(self, figure: FigureInText, sentence: Sentence) -> frozenset[str]:
        """Of a sentence in parts; nothing where it has only one."""
        first, last = max(sentence.start, figure.start - 200), min(sentence.end, figure.end + 120)
        left = max(self.text.rfind(mark, first, figure.start) for mark in "；;")
        found = [self.text.find(mark, figure.end, last) for mark in "；;"]
        right = min((place for place in found if place >= 0), default=last)
        if left < 0 and right == last:
            return frozenset()
        return pairs(self.text[max(first, left) : right])

    def _begins_a_change(self, figure: FigureInText, sentence: Sentence) -> bool:
        """由300元提高到676元: the first of the two."""
        before = self.text[max(sentence.start, figure.start - 60) : figure.start]
        if not (opening := _BEGINNING.search(before)) or _CHANGE.search(before, opening.start()):
            return False
        return _CHANGE.match(self.text, figure.end, figure.end + 60) is not None

    def _clause(self, figure: FigureInText, sentence: Sentence) -> tuple[int, int]:
        """From the last break or figure to the next one."""
        index = bisect_right(self._ends, figure.start) - 1
        # 由300元提高到676元: the name stands before the first of the two.
        if index >= 0 and _ARRIVES.fullmatch(self.text, self._ends[index], figure.start):
            index -= 1
        left = max(sentence.start, self._ends[index] if index >= 0 else 0)
        for found in _BREAK.finditer(self.text, left, figure.start):
            left = found.end()
        index = bisect_left(self._begins, figure.end)
        right = self._begins[index] if index < len(self._begins) else len(self.text)
        right = min(right, figure.end + _BEHIND, max(sentence.end, figure.end))
        stop = _BREAK.search(self.text, figure.end, right)
        return left, stop.start() if stop else right


class Names:
    """Names by key, each with other names for the same, and how much a pair tells among them."""

    def __init__(self, named: Iterable[tuple[object, Sequence[str], str]]):
        self._names: dict[object, tuple[frozenset[str], ...]] = {}
        self._programmes: dict[object, frozenset[str]] = {}
        known: dict[str, frozenset[str]] = {}
        self._holders: dict[str, list[object]] = {}
        for key, names, programme in named:
            found = tuple(known.setdefault(one, name_pairs(one)) for one in names if one)
            self._names[key] = found
            self._programmes[key] = known.setdefault(programme, name_pairs(programme))
            for pair in frozenset().union(*found):
                self._holders.setdefault(pair, []).append(key)
        self._weights = self._weigh()
        self._weighed = {
            name: tuple((pair, self._weight(pair)) for pair in name)
            for name in {
                *self._programmes.values(),
                *(n for ns in self._names.values() for n in ns),
            }
        }
        self._totals = {
            name: sum(weight for _, weight in weighed) for name, weighed in self._weighed.items()
        }

    def _weigh(self) -> Counter:
        size = len(self._names) + 1
        return Counter(
            {pair: 4 + int(4 * log2(size / len(held))) for pair, held in self._holders.items()}
        )

    def _weight(self, pair: str) -> int:
        return self._weights.get(pair, 8)

    def named_in(self, key: object, words: frozenset[str], stock: frozenset[str]) -> bool:
        """Whether a pair of one of its names stands among the words; pairs of the stock tell nothing.

        True for a name that is all stock: nobody can tell.
        """
        told = [name - stock for name in self._names[key]]
        return not all(told) or any(name & words for name in told)

    def fit(self, key: object, around: Around) -> int:
        """How well the words around fit the name (0-1000) and its programme (0-300)."""
        best, fits = 0, around.fits
        for name in self._names[key]:
            if name not in fits:
                fits[name] = self._fit(name, around)
            best = max(best, fits[name])
        programme, known = self._programmes[key], around.programmes
        if programme not in known:
            known[programme] = self._programme_fit(programme, around)
        return best + known[programme]

    def before_change(self, key: object) -> bool:
        """The name means the value before a change."""
        return any(_MARK in name for name in self._names[key])

    def twins(self, key: object, other: object) -> bool:
        """The two names mean one thing before and after its change."""
        return any(one ^ two == {_MARK} for one in self._names[key] for two in self._names[other])

    def contrast(
        self, key: object, other: object, around: Around, words: frozenset[str] | None = None
    ) -> tuple[int, int]:
        """How much (0-1000) of what tells the two names apart stands in the figure's own clause (or in
        `words`): of the first's, and of the second's; 0 where a name has nothing that the other lacks."""
        mine, theirs = self._nearest(key, around), self._nearest(other, around)
        there = around.tiers[0] if words is None else words
        return self._share(mine - theirs, there), self._share(theirs - mine, there)

    def _nearest(self, key: object, around: Around) -> frozenset[str]:
        return max(self._names[key], key=lambda name: self._fit(name, around), default=frozenset())

    def _share(self, words: frozenset[str], there: frozenset[str]) -> int:
        total = sum(map(self._weight, words))
        return 1000 * sum(map(self._weight, words & there)) // total if total else 0

    def _fit(self, name: frozenset[str], around: Around) -> int:
        total = self._totals[name]
        if not total:
            return 0
        found, worths = 0, around.worths
        for pair, weight in self._weighed[name]:
            if pair in worths:
                found += weight * worths[pair]
        # 由 ... 提高到 names the value before the change: any other fits it less.
        return found * (10 if not around.begins or _MARK in name else 8) // total

    def _programme_fit(self, programme: frozenset[str], around: Around) -> int:
        total, worths = self._totals[programme], around.worths
        found = 0
        for pair, weight in self._weighed[programme]:
            if pair in worths:
                found += weight
        return 300 * found // total if total else 0

    def sharing(self, around: Around, most: int = 400) -> set[object]:
        """Keys of names that have a telling pair in the words near the figure."""
        found: set[object] = set()
        for pair in around.near:
            held = self._holders.get(pair, ())
            if len(held) <= most:
                found.update(held)
        return found
