"""Facts: what may be said, each with the ledger rows that it stands on.

A fact is an approved entry, or is computed from facts by one operation that names its base. What
cannot be computed is no fact but an `Unsaid` with the reason, for the editor.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from tracker.language.numerals import round_half_up
from tracker.releases.patterns import Own

HUNDRED = Decimal(100)


class Op(StrEnum):
    """How a computed fact follows from its inputs; the value of each is its name in the tree."""

    SUM = "sum"
    DIFFERENCE = "difference"
    FROM_TO = "from_to"
    GROWTH = "growth"
    YEAR_ON_YEAR = "year_on_year"
    PERIOD_ON_PERIOD = "period_on_period"
    SHARE = "share"
    COMPLETION = "completion"
    OVER_TARGET = "over_target"
    WITHIN_LIMIT = "within_limit"
    AGAINST_PLAN = "against_plan"


@dataclass(frozen=True)
class Topic:
    """An indicator as far as words need it. `display` is 万, 亿 or empty; `own` the city's own clause.

    `clause` is the catalogue's 成句写法, its number as {数}; `subject` of whom it speaks: whole (全市),
    agency (whoever reported it) or none.
    """

    id: int
    name: str
    unit: str
    verb: str = ""
    measure: str = "flow"
    display: str = ""
    order: int = 0
    wholes: frozenset[int] = frozenset()
    clause: str = ""
    subject: str = "whole"
    own: Own | None = None


@dataclass(frozen=True)
class Fact:
    """`value` is in base units; `entries` are the ids of the ledger entries it stands on.

    `scale` is the 万 or 亿 of the unit as entered and `decimals` the digits after the point in it;
    None writes what the value needs. `base` and `as_of` are stored words, never guessed. `related`
    holds what was computed about this fact, by name: start, growth, year_on_year, completion ...;
    `asked` what was computed because a city's own pattern says it.
    """

    key: str
    topic: Topic
    value: Decimal
    entries: tuple[int, ...]
    unit: str
    scale: str = ""
    decimals: int | None = None
    qualifier: str = ""
    cumulative: bool = False
    zero: bool = False
    base: str = ""
    as_of: str = ""
    start_words: str = ""
    member: str = ""
    scope: str = ""
    must_say: bool = False
    role: str = "actual"
    op: Op | None = None
    related: tuple[tuple[str, "Fact"], ...] = ()
    asked: tuple[tuple[str, "Fact"], ...] = ()

    def about(self, name: str) -> "Fact | None":
        """The related fact of that name, none when it could not be computed."""
        return dict((*self.related, *self.asked)).get(name)


@dataclass(frozen=True)
class Unsaid:
    """What is not said, and why; for the editor."""

    subject: str
    reason: str
    entries: tuple[int, ...] = field(default=())

    def say(self) -> str:
        return f"“{self.subject}”{self.reason}"


Outcome = Fact | Unsaid


def _exact(op: str, *facts: Fact) -> Unsaid | None:
    """Qualified values are intervals: nothing exact follows from them."""
    for fact in facts:
        if fact.qualifier:
            reason = f"带有限定词“{fact.qualifier}”，未计算{op}。"
            return Unsaid(fact.topic.name, reason, fact.entries)
    return None


def percent(share: Decimal) -> Decimal:
    """Two digits at most; what is not whole is never rounded to 100 %."""
    rounded = round_half_up(share, 2)
    if rounded == HUNDRED and share < HUNDRED:
        return share.quantize(Decimal("0.01"), ROUND_DOWN)
    return rounded


def _derived(op: Op, of: Fact, value: Decimal, unit: str, role: str, *more: Fact) -> Fact:
    entries = tuple(dict.fromkeys([*of.entries, *(e for fact in more for e in fact.entries)]))
    return Fact(f"{of.key}_{op}", of.topic, value, entries, unit, role=role, op=op)


def growth(new: Fact, old: Fact) -> Outcome:
    """Per cent from `old` to `new`, of the unrounded values; negative for a fall."""
    if unsure := _exact("增幅", new, old):
        return unsure
    if old.value <= 0:
        return Unsaid(new.topic.name, "的基数不大于零，未计算增幅。", new.entries)
    change = (new.value - old.value) * HUNDRED / old.value
    return _derived(Op.GROWTH, new, round_half_up(change, 2), "%", "growth", old)


def changed(fact: Fact, rate: Decimal, base: tuple[int, ...], op: Op = Op.YEAR_ON_YEAR) -> Fact:
    """The change by the ledger's unrounded rate (0.125 is 12.5 %); `base`: the entries it rests on."""
    percent = round_half_up(rate * HUNDRED, 2)
    one = _derived(op, fact, percent, "%", "growth")
    return replace(one, entries=(*fact.entries, *base))


