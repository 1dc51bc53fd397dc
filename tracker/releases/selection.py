"""What is weighty: which facts a talk puts at its head, and what stands in the annexed table instead."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tracker.language.units import UnitClass, unit_class
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Material, Programme
from tracker.releases.wording.names import Shape, phrase_of

MOST_HEADLINES, FEWEST_HEADLINES, ENOUGH_FACTS, ENOUGH_PROGRAMMES = 4, 2, 12, 5
SMALL = 100
FEWEST_FIGURES, MOST_FIGURES = 12, 47  # as many as the shortest and the longest talks hold
PER_THOUSAND = (
    14  # figures in so many characters that words and figures make; the talks then hold 12
)
A_FIGURE, A_FRAME = 15, 200  # characters of a figure with its noun, of a greeting and a lead
ENOUGH_NUMBERS = 3  # serve one point
SPOKEN = ("practice", "case", "honour", "next")
_WEIGHT = {UnitClass.PERSON: 3, UnitClass.ATTENDANCE: 3, UnitClass.HOUSEHOLD: 3, UnitClass.MONEY: 2}
_RAISED = 2  # what was raised is news as money is


def headline(one: Contributor) -> tuple[Fact, ...]:
    """Up to four weighty facts of different programmes and verbs, in the order of the body."""
    counted = [programme for programme in one.programmes if programme.facts]
    if len(one.facts) < ENOUGH_FACTS or len(counted) < ENOUGH_PROGRAMMES:
        return ()
    period = usual_period(one.facts)
    best = [one for programme in counted if (one := _best(programme.facts, period))]
    by_verb: dict[str, Fact] = {}
    for fact in sorted(best, key=weight, reverse=True):
        by_verb.setdefault(phrase_of(fact.topic).verb, fact)
    chosen = list(by_verb.values())[:MOST_HEADLINES]
    return tuple(fact for fact in best if fact in chosen) if len(chosen) >= FEWEST_HEADLINES else ()


def flagship(one: Contributor) -> Programme | None:
    """The programme that opens the talk of an agency with little to report: its first, if it tells much."""
    if len(one.facts) >= ENOUGH_FACTS or not one.programmes:
        return None
    first, others = one.programmes[0], one.programmes[1:]
    return first if len(first.facts) >= 3 and sum(bool(p.facts) for p in others) >= 3 else None


def within_quota(one: Contributor) -> tuple[Contributor, tuple[Fact, ...]]:
    """The agency with as many figures as a text bears, and those for the table.

    What must be said goes to the table only where even that alone is more than the text bears.
    """
    if sum(map(numbers, one.facts)) <= room(one):
        return one, ()
    sparing = replace(one, programmes=tuple(to_the_point(p, one) for p in one.programmes))
    dropped = _surplus(sparing, bears_all_that_must(one))
    programmes = tuple(
        replace(p, facts=tuple(fact for fact in p.facts if fact.key not in dropped))
        for p in sparing.programmes
    )
    return replace(one, programmes=programmes), left_out(one, programmes)


def _surplus(one: Contributor, spares_musts: bool) -> set[str]:
    """Keys of the facts that find no room: the least weighty ones, of each programme its weightiest last."""
    surplus = sum(map(numbers, one.facts)) - room(one)
    dropped = set()
    for fact in _least_first(one):
        if surplus > 0 and not (spares_musts and fact.must_say):
            dropped.add(fact.key)
            surplus -= numbers(fact)
    return dropped


def _least_first(one: Contributor) -> list[Fact]:
    """Third facts of the programmes before second ones, and those before the ones that alone stand for theirs."""
    ranked = [
        (-place, weight(fact), fact)
        for programme in one.programmes
        for place, fact in enumerate(
            sorted(
                programme.facts, key=lambda one: (named(programme, one), weight(one)), reverse=True
            )
        )
    ]
    return [fact for *_, fact in sorted(ranked, key=lambda rank: rank[:2])]


def bears_all_that_must(one: Contributor) -> bool:
    """Whether the agency's text has room for every figure that must be said; its table holds the others."""
    return sum(numbers(fact) for fact in one.facts if fact.must_say) <= room(one)


