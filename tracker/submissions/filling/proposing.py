"""Which figure of a report fills which cell. Pure: by the words around it, its unit and the last value.

The value itself is new, so nothing agrees with it; what is known is what each cell is called. A cell
is filled once and a figure fills one cell; a person confirms every one of them.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.language.anchoring import Candidate, Facts
from tracker.language.nearness import Around, Surroundings
from tracker.language.reading import FigureInText, Role
from tracker.language.units import UnitClass, unit_class

CLAIMS = frozenset({Role.ACTUAL, Role.SHARE, Role.STANDARD, Role.MULTIPLE, Role.TARGET})
PLANNED = -100  # what speaks against a figure that seems to be planned
FAINT = 300
CLEAR = 80
_PEOPLE = {UnitClass.PERSON, UnitClass.ATTENDANCE, UnitClass.HOUSEHOLD}
_COUNTED = {UnitClass.ORGANISATION, UnitClass.OTHER}


@dataclass(frozen=True)
class Slot:
    """A cell that may be filled; `places` are names of its region that the sentence has to hold.

    `last` is the value of the last period; `growing` is true where it may not fall.
    """

    key: Hashable
    name: str
    unit: str
    programme: str = ""
    aliases: tuple[str, ...] = ()
    last: Decimal | None = None
    growing: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A figure, its sentence, and the cell that it seems to fill (None: none); `rivals` fit as well."""

    figure: FigureInText
    sentence: str
    slot: Slot | None = None
    score: int = 0
    rivals: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class _Option:
    score: int
    figure: int
    slot: Slot


def propose(
    text: str, figures: Sequence[FigureInText], slots: Iterable[Slot]
) -> tuple[Proposal, ...]:
    """A proposal for every figure, in order; the best fit of the whole report is settled first."""
    known = Known(slots)
    around = Surroundings(text, figures)
    options = [
        option
        for index, figure in enumerate(figures)
        for option in known.options(index, figure, around.of(figure))
    ]
    settled = _in_order(text, figures, _settled(options))
    return tuple(
        _proposal(figure, around, settled.get(index), options_of(options, index))
        for index, figure in enumerate(figures)
    )


def options_of(options: Sequence[_Option], index: int) -> list[_Option]:
    return [option for option in options if option.figure == index]


class Known:
    """The cells by their names, with and without the names of their programmes."""

    def __init__(self, slots: Iterable[Slot]):
        self.slots = {slot.key: slot for slot in slots}
        self.whole = {key: _candidate(slot, slot.programme) for key, slot in self.slots.items()}
        self.facts = Facts(self.whole.values())
        self.names = Facts(_candidate(slot, "") for slot in self.slots.values())

    def options(self, index: int, figure: FigureInText, around: Around) -> list[_Option]:
        """The cells that the words around the figure name, each with how well they do."""
        if figure.role not in CLAIMS or figure.qualifier.startswith("区间"):
            return []
        found = []
        for key in self.facts.names.sharing(around):
            slot, candidate = self.slots[key], self.whole[key]
            if not _are_kin(figure.unit, slot.unit) or not _is_here(slot, around):
                continue
            if self.names.score(candidate, around) < FAINT:
                continue
            score = self.facts.score(candidate, around) + _likeness(figure, slot)
            found.append(_Option(score, index, slot))
        return found


def _candidate(slot: Slot, programme: str) -> Candidate:
    return Candidate(
        slot.key, slot.last or Decimal(0), slot.unit, slot.name, programme, slot.aliases
    )


def _are_kin(unit: str, other: str) -> bool:
    """Persons are counted in 人, 名, 户 and with 人次; organisations in any measure word."""
    mine, its = unit_class(unit), unit_class(other)
    return mine == its or {mine, its} <= _PEOPLE or {mine, its} <= _COUNTED


def _is_here(slot: Slot, around: Around) -> bool:
    return not slot.places or any(place in around.sentence.text for place in slot.places)


def _likeness(figure: FigureInText, slot: Slot) -> int:
    """What speaks for the cell beside the words: the same unit, and a value like the last one."""
    mine, its = unit_class(figure.unit), unit_class(slot.unit)
    same = figure.unit.partition("/")[0] == slot.unit.partition("/")[0]
    worth = 60 if same else 0 if mine == its or not {mine, its} <= _PEOPLE else -120
    worth += PLANNED if figure.role == Role.TARGET else 0
    if not slot.last or figure.value <= 0 or slot.last < 0:
        return worth
    ratio = max(figure.value / slot.last, slot.last / figure.value)
    return worth + (120 if ratio <= Decimal("1.5") else 60 if ratio <= 3 else 0)


def _settled(options: Sequence[_Option]) -> dict[int, _Option]:
    """Figure -> its cell, the best fits first, each cell once."""
    settled: dict[int, _Option] = {}
    used: set[Hashable] = set()
    for option in sorted(options, key=_best_first):
        if option.figure not in settled and option.slot.key not in used:
            settled[option.figure] = option
            used.add(option.slot.key)
    return settled


def _in_order(
    text: str, figures: Sequence[FigureInText], settled: dict[int, _Option]
) -> dict[int, _Option]:
    """The members of a list stand in the order of the names before it: 甲、乙分别为120人、80人."""
    for group in _lists(text, figures):
        chosen = [settled[index] for index in group if index in settled]
        before = text[max(0, figures[group[0]].start - 120) : figures[group[0]].start]
        names = [option.slot.name for option in chosen]
        places = [_place_in(before, one, [o for o in names if o != one]) for one in names]
        if len(chosen) < len(group) or None in places or len(set(places)) < len(places):
            continue
        ranked = sorted(zip(places, chosen, strict=True), key=lambda one: one[0])
        for index, (_, option) in zip(group, ranked, strict=True):
            settled[index] = option
    return settled


def _lists(text: str, figures: Sequence[FigureInText]) -> Iterable[list[int]]:
    group = [0] if figures else []
    for index in range(1, len(figures)):
        gap = text[figures[index - 1].end : figures[index].start]
        if gap in ("、", "和", "，", ",") and figures[index].unit == figures[index - 1].unit:
            group.append(index)
            continue
        yield from [group] if len(group) > 1 else []
        group = [index]
    yield from [group] if len(group) > 1 else []


def _place_in(text: str, name: str, others: Sequence[str]) -> int | None:
    """Where the longest stretch of the name that no other name has stands last in the words."""
    for size in range(len(name), 0, -1):
        stretches = {name[at : at + size] for at in range(len(name) - size + 1)}
        own = (one for one in stretches if not any(one in other for other in others))
        if (place := max((text.rfind(one) for one in own), default=-1)) >= 0:
            return place
    return None


def _best_first(option: _Option) -> tuple[int, int, str]:
    return -option.score, option.figure, str(option.slot.key)


def _proposal(
    figure: FigureInText, around: Surroundings, chosen: _Option | None, options: list[_Option]
) -> Proposal:
    sentence = around.sentence_at(figure.start).text.strip()
    if chosen is None:
        return Proposal(figure, sentence)
    rivals = tuple(
        one.slot
        for one in sorted(options, key=_best_first)
        if one.slot.key != chosen.slot.key and chosen.score - one.score < CLEAR
    )
    return Proposal(figure, sentence, chosen.slot, chosen.score, rivals[:4])
