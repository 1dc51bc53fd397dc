"""Figures side by side: lists of one verb, and the parts that follow their whole."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from tracker.documents.tree import Inline, Inlines, Text
from tracker.releases.facts import Fact
from tracker.releases.patterns import render
from tracker.releases.patterns.rendering import merged

from .defaults import PATTERNS
from .names import Shape, part_name, phrase_of
from .single import in_its_clause, slots_of, worded
from .verbs import COUNTERS
from .voice import Voice

_QUOTED = re.compile(r"“[^“”]{1,20}”")


def listed(run: Sequence[Fact], voice: Voice) -> Inlines:
    """甲3个、乙5家; figures of one noun stand side by side (3批4人)."""
    groups = [(name, list(same)) for name, same in groupby(run, _item_name)]
    shared = _shared([name for name, _ in groups], voice.material.region)
    inlines: list[Inline] = []
    for number, (name, same) in enumerate(groups):
        inlines += [Text("、")] if number else []
        said = name.removeprefix(shared) if number else name
        inlines += [voice.words(said), *_side_by_side(same, voice)]
    return merged(inlines)


def _shared(names: Sequence[str], region: str) -> str:
    """“出彩人家” or the place, with which all these names begin: it is said once."""
    quoted = _QUOTED.match(names[0])
    for shared in (quoted[0] if quoted else "", region):
        rests = [name.removeprefix(shared) for name in names]
        if shared and all(name.startswith(shared) for name in names) and all(rests):
            return shared
    return ""


def _side_by_side(same: list[Fact], voice: Voice) -> list[Inline]:
    """三批4人; in one unit they would run into one number."""
    inlines: list[Inline] = [voice.figure(same[0])]
    for before, fact in pairwise(same):
        inlines += [Text("、")] if before.unit == fact.unit else []
        inlines.append(voice.figure(fact))
    return inlines


def _item_name(fact: Fact) -> str:
    phrase = phrase_of(fact.topic)
    noun = phrase.thing if phrase.shape == Shape.VERB else phrase.noun
    return f"{fact.scope}{fact.member}{noun}"


def of_which(parts: Sequence[Fact], voice: Voice) -> Inlines:
    """其中甲3个、乙5家; a part that is a clause of its own keeps its shape."""
    if not parts:
        return ()
    inlines: list[Inline] = [Text("，其中")]
    for number, fact in enumerate(parts):
        inlines += [Text("、")] if number else []
        inlines += _part(fact, voice)
    return tuple(inlines)


def _part(fact: Fact, voice: Voice) -> Inlines:
    phrase = phrase_of(fact.topic)
    if worded(fact):
        return in_its_clause(fact, voice)
    if phrase.shape == Shape.HOLDER and fact.unit in COUNTERS:
        return render(PATTERNS["holder"], slots_of(fact, phrase, voice), voice.chooser)
    name = fact.member or part_name(fact.topic.name)
    return (voice.words(f"{fact.scope}{name}"), voice.figure(fact))
