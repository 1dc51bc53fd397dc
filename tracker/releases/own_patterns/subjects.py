"""What a pattern is about, a programme or an indicator, and the slots that it may have."""

import re
from dataclasses import dataclass, field

from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Indicator, Programme
from tracker.releases.patterns.own import CLAUSE_WORDS, OPERATIONS, SENTENCE_WORDS, VALUE

_OUTSIDE_A_NAME = re.compile(r"[^\w“”（）()·-]")
LONGEST = 60
# The others are told of the whole figure only.
OF_A_MEMBER = ("占比",)


@dataclass(frozen=True)
class Offer:
    """One slot on the editor's page: what is inserted, and what it brings."""

    text: str
    says: str


@dataclass(frozen=True)
class Subject:
    """A programme with its indicators, or one indicator; `names` are the slots that bring a figure.

    `members`: those slots that bring the figure of one member of a breakdown, and which.
    """

    record: Programme | Indicator
    names: dict[str, Indicator]
    members: dict[str, str] = field(default_factory=dict)

    @property
    def is_programme(self) -> bool:
        return isinstance(self.record, Programme)

    @property
    def programme(self) -> Programme:
        return self.record if self.is_programme else self.record.programme

    @property
    def key(self) -> str:
        """p12 or i34: how an address names it."""
        return f"{'p' if self.is_programme else 'i'}{self.record.pk}"

    @property
    def title(self) -> str:
        return f"{'项目' if self.is_programme else '指标'}“{self.record.name}”"

    @property
    def words(self) -> dict[str, str]:
        return SENTENCE_WORDS if self.is_programme else CLAUSE_WORDS

    @property
    def known(self) -> dict[str, tuple[str, ...]]:
        """Every name that a slot may have, with its operations."""
        figures = dict.fromkeys(self.names, tuple(OPERATIONS))
        figures |= dict.fromkeys(self.members, OF_A_MEMBER)
        return figures | dict.fromkeys(self.words, ())

    @property
    def protected(self) -> tuple[str, ...]:
        """Names that may hold a numeral in the text of the pattern."""
        own = filter(None, (self.programme.protected_name, self.programme.name))
        return (*own, *names_kept_whole())

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple({one.pk: one for one in self.names.values()}.values())

    def offers(self) -> list[Offer]:
        """A button for each indicator by its first name and for each of its members, then the words."""
        first: dict[tuple[int, str], Offer] = {}
        for name, one in self.names.items():
            member = self.members.get(name, "")
            says = f"{one.name}{'·' if member else ''}{member}（{one.entry_unit}）"
            first.setdefault((one.pk, member), Offer(f"{{{name}}}", says))
        words = [Offer(f"{{{name}}}", says) for name, says in self.words.items()]
        return [*first.values(), *words]

    def operations(self) -> list[Offer]:
        return [Offer(f".{name}", says) for name, says in OPERATIONS.items()]


def subject_of(record: Programme | Indicator) -> Subject:
    """The subject with its slots; an indicator's one figure is called 数 as well as by its name."""
    if isinstance(record, Indicator):
        return Subject(record, {VALUE: record, **_names([record], set(CLAUSE_WORDS) | {VALUE})})
    rows = record.indicators.filter(active=True).select_related("unit").order_by("order", "pk")
    names = _names(list(rows), set(SENTENCE_WORDS))
    parts = _members(names)
    whole = {name: indicator for name, (indicator, _) in parts.items()}
    return Subject(record, names | whole, {name: member for name, (_, member) in parts.items()})


def _members(names: dict[str, Indicator]) -> dict[str, tuple[Indicator, str]]:
    """{学生数·本科} for each member of a breakdown; none where two would be called the same."""
    found: dict[str, list[tuple[Indicator, str]]] = {}
    for name, indicator in names.items():
        for member in indicator.members:
            key = f"{name}·{slot_name(member)}"[:LONGEST]
            found.setdefault(key, []).append((indicator, member))
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1 and key not in names}


def _names(indicators: list[Indicator], taken: set[str]) -> dict[str, Indicator]:
    """Name, aliases and code of each, as far as they lead to one indicator and are no word."""
    found: dict[str, list[Indicator]] = {}
    for of in (lambda one: [one.name], lambda one: one.aliases, lambda one: [one.code]):
        for one in indicators:
            for name in dict.fromkeys(map(slot_name, of(one))):
                if one not in found.setdefault(name, []):
                    found[name].append(one)
    fit = {name: rows for name, rows in found.items() if name and name not in taken}
    return {name: rows[0] for name, rows in fit.items() if len(rows) == 1}


def slot_name(name: str) -> str:
    """The name without the signs that no slot may hold."""
    return _OUTSIDE_A_NAME.sub("", name)[:LONGEST]
