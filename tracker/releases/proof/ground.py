"""What may be quoted, laid out so that a figure finds it by value and by words. Pure: no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tracker.catalogue.spans import parse_key, previous_key, year_ago_key
from tracker.language.anchoring import Candidate, Facts
from tracker.language.gates import Formula, Official, Term
from tracker.language.rules import Rule
from tracker.releases.proof.verdicts import Source

_AGAIN = re.compile(r"_\d+$")


@dataclass(frozen=True)
class Kin:
    """What the catalogue declares about an indicator: its wholes and what it may not exceed (ids).

    `flow`: it counts what was done in its span; `lasting`: it holds until it is replaced.
    """

    wholes: frozenset[int] = frozenset()
    not_above: frozenset[int] = frozenset()
    parts_complete: bool = False
    lasting: bool = False
    flow: bool = False
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Aim:
    """A year's target of an indicator at a region; `kind` as in the catalogue."""

    key: str
    kind: str
    value: Decimal | None
    year: int


@dataclass(frozen=True)
class Place:
    """A part of the region, by all its names; `division`: of the state, not a reporting area only."""

    names: tuple[str, ...]
    division: bool = True


@dataclass(frozen=True)
class Ground:
    """Sources that stand, those that no longer do, targets by (indicator, region), declared kinship.

    `region` is a code and `span` a key: what the text is about. `names` may hold numerals. `places` are
    the parts of the region by their codes. `cells` are known by their nodes alone: a cell of a table says
    by its row what it is about. `usage`: the city's own rules of wording; `range_mark`: the one it prints.
    """

    region: str
    span: str
    sources: tuple[Source, ...]
    gone: tuple[Source, ...] = ()
    aims: Mapping[tuple[int, str], Aim] = field(default_factory=dict)
    kin: Mapping[int, Kin] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    aliases: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    formulas: tuple[Formula, ...] = ()
    officials: tuple[Official, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    cells: tuple[Source, ...] = ()
    usage: tuple[Rule, ...] = ()
    range_mark: str = ""

    @cached_property
    def divisions(self) -> tuple[str, ...]:
        """Codes of the parts that are divisions of the state."""
        return tuple(code for code, place in self.places.items() if place.division)

    def standings(self, indicator: int) -> dict[str, Source]:
        """What each part of the region has of an indicator, as a whole, in the text's span."""
        rows = self.by_indicator.get(indicator, ())
        found: dict[str, list[Source]] = {}
        for one in rows:
            if one.region in self.places and one.span == self.span and one.op in ("", "SUM"):
                found.setdefault(one.region, []).append(one)
        return {code: own[0] for code, own in found.items() if len(own) == 1 and not own[0].member}

    @cached_property
    def by_key(self) -> dict[str, Source]:
        return {source.key: source for source in (*self.cells, *self.gone, *self.sources)}

    def of_node(self, key: str) -> Source | None:
        """The source of a figure node; a fact that is said again has a number behind its key."""
        if key in self.by_key:
            return self.by_key[key]
        return self.by_key.get(_AGAIN.sub("", key))

    @cached_property
    def facts(self) -> Facts:
        return Facts(map(self._candidate, self.sources))

    @cached_property
    def old(self) -> Facts:
        """Values that stood once: superseded, suspended, void."""
        return Facts(map(self._candidate, self.gone))

    @cached_property
    def series(self) -> dict[tuple, dict[str, Source]]:
        """One fact over time: (indicator, region, name) -> span -> source."""
        found: dict[tuple, dict[str, Source]] = {}
        for source in self.sources:
            if source.indicator and source.op in ("", "SUM"):
                found.setdefault(self.line_of(source), {})[source.span] = source
        return found

    @cached_property
    def by_indicator(self) -> dict[int, list[Source]]:
        found: dict[int, list[Source]] = {}
        for source in self.sources:
            if source.indicator:
                found.setdefault(source.indicator, []).append(source)
        return found

    @cached_property
    def by_programme(self) -> dict[str, list[Source]]:
        found: dict[str, list[Source]] = {}
        for source in self.sources:
            found.setdefault(source.programme, []).append(source)
        return found

    @cached_property
    def previous(self) -> str | None:
        return previous_key(self.span)

    @cached_property
    def year_ago(self) -> str | None:
        return year_ago_key(self.span)

    @cached_property
    def starts(self) -> dict[tuple[int, ...], Source]:
        """Entry -> the value from which it was raised or lowered."""
        return {one.entries: one for one in self.sources if one.op == "FROM_TO"}

    def line_of(self, source: Source) -> tuple:
        return source.indicator, source.region, source.name

    def is_now(self, source: Source) -> bool:
        """It is about the text's own region and span, or lasts until it is replaced."""
        if source.region != self.region:
            return False
        if source.span in (self.span, "") or source.passage_figure:
            return True
        lasting = source.indicator and self.kin.get(source.indicator, Kin()).lasting
        return bool(lasting) and source.span == self._last_known(source)

    def _last_known(self, source: Source) -> str:
        known = [key for key in self.series.get(self.line_of(source), {}) if self._ends_by(key)]
        return max(known, key=lambda key: parse_key(key).end, default="")

    def _ends_by(self, key: str) -> bool:
        return parse_key(key).end <= parse_key(self.span).end

    def _candidate(self, source: Source) -> Candidate:
        others = self.aliases.get(source.indicator, ()) if source.indicator else ()
        return Candidate(
            source.key, source.value, source.unit, source.name, source.programme, tuple(others)
        )

    def now(self, indicator: int) -> Sequence[Source]:
        """Sources of an indicator that are about the text's region and span."""
        return [one for one in self.by_indicator.get(indicator, ()) if self.is_now(one)]