def from_to(fact: Fact, start: Decimal) -> Fact:
    """The value from which a standard was raised or lowered; it stands in the same entry."""
    return Fact(
        f"{fact.key}_start",
        fact.topic,
        start,
        fact.entries,
        fact.unit,
        fact.scale,
        role=fact.role,
        op=Op.FROM_TO,
    )


def pace(fact: Fact, ahead: Decimal) -> Fact:
    """Points of completion before or behind the calendar (序时); `ahead` is a fraction, 0.01 one point."""
    points = round_half_up(ahead * HUNDRED, 2)
    return _derived(Op.AGAINST_PLAN, fact, points, "百分点", "growth")


def share(part: Fact, whole: Fact) -> Outcome:
    """Per cent that a part is of its whole."""
    if unsure := _exact("占比", part, whole):
        return unsure
    if whole.value <= 0 or part.value > whole.value:
        return Unsaid(part.topic.name, "大于所属合计或合计为零，未计算占比。", part.entries)
    return _derived(
        Op.SHARE, part, percent(part.value * HUNDRED / whole.value), "%", "share", whole
    )


def total(key: str, topic: Topic, parts: Iterable[Fact], **words) -> Fact:
    """The sum of facts of one topic and unit; the caller knows that they may be added."""
    parts = tuple(parts)
    entries = tuple(dict.fromkeys(entry for part in parts for entry in part.entries))
    value = sum((part.value for part in parts), Decimal(0))
    return Fact(key, topic, value, entries, parts[0].unit, op=Op.SUM, **words)


def difference(more: Fact, less: Fact) -> Outcome:
    """By how much `more` exceeds `less`."""
    if unsure := _exact("差额", more, less):
        return unsure
    return _derived(Op.DIFFERENCE, more, more.value - less.value, more.unit, "actual", less)


@dataclass(frozen=True)
class Goal:
    """A stored target: `kind` as in the catalogue, `value` in base units."""

    kind: str
    value: Decimal | None
    year: int


def against(fact: Fact, goal: Goal) -> Iterable[tuple[str, Outcome]]:
    """What may be said about a fact and its target, by name; the target's kind decides.

    at_least: completion, and over_target where it is exceeded (two different facts);
    at_most: the limit and by how much it was kept; full coverage and the others are left to people.
    """
    if goal.value is None or goal.kind not in ("at_least", "at_most"):
        return
    if unsure := _exact("完成率", fact):
        yield "completion", unsure
        return
    limit = Fact(
        f"{fact.key}_goal",
        fact.topic,
        goal.value,
        fact.entries,
        fact.unit,
        fact.scale,
        role="target",
    )
    if goal.kind == "at_most":
        yield from _within(fact, limit)
    elif goal.value > 0:
        yield from _completion(fact, limit)


def _within(fact: Fact, limit: Fact) -> Iterable[tuple[str, Outcome]]:
    if fact.value > limit.value:
        yield "limit", Unsaid(fact.topic.name, "超过控制目标，请编辑斟酌表述。", fact.entries)
        return
    yield "limit", limit
    yield (
        "below_limit",
        _derived(Op.WITHIN_LIMIT, fact, limit.value - fact.value, fact.unit, "actual"),
    )


def _completion(fact: Fact, goal: Fact) -> Iterable[tuple[str, Outcome]]:
    done = fact.value * HUNDRED / goal.value
    yield "goal", goal
    yield "completion", _derived(Op.COMPLETION, fact, percent(done), "%", "share")
    if done > HUNDRED:
        yield "over_target", _derived(Op.OVER_TARGET, fact, percent(done - HUNDRED), "%", "growth")
