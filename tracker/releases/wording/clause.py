"""A clause: what stands between two commas, and what may stand before it."""

from dataclasses import dataclass, replace

from tracker.documents.tree import Figure, Inlines, plain
from tracker.releases.facts import Fact

from .names import Phrase, Shape

AVERAGES = ("年均", "月均", "日均", "人均")
UNCOUNTED = (*AVERAGES, "累计", "连续", "计划", "拟")


@dataclass(frozen=True)
class Clause:
    """`adverb`: 累计 or 共 that may stand before it; `standard`: it tells how a standard moved;
    `subject`: of whom it speaks; `average`: a number of each year, never beside a total.
    """

    inlines: Inlines
    adverb: str = ""
    standard: bool = False
    holder: bool = False
    average: bool = False
    subject: str = ""

    @property
    def totals(self) -> bool:
        return bool(self.adverb)

    @property
    def figures(self) -> int:
        return sum(isinstance(inline, Figure) for inline in self.inlines)

    @property
    def length(self) -> int:
        return len(plain(self.inlines))


def about(fact: Fact, phrase: Phrase, clause: Clause) -> Clause:
    """The clause with what the fact brings before it: its subject, 累计 or 共, whether it is an average."""
    average = fact.topic.name.startswith(AVERAGES) or phrase.verb.startswith(AVERAGES)
    adverb = "" if fact.zero or phrase.shape != Shape.VERB else _adverb(fact, phrase)
    return replace(clause, subject=fact.topic.subject, average=average, adverb=adverb)


def _adverb(fact: Fact, phrase: Phrase) -> str:
    """累计 of what adds up over time, 共 of one period and of what is counted once; none where the verb
    says it already."""
    adds = fact.topic.measure in ("flow", "distinct") and fact.unit not in ("年", "个月", "%")
    if not adds or phrase.verb.startswith(UNCOUNTED):
        return ""
    return "累计" if fact.cumulative and fact.topic.measure == "flow" else "共"
