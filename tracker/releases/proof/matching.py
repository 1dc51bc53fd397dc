"""Which source each figure says, and which one the words around it mean.

Value and words must point to the same fact: a value that fits a fact from elsewhere, while the words
name another one, is wrong, however exact it is.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracker.catalogue.spans import parse_key
from tracker.language.nearness import Around, Surroundings
from tracker.language.qualifiers import Agreement
from tracker.language.reading import FigureInText, Role
from tracker.language.units import UnitClass, unit_class
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.saying import same_unit, says
from tracker.releases.proof.slips import WORTH, slip
from tracker.releases.proof.verdicts import Source

MARGIN = 220  # by so much the words may fit another fact better before the value is doubted
CLEAR = 60  # closer than this two facts fit alike
FAINT = 120  # less than this the words do not name the fact at all
ELSEWHERE = 350  # what another time or place costs when the words do not name it
NODE = 150  # what a figure node's own claim is worth
_AGO = re.compile(r"去年|上年|同期|往年|前年|同比")
_RANKED = re.compile(r"排名|位次|名次|排位|第[一二三四五六七八九十\d](?!书记)")
_BEFORE = re.compile(r"上月|上季|上期|上周|环比|此前|原来")


@dataclass(frozen=True)
class Option:
    """A source for a figure: how the value agrees, how well the words fit (`words`), with priors.

    `elsewhere`: it is about another time or place, and the words do not name that.
    """

    source: Source
    agreed: Agreement
    words: int
    score: int
    elsewhere: bool = False


@dataclass(frozen=True)
class Choice:
    """What a figure may say (`agreeing`) and what its words mean (`meant`), the best first.

    `vouched`: in this very sentence its node stands for its fact, by approval or by choice.
    """

    figure: FigureInText
    around: Around
    agreeing: tuple[Option, ...]
    meant: tuple[Option, ...]
    node: str = ""
    vouched: bool = False

    @property
    def best(self) -> Option | None:
        return self.agreeing[0] if self.agreeing else None

    @property
    def named(self) -> Option | None:
        return self.meant[0] if self.meant else None

    def words_of(self, source: Source) -> int:
        """How well the words fit a source that is among the choices; 0 when they do not name it."""
        every = (*self.agreeing, *self.meant)
        return next((one.words for one in every if one.source.key == source.key), 0)


class Matcher:
    """Choices for the figures of one text."""

    def __init__(
        self,
        text: str,
        figures: Sequence[FigureInText],
        ground: Ground,
        nodes: Mapping[tuple[int, int], str],
        vouched: Collection[tuple[int, int]] = (),
    ):
        self.text, self.figures, self.ground, self.nodes = text, figures, ground, nodes
        self.vouched = vouched
        self.surroundings = Surroundings(text, figures)

    def choices(self) -> list[Choice]:
        return [self.choice(figure) for figure in self.figures]

    def choice(self, figure: FigureInText) -> Choice:
        around = self.surroundings.of(figure)
        claimed = self.ground.of_node(self.nodes.get((figure.start, figure.end), ""))
        node = claimed.key if claimed else ""
        facts = self.ground.facts
        near = [self.ground.by_key[one.key] for one in facts.near(figure)]
        near = [one for one in near if _counts_alike(figure, one)]
        options = [self.option(figure, source, around, node) for source in near]
        agreeing = _unless_chosen([one for one in options if one.agreed != Agreement.WRONG], node)
        named = (
            (words, self.ground.by_key[one.key]) for words, one in facts.meant(figure.unit, around)
        )
        meant = [
            self.option(figure, one, around, node, words)
            for words, one in named
            if _alike(figure, one) and _counts_alike(figure, one)
        ]
        vouched = (figure.start, figure.end) in self.vouched
        return Choice(figure, around, _ranked(agreeing)[:12], _ranked(meant)[:8], node, vouched)

    def option(
        self,
        figure: FigureInText,
        source: Source,
        around: Around,
        node: str,
        words: int | None = None,
    ) -> Option:
        if words is None:
            words = self.ground.facts.names.fit(source.key, around)
        cost = self._cost(source, around)
        score = words - cost + (NODE if node == source.key else 0)
        agreed = says(figure, source)
        if agreed == Agreement.WRONG and words >= FAINT:
            score += WORTH[slip(figure, source)]
        return Option(source, agreed, words, score, cost > 0)

    def _cost(self, source: Source, around: Around) -> int:
        """Another time or place is only meant when the words say so."""
        if self.ground.is_now(source):
            return 0
        text = around.window
        cost = 0
        if source.region != self.ground.region and source.place[:-1] not in text:
            cost += ELSEWHERE
        if source.span != self.ground.span and not self._names_time(source.span, text):
            cost += ELSEWHERE
        return cost

    def _names_time(self, span: str, text: str) -> bool:
        if f"{span[:4]}年" in text and span[:4] != self.ground.span[:4]:
            return True
        if span == self.ground.year_ago or int(span[:4]) < int(self.ground.span[:4]):
            return bool(_AGO.search(text))
        if span == self.ground.previous:
            return bool(_BEFORE.search(text))
        month = parse_key(span).end.month
        return f"{month}月" in text or (len(span) == 4 and "全年" in text)


def _counts_alike(figure: FigureInText, source: Source) -> bool:
    """第三 and 3位 are no count of persons, unless the fact is itself a rank."""
    return figure.role != Role.RANK or bool(_RANKED.search(source.name))


def _alike(figure: FigureInText, source: Source) -> bool:
    """Units that may be mistaken for one another: 人 and 人次, but not 年 and 个."""
    if unit_class(figure.unit) != UnitClass.OTHER or unit_class(source.unit) != UnitClass.OTHER:
        return True
    return same_unit(figure.unit, source.unit)


def _unless_chosen(options: Sequence[Option], node: str) -> Sequence[Option]:
    """Where a node says its own source to the letter, no other fact is meant by a loose reading."""
    told = any(one.source.key == node and one.agreed == Agreement.WRITTEN for one in options)
    return [one for one in options if not told or one.agreed != Agreement.LOOSE]


def _ranked(options: Sequence[Option]) -> tuple[Option, ...]:
    """The best first; of one fact at several places or times only the best stands for it."""
    return tuple(sorted(options, key=lambda one: (-one.score, one.source.op, one.source.key)))
