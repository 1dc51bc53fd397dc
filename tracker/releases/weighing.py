"""How much a figure weighs: what must be said first, then people, then money, then what is large."""

from tracker.language.units import UnitClass, unit_class
from tracker.releases.facts import Fact

_WEIGHT = {UnitClass.PERSON: 3, UnitClass.ATTENDANCE: 3, UnitClass.HOUSEHOLD: 3, UnitClass.MONEY: 2}
_RAISED = 2  # what was raised is news as money is


def weight(fact: Fact) -> tuple:
    kind = _RAISED if moved(fact) else _WEIGHT.get(unit_class(fact.unit), 1)
    return (fact.must_say, kind, fact.value, fact.key)


def moved(fact: Fact) -> bool:
    """从…提高至…，增长…: two or three numbers that are one point by themselves."""
    return fact.about("start") is not None


def numbers(fact: Fact) -> int:
    """How many numbers the text gets when the fact is said: its own, the start, the growth …"""
    return 1 + len(fact.related)
