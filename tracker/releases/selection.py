"""What is weighty: which facts a talk puts at its head, and what stands in the annexed table instead."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Material, Programme
from tracker.releases.wording.names import Shape, phrase_of

from .bundles import CORE, core, ranked
from .weighing import moved, numbers, weight

__all__ = [
    "concise", "flagship", "headline", "leading", "leads", "left_out", "moved", "named", "numbers",
    "to_the_point", "usual_period", "weight", "within_quota",
]  # fmt: skip

MOST_HEADLINES, FEWEST_HEADLINES, ENOUGH_FACTS, ENOUGH_PROGRAMMES = 4, 2, 12, 5
SMALL = 100
FEWEST_FIGURES, MOST_FIGURES = 12, 47  # as many as the shortest and the longest talks hold
PER_THOUSAND = (
    15  # figures in so many characters that words and figures make; the talks then hold 12
)
A_FIGURE, A_FRAME = 15, 200  # characters of a figure with its noun, of a greeting and a lead
ENOUGH_NUMBERS = 3  # serve one point
SPOKEN = ("practice", "case", "honour", "next")


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


def within_quota(one: Contributor, *, spoken: bool = True) -> tuple[Contributor, tuple[Fact, ...]]:
    """The agency with as many figures as a text bears, and those for the table.

    What must be said goes to the table only where even that alone is more than the text bears. What is
    read, not heard, keeps of every programme what is to the point.
    """
    if sum(map(numbers, one.facts)) <= room(one):
        return one, ()
    sparing = replace(one, programmes=tuple(to_the_point(p, one) for p in one.programmes))
    dropped = _surplus(sparing, bears_all_that_must(one)) if spoken else set()
    programmes = tuple(
        replace(p, facts=tuple(fact for fact in p.facts if fact.key not in dropped))
        for p in sparing.programmes
    )
    return replace(one, programmes=programmes), left_out(one, programmes)


def _surplus(one: Contributor, spares_musts: bool) -> set[str]:
    """Keys of the facts that find no room, by whole matters: of every programme what came of it and what
    went into it stay before its third point, then what came of it alone, then the weightier programmes."""
    surplus = sum(map(numbers, one.facts)) - room(one)
    dropped: set[str] = set()
    taken: list[tuple[int, list[Fact]]] = []
    for programme, least in _least_first(one):
        stays = core(programme, least)
        found = [f for f in programme.facts if f.key not in stays | dropped]
        if surplus > 0 and not any(_is_held(programme, f, spares_musts) for f in found):
            taken.append((programme.id, found))
            dropped |= {fact.key for fact in found}
            surplus -= sum(map(numbers, found))
    return dropped - set(_given_back(taken, -surplus))


def _given_back(taken: Sequence[tuple[int, Sequence[Fact]]], left: int) -> Iterator[str]:
    """Of the matters that were taken away, the last ones for which there is room after all; none of a
    programme whose first matter stays away."""
    gone: set[int] = set()
    for programme, found in reversed(taken):
        size = sum(map(numbers, found))
        if size > left or programme in gone:
            gone.add(programme)
        else:
            left -= size
            yield from (fact.key for fact in found)


def _is_held(programme: Programme, fact: Fact, spares_musts: bool) -> bool:
    return named(programme, fact) or (spares_musts and fact.must_say)


def _least_first(one: Contributor) -> list[tuple[Programme, int]]:
    """The programmes, least weighty first, with how many of their matters stay: two, one, none."""
    ranked = sorted((p for p in one.programmes if p.facts), key=lambda p: max(map(weight, p.facts)))
    return [(programme, least) for least in (CORE, 1, 0) for programme in ranked]


def to_the_point(programme: Programme, one: Contributor) -> Programme:
    """What must be said where the agency's text bears it, what the city's own sentence names, and the
    weightiest matters as long as few numbers serve the point."""
    forced = bears_all_that_must(one)
    kept = [f for f in programme.facts if (forced and f.must_say) or named(programme, f)]
    for bundle in ranked(programme):
        more = [fact for fact in bundle if fact not in kept]
        if (
            more
            and _fits(more, kept, programme)
            and not any(_orphan(f, [*kept, *more]) for f in more)
        ):
            kept += more
    keys = {fact.key for fact in kept}
    return replace(programme, facts=tuple(f for f in programme.facts if f.key in keys))


def _fits(more: Sequence[Fact], kept: Sequence[Fact], programme: Programme) -> bool:
    """Few numbers serve one point; the first matter may bring more of them along, and the last number
    of a programme is not left out alone."""
    if all(map(moved, more)) or not kept:
        return True
    said = [one for one in (*kept, *more) if not moved(one)]
    all_said = len(kept) + len(more) == len(programme.facts)
    return sum(map(numbers, said)) <= ENOUGH_NUMBERS + all_said


def _orphan(fact: Fact, kept: Sequence[Fact]) -> bool:
    """A part is not said without its whole."""
    return bool(fact.topic.wholes) and not fact.topic.wholes & {one.topic.id for one in kept}


def bears_all_that_must(one: Contributor) -> bool:
    """Whether the agency's text has room for every figure that must be said; its table holds the others."""
    return sum(numbers(fact) for fact in one.facts if fact.must_say) <= room(one)


def room(one: Contributor) -> int:
    """How many figures the agency's words carry; they count as well when it says them again in the lead."""
    words = A_FRAME + sum(
        len(said.text) for p in one.programmes for said in p.words if said.kind in SPOKEN
    )
    carried = words * PER_THOUSAND // (1000 - PER_THOUSAND * A_FIGURE) - len(headline(one))
    return min(max(carried, FEWEST_FIGURES), MOST_FIGURES)


def concise(
    material: Material, *, spoken: bool = False
) -> tuple[Material, dict[int, tuple[Fact, ...]]]:
    """The material with what its texts bear, and by agency what is left for the table."""
    within = [within_quota(one, spoken=spoken) for one in material.contributors]
    kept = replace(material, contributors=tuple(one for one, _ in within))
    return kept, {one.id: left for one, left in within}


def left_out(one: Contributor, said: Sequence[Programme]) -> tuple[Fact, ...]:
    """The agency's facts that none of these programmes says, in the catalogue's order."""
    kept = {fact.key for programme in said for fact in programme.facts}
    return tuple(fact for fact in one.facts if fact.key not in kept)


def named(programme: Programme, fact: Fact) -> bool:
    """The city's own sentence about the programme speaks of it."""
    own = programme.own
    return own is not None and fact.topic.id in own.indicators and not (fact.member or fact.scope)


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
    """It has a verb and a doer of its own, no date that the lead would hide, and sums over the whole time."""
    simple = not (fact.related or fact.zero or fact.member or fact.scope or fact.topic.wholes)
    return (
        simple
        and fact.value >= SMALL
        and fact.cumulative
        and phrase_of(fact.topic).shape == Shape.VERB
        and fact.role == "actual"
        and fact.topic.subject != "none"
    )
