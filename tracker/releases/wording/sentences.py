"""Clauses into sentences: the period first, 累计 or 共 once, no sentence too long or too full."""

from collections.abc import Sequence

from tracker.documents.tree import Inline, Inlines, Text
from tracker.releases.facts import Fact
from tracker.releases.patterns.rendering import merged

from .clauses import Clause
from .timeline import Timeline
from .voice import Voice

__all__ = ["Timeline", "by_period", "sentences"]

WHOLE = "whole"
MOST_FIGURES, MOST_CHARACTERS, MOST_IN_A_LIST = 6, 78, 118


def by_period(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Neighbours of one base and as-of together; a part stays with its whole."""
    groups: list[list[Fact]] = []
    for fact in facts:
        if groups and (groups[-1][-1].base, groups[-1][-1].as_of) == (fact.base, fact.as_of):
            groups[-1].append(fact)
        else:
            groups.append([fact])
    return groups


def sentences(
    made: Sequence[Clause], opening: Inlines, voice: Voice, timeline: Timeline | None = None
) -> Inlines:
    """The clauses as one or more sentences, each closed by 。; `timeline` knows of whom was spoken."""
    timeline = timeline or Timeline()
    inlines: list[Inline] = []
    for number, group in enumerate(_groups(made)):
        inlines += opening if number == 0 else (_then(voice),)
        inlines += _sentence(group, voice, timeline)
    return merged(inlines)


def _groups(made: Sequence[Clause]) -> list[list[Clause]]:
    groups: list[list[Clause]] = []
    for clause in made:
        if not groups or _full([*groups[-1], clause]) or _apart(groups[-1][0], clause):
            groups.append([])
        groups[-1].append(clause)
    return groups


def _apart(first: Clause, clause: Clause) -> bool:
    """A standard and a sum never share a sentence."""
    return first.standard != clause.standard


def _full(group: Sequence[Clause]) -> bool:
    """Lists of standards keep their parallel shape and may be longer."""
    longest = MOST_IN_A_LIST if all(clause.standard for clause in group) else MOST_CHARACTERS
    return (
        sum(clause.figures for clause in group) > MOST_FIGURES
        or sum(clause.length for clause in group) > longest
    )


def _then(voice: Voice) -> Text:
    return Text(voice.pick("then", ("", "同时，")))


def _sentence(group: Sequence[Clause], voice: Voice, timeline: Timeline) -> list[Inline]:
    mark = Text("；" if len(group) > 2 and all(c.standard for c in group) else "，")
    inlines: list[Inline] = [Text(_before(group, voice, timeline))]
    for number, clause in enumerate(group):
        inlines += [mark] if number else []
        # 年均培训2万人次，累计安置20万人次: what is no average any more says so.
        inlines += (
            [Text(clause.adverb)] if number and _ends_average(group[number - 1], clause) else []
        )
        inlines += clause.inlines
    return [*inlines, Text("。")]


def _ends_average(before: Clause, clause: Clause) -> bool:
    return before.average and not clause.average


def _before(group: Sequence[Clause], voice: Voice, timeline: Timeline) -> str:
    """全市累计, 累计 ... as far as the first clause bears it; 全市 once, until another is spoken of."""
    first = group[0]
    whole = voice.material.whole if first.subject == WHOLE else ""
    if first.standard and len(group) > 1 or not (first.standard or first.holder or first.totals):
        return ""
    return timeline.subject(first.subject, whole) + first.adverb
