"""What is weighty: which facts a talk puts at its head, and what is not said at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tracker.language.units import UnitClass, unit_class
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.wording.names import Shape, phrase_of

MOST_HEADLINES, FEWEST_HEADLINES, ENOUGH_FACTS, ENOUGH_PROGRAMMES = 4, 2, 12, 5
SMALL = 100
MOST_FIGURES = 47  # as many as the longest talks hold
_WEIGHT = {UnitClass.PERSON: 3, UnitClass.ATTENDANCE: 3, UnitClass.HOUSEHOLD: 3, UnitClass.MONEY: 2}


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
    """The agency with no more facts than a talk bears, and those left out: never one that must be said."""
    surplus = len(one.facts) - MOST_FIGURES
    free = sorted((fact for fact in one.facts if not fact.must_say), key=weight)
    left_out = tuple(free[: max(surplus, 0)])
    programmes = tuple(
        replace(p, facts=tuple(fact for fact in p.facts if fact not in left_out))
        for p in one.programmes
    )
    return (replace(one, programmes=programmes), left_out) if left_out else (one, ())


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
    return (fact.must_say, _WEIGHT.get(unit_class(fact.unit), 1), fact.value, fact.key)