def room(one: Contributor) -> int:
    """How many figures the agency's words carry; they count as well when it says them again in the lead."""
    words = A_FRAME + sum(
        len(said.text) for p in one.programmes for said in p.words if said.kind in SPOKEN
    )
    carried = words * PER_THOUSAND // (1000 - PER_THOUSAND * A_FIGURE) - MOST_HEADLINES
    return min(max(carried, FEWEST_FIGURES), MOST_FIGURES)


def concise(material: Material) -> tuple[Material, dict[int, tuple[Fact, ...]]]:
    """The material with what its texts bear, and by agency what is left for the table."""
    within = [within_quota(one) for one in material.contributors]
    kept = replace(material, contributors=tuple(one for one, _ in within))
    return kept, {one.id: left for one, left in within}


def left_out(one: Contributor, said: Sequence[Programme]) -> tuple[Fact, ...]:
    """The agency's facts that none of these programmes says, in the catalogue's order."""
    kept = {fact.key for programme in said for fact in programme.facts}
    return tuple(fact for fact in one.facts if fact.key not in kept)


def to_the_point(programme: Programme, one: Contributor) -> Programme:
    """What must be said where the agency's text bears it, what the city's own sentence names, and the
    weightiest as long as few numbers serve the point."""
    forced = bears_all_that_must(one)
    kept = [f for f in programme.facts if (forced and f.must_say) or named(programme, f)]
    for fact in sorted(programme.facts, key=weight, reverse=True):
        if fact not in kept and _fits(fact, kept) and not _orphan(fact, kept):
            kept.append(fact)
    keys = {fact.key for fact in kept}
    return replace(programme, facts=tuple(f for f in programme.facts if f.key in keys))


def named(programme: Programme, fact: Fact) -> bool:
    """The city's own sentence about the programme speaks of it."""
    own = programme.own
    return own is not None and fact.topic.id in own.indicators and not (fact.member or fact.scope)


def moved(fact: Fact) -> bool:
    """从…提高至…，增长…: two or three numbers that are one point by themselves."""
    return fact.about("start") is not None


def _fits(fact: Fact, kept: Sequence[Fact]) -> bool:
    """Few numbers serve one point; the first one may bring more of them along."""
    others = [one for one in (*kept, fact) if not moved(one)]
    return moved(fact) or len(others) == 1 or sum(map(numbers, others)) <= ENOUGH_NUMBERS


def _orphan(fact: Fact, kept: Sequence[Fact]) -> bool:
    """A part is not said without its whole."""
    return bool(fact.topic.wholes) and not fact.topic.wholes & {one.topic.id for one in kept}


def numbers(fact: Fact) -> int:
    """How many numbers the text gets when the fact is said: its own, the start, the growth …"""
    return 1 + len(fact.related)


def leading(contributors: Sequence[Contributor]) -> tuple[Fact, ...]:
    """One weighty figure an agency for the lead, four at most, in the order of the agencies.

    Each is of the period that most of its agency's figures share; the lead says it where it changes.
    """
    found = [fact for one in contributors if (fact := _leader(one))]
    chosen = sorted(found, key=weight, reverse=True)[:MOST_HEADLINES]
    return tuple(fact for fact in found if fact in chosen)


def _leader(one: Contributor) -> Fact | None:
    if not one.facts:
        return None
    period = usual_period(one.facts)
    fit = [fact for fact in one.facts if leads(fact) and (fact.base, fact.as_of) == period]
    return max(fit, key=weight, default=None)


def usual_period(facts: Sequence[Fact]) -> tuple[str, str]:
    """The base and as-of that most facts share: no total is said without its period."""
    periods = Counter((fact.base, fact.as_of) for fact in facts)
    return max(periods, key=lambda period: (periods[period], period))


def _best(facts: Sequence[Fact], period: tuple[str, str]) -> Fact | None:
    fit = [fact for fact in facts if leads(fact) and (fact.base, fact.as_of) == period]
    return max(fit, key=weight, default=None)


def leads(fact: Fact) -> bool:
    """It has a verb of its own, no date that the lead would hide, and sums over the whole time."""
    simple = not (fact.related or fact.zero or fact.member or fact.scope or fact.topic.wholes)
    return (
        simple
        and fact.value >= SMALL
        and fact.cumulative
        and phrase_of(fact.topic).shape == Shape.VERB
        and fact.role == "actual"
    )


def weight(fact: Fact) -> tuple:
    kind = _RAISED if moved(fact) else _WEIGHT.get(unit_class(fact.unit), 1)
    return (fact.must_say, kind, fact.value, fact.key)
