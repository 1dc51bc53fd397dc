"""Figures that are one matter: the text says them together or leaves all of them to the table."""

from collections.abc import Sequence

from tracker.language.units import UnitClass, unit_class
from tracker.releases.facts import Fact
from tracker.releases.material import Programme

from .weighing import moved, numbers, weight

Bundle = tuple[Fact, ...]
LARGEST = 4  # more than these are a table of their own
CORE = 2  # first what came of it, then what went into it


def bundles(facts: Sequence[Fact]) -> list[Bundle]:
    """In the catalogue's order: a whole with its parts, steps of one standard, what was done alike."""
    groups: list[list[Fact]] = []
    for fact in facts:
        mine = [group for group in groups if any(_belong(fact, one) for one in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([one for group in mine for one in group] + [fact])
    place = {fact.key: number for number, fact in enumerate(facts)}
    made = [piece for group in groups for piece in _pieces(group)]
    return sorted(made, key=lambda bundle: place[bundle[0].key])


def _pieces(group: list[Fact]) -> list[Bundle]:
    return [tuple(group)] if len(group) <= LARGEST else [(fact,) for fact in group]


def _belong(one: Fact, other: Fact) -> bool:
    if one.topic.id == other.topic.id:
        return True
    if one.topic.id in other.topic.wholes or other.topic.id in one.topic.wholes:
        return True
    if moved(one) or moved(other):
        return moved(one) and moved(other) and one.unit == other.unit
    alike = (one.topic.verb, one.base, one.as_of) == (other.topic.verb, other.base, other.as_of)
    return alike and bool(one.topic.verb) and _is_money(one) == _is_money(other)


def _is_money(fact: Fact) -> bool:
    return unit_class(fact.unit) == UnitClass.MONEY and not moved(fact)


def worth(bundle: Bundle) -> tuple:
    """By its weightiest figure."""
    return max(weight(fact) for fact in bundle)


def size(bundle: Bundle) -> int:
    """How many numbers the text gets when it is said."""
    return sum(map(numbers, bundle))


def ranked(programme: Programme) -> list[Bundle]:
    """What the text takes first: what came of it, behind whoever did it; what went into it; the rest."""
    every = bundles(programme.facts)
    by_worth = sorted(every, key=worth, reverse=True)
    owed = [one for one in by_worth if worth(one)[0]] or by_worth
    inputs = [one for one in owed if any(map(_is_money, one))][:1]
    return list(dict.fromkeys([*_foremost(every, owed), *inputs, *by_worth]))


def _foremost(every: Sequence[Bundle], owed: Sequence[Bundle]) -> list[Bundle]:
    """One matter, or two where one of them is what others did: nobody would know who."""
    outputs = [one for one in owed if not any(map(_is_money, one))]
    effects = [one for one in owed if _is_effect(one)]
    doers = [one for one in every if not _is_effect(one)]
    if effects and doers:
        first = next((one for one in outputs if not _is_effect(one)), doers[0])
        return [first, effects[0]]
    return list(outputs or owed)[:1]


def _is_effect(bundle: Bundle) -> bool:
    """惠及困难群众363.6万人: of somebody whom the figure before it names."""
    return all(fact.topic.subject == "none" for fact in bundle)


def core(programme: Programme, least: int) -> set[str]:
    """Keys of the first bundles; an effect goes with its doer."""
    kept = ranked(programme)
    paired = len(kept) > 1 and _is_effect(kept[1]) and not _is_effect(kept[0])
    kept = kept[: least + paired if least else 0]
    return {fact.key for bundle in kept for fact in bundle}
