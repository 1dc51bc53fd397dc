"""What leads a text: who did what, and one or two figures of one time, each behind the name of whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.documents.tree import Inline, Inlines, Text
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import leads, usual_period, weight

from .clauses import clauses
from .names import phrase_of
from .sentences import Timeline
from .titles import title_of
from .voice import Voice

MOST_LEADING, MOST_DEEDS = 2, 4
# What came of it for others: many had a part in it, no one body may lead with it as its own deed.
EFFECTS = ("惠及", "受益", "覆盖", "带动", "挽回", "吸纳", "辐射")


@dataclass(frozen=True)
class Leader:
    """A figure that may lead, and whose it is."""

    one: Contributor
    fact: Fact

    @property
    def period(self) -> tuple[str, str]:
        return self.fact.base, self.fact.as_of

    @property
    def rank(self) -> tuple:
        """What has a period and is the body's own deed comes first, then what weighs most."""
        verb = phrase_of(self.fact.topic).verb
        return any(self.period), not verb.startswith(EFFECTS), weight(self.fact)


def leaders(contributors: Sequence[Contributor]) -> list[Leader]:
    """The weightiest figure, and with it another one of the same time, of another body if there is one."""
    found = [Leader(one, fact) for one in contributors for fact in _fit(one)]
    if not found:
        return []
    first = max(found, key=lambda leader: leader.rank)
    others = [one for one in found if one.period == first.period and _differs(one, first)]
    others.sort(key=lambda one: (one.one.id != first.one.id, one.rank), reverse=True)
    kept = [first, *(one for one in others if one.rank[1])][:MOST_LEADING]
    return [one for one in found if one in kept]


def _fit(one: Contributor) -> list[Fact]:
    period = usual_period(one.facts) if one.facts else None
    return [fact for fact in one.facts if leads(fact) and (fact.base, fact.as_of) == period]


def _differs(one: Leader, other: Leader) -> bool:
    return one.fact.topic.id != other.fact.topic.id and (
        one.one.id != other.one.id
        or phrase_of(one.fact.topic).verb != phrase_of(other.fact.topic).verb
    )


def led_by(contributors: Sequence[Contributor], voice: Voice, *, named: bool = True) -> Inlines:
    """脱贫攻坚战以来，市总工会累计培训…，救助…。 One sentence; nothing where no figure can lead.

    `named`: whose it is stands there; not where the sentence before has said it.
    """
    found = leaders(contributors)
    if not found:
        return ()
    inlines: list[Inline] = [*Timeline().opening([one.fact for one in found])]
    before = None
    for number, leader in enumerate(found):
        inlines += [Text("，")] if number else []
        if before is None or before.id != leader.one.id:
            inlines += [voice.agency(leader.one)] if named else []
            inlines.append(Text(adverb(leader.fact)))
        inlines += clauses([leader.fact], voice, framed=True)[0].inlines
        before = leader.one
    return merged([*inlines, Text("。")])


def adverb(fact: Fact) -> str:
    """累计 or 共, where the verb does not say it already."""
    if phrase_of(fact.topic).verb.startswith(("年均", "月均", "累计")):
        return ""
    return "累计" if fact.cumulative else "共"


def deeds(done: Sequence[tuple[Contributor, Programme]], voice: Voice) -> Inlines:
    """市总工会开展扶持创业行动，团市委实施“希望工程”救助项目。 Who does what, four to a sentence."""
    inlines: list[Inline] = []
    for number, (one, programme) in enumerate(done, 1):
        inlines += [voice.agency(one), voice.words(title_of(programme))]
        inlines.append(Text("。" if number == len(done) or not number % MOST_DEEDS else "，"))
    return merged(inlines)


def foremost(one: Contributor) -> Programme | None:
    """The programme that stands for the agency: the one with the weightiest figure, else its first."""
    counted = [programme for programme in one.programmes if programme.facts]
    if not counted:
        return next(iter(one.programmes), None)
    return max(counted, key=lambda programme: max(map(weight, programme.facts)))
