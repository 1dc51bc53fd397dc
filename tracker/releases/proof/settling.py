"""Which of its choices each figure is held to: one fact once in a sentence, and no two exchanged."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tracker.language.nearness import Names, pairs
from tracker.language.qualifiers import Agreement, place_of
from tracker.language.reading import Role
from tracker.releases.proof.foreign import speaks_of_another, stands_by_its_name
from tracker.releases.proof.matching import CLEAR, FAINT, MARGIN, Choice, Option
from tracker.releases.proof.verdicts import Source

# A value of many digits is seldom right by accident.
_TRUST = {1: 0, 2: 80, 3: 220}
_MOST_TRUST = 300
_LIST = re.compile(r"、|和|及|与|以及")
_DECIDED = 90
_LONGEST_LIST, _HOLDERS = 12, 8
_NAMED, _PRESENT, _ABSENT, _CONTRARY = 450, 850, 200, 600
_ARRIVAL = re.compile(r"[高加升低少降长大展整调][到至为]$")


@dataclass(frozen=True)
class Settled:
    """A figure with the option that it says (none: nothing fits), and the fact its words mean.

    `exchanged` is the source whose place the figure has taken; `rivals` it could as well say;
    `elsewhere` has the value, but at another time or place than the text is about.
    """

    choice: Choice
    said: Option | None
    meant: Option | None
    rivals: tuple[Source, ...] = ()
    exchanged: Source | None = None
    elsewhere: Option | None = None


def settle(text: str, choices: Sequence[Choice], names: Names) -> list[Settled]:
    """Every figure held to at most one option."""
    firsts = _once_each(choices)
    taken: dict[tuple[int, str], int] = {}
    for at, one in sorted(firsts.items(), key=lambda item: -item[1].score):
        taken.setdefault((_sentence(choices[at]), one.source.key), at)
    settled = [
        _settled(at, choice, firsts.get(at), taken, names) for at, choice in enumerate(choices)
    ]
    return [
        _placed(one, text, names)
        for one in _undoubted(text, _unexchanged(text, settled, names), names)
    ]


def _sentence(choice: Choice) -> int:
    return choice.around.sentence.start


def _once_each(choices: Sequence[Choice]) -> dict[int, Option]:
    """Index -> the best agreeing option that no better figure of the same sentence has taken."""
    found: dict[int, Option] = {}
    used: set[tuple[int, str]] = set()
    order = sorted(
        range(len(choices)), key=lambda at: -(choices[at].best.score if choices[at].best else 0)
    )
    for at in order:
        sentence = _sentence(choices[at])
        free = [one for one in choices[at].agreeing if (sentence, one.source.key) not in used]
        # Said twice in one sentence is still said.
        option = next(iter(free), None) or choices[at].best
        if option:
            found[at] = option
            used.add((sentence, option.source.key))
    return found


def _settled(at: int, choice: Choice, first: Option | None, taken: dict, names: Names) -> Settled:
    sentence = _sentence(choice)
    free = [one for one in choice.meant if taken.get((sentence, one.source.key), at) == at]
    meant = free[0] if free else None
    if first is not None and first.agreed == Agreement.LOOSE:
        # 超30名 fits 94 loosely; that 30 stands in the ledger weighs more.
        meant = next((one for one in free if one.agreed == Agreement.WRONG), meant)
    if first is not None and first.elsewhere:
        return Settled(choice, None, meant, elsewhere=first if first.words >= FAINT else None)
    again = first is not None and taken.get((sentence, first.source.key)) != at
    if first is None or first.score < FAINT or not _outweighs(first, meant, choice, again):
        return Settled(choice, None, meant)
    chosen = choice.node == first.source.key
    if not (chosen and choice.vouched) and _is_mute(first, choice, names):
        return Settled(choice, None, meant)
    rivals = tuple(
        one.source
        for one in choice.agreeing
        if not chosen
        and one.source.key != first.source.key
        and first.score - one.score < CLEAR
        and taken.get((sentence, one.source.key), at) == at
    )
    return Settled(choice, first, meant, rivals[:4])


def _is_mute(first: Option, choice: Choice, names: Names) -> bool:
    """Whether the words tell nothing of the fact: they name another thing, or nothing and only a node claims it."""
    if choice.figure.role != Role.ACTUAL or not stands_by_its_name(first.source):
        return False
    return first.words < FAINT or speaks_of_another(first.source, choice.around, names)


def _outweighs(first: Option, meant: Option | None, choice: Choice, again: bool) -> bool:
    """Whether the value's fact stands against the one that the words mean."""
    if meant is None or meant.agreed != Agreement.WRONG:
        return True
    if again or first.agreed == Agreement.LOOSE:
        return first.score >= meant.score
    return first.score + _trust(first, choice) >= meant.score - MARGIN


def _trust(option: Option, choice: Choice) -> int:
    """What the value by itself tells."""
    value = choice.figure.value
    if value != option.source.value or not value:
        return 0
    digits = len(str(abs(int(value / place_of(value)))))
    return _TRUST.get(digits, _MOST_TRUST)


def _unexchanged(text: str, settled: list[Settled], names: Names) -> list[Settled]:
    """Two figures whose words fit better the other way round stand in each other's place."""
    holders: dict[str, list[int]] = {}
    for at, one in enumerate(settled):
        if one.said:
            holders.setdefault(one.said.source.key, []).append(at)
    wrong: dict[int, Source] = {}
    runs = _runs(text, settled)
    listed = {at for run in runs for at in run}
    for at, one in enumerate(settled):
        for better in _better(one):
            for other in _near(holders.get(better.source.key, []), at):
                if not {at, other} & listed and _crossed(one, settled[other], names):
                    wrong[at], wrong[other] = better.source, one.said.source
    for at, other in (pair for run in runs for pair in combinations(run[:_LONGEST_LIST], 2)):
        if _ordered(text, settled[at], settled[other]) is False:
            wrong[at], wrong[other] = settled[other].said.source, settled[at].said.source
    return [replace(one, exchanged=wrong.get(at)) for at, one in enumerate(settled)]


def _undoubted(text: str, settled: list[Settled], names: Names) -> list[Settled]:
    """What tells two facts apart stands beside the figure, and it says the other one: then it is wrong,
    unless that other one is rightly said in the same sentence."""
    listed = {at: run for run in _runs(text, settled) for at in run}
    doubts = [
        _foreign(one, [settled[other] for other in _near(listed[at], at)])
        if at in listed
        else _doubts(one, names)
        for at, one in enumerate(settled)
    ]
    sound = {
        (_sentence(one.choice), one.said.source.key)
        for one, found in zip(settled, doubts, strict=True)
        if one.said and not found
    }
    result = []
    for one, found in zip(settled, doubts, strict=True):
        sentence = _sentence(one.choice)
        wrong = [source for source in found if (sentence, source.key) not in sound]
        result.append(replace(one, exchanged=wrong[0]) if wrong and not one.exchanged else one)
    return result


def _doubts(one: Settled, names: Names) -> list[Source]:
    if not one.said:
        return []
    found = []
    for option in one.choice.meant:
        if option.agreed == Agreement.WRONG and option.words >= _NAMED:
            there, here = names.contrast(option.source.key, one.said.source.key, one.choice.around)
            if there >= _PRESENT and here <= _ABSENT:
                found.append(option.source)
    return found


def _foreign(one: Settled, run: Sequence[Settled]) -> list[Source]:
    """Of a member of a list: facts that fit better than its own, and that the list does not say."""
    said = {each.said.source.key for each in run}
    return [
        option.source
        for option in one.choice.meant
        if option.agreed == Agreement.WRONG
        and option.words > one.said.words + CLEAR
        and option.source.key not in said
    ]


def _near(places: list[int], at: int) -> list[int]:
    """Those next to a place, a few on each side."""
    middle = bisect_left(places, at)
    return places[max(0, middle - _HOLDERS) : middle + _HOLDERS]


def _better(one: Settled) -> Iterable[Option]:
    """Options that the words name as well."""
    if one.said:
        yield from (option for option in one.choice.meant if option.agreed == Agreement.WRONG)


def _crossed(one: Settled, other: Settled, names: Names) -> bool:
    """Both figures' words fit the other's fact better, by name or by what tells the names apart."""
    mine, theirs = one.said.source, other.said.source
    if one.choice.figure.value == other.choice.figure.value:
        return False
    first = one.choice.words_of(theirs) - one.said.words
    second = other.choice.words_of(mine) - other.said.words
    if first > 0 and second >= 0 and first + second > _DECIDED:
        return True
    return any(
        first >= 0 and second >= 0 and first + second >= _CONTRARY
        for first, second in zip(
            _contrasts(one, theirs, names), _contrasts(other, mine, names), strict=True
        )
    )


def _contrasts(one: Settled, other: Source, names: Names) -> list[int]:
    """In the clause, between the semicolons, and without what the figure before counts."""
    around, mine = one.choice.around, one.said.source.key
    found = (
        names.contrast(other.key, mine, around, words)
        for words in (around.tiers[0], around.part, around.own)
    )
    return [there - here for there, here in found]


def _placed(one: Settled, text: str, names: Names) -> Settled:
    """由A提高到B: A is the value before the change, B the one after."""
    if one.exchanged or not one.said:
        return one
    figure, key = one.choice.figure, one.said.source.key
    before, begins = names.before_change(key), one.choice.around.begins
    arrives = bool(_ARRIVAL.search(text, max(0, figure.start - 6), figure.start))
    if before == begins or not (begins or arrives):
        return one
    for option in one.choice.meant:
        if option.agreed == Agreement.WRONG and names.twins(option.source.key, key):
            return replace(one, exchanged=option.source)
    return one


def _runs(text: str, settled: Sequence[Settled]) -> list[list[int]]:
    """Members of one list: figures with nothing but a mark between them."""
    runs: list[list[int]] = []
    for at in range(1, len(settled)):
        between = text[settled[at - 1].choice.figure.end : settled[at].choice.figure.start]
        if len(between) < 3 and _LIST.fullmatch(between):
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at - 1, at])
    return [run for run in runs if all(settled[at].said for at in run)]


def _ordered(text: str, one: Settled, other: Settled) -> bool | None:
    """A、B分别为a、b: whether the names stand in the order of the values; None when they do not tell."""
    mine, theirs = pairs(one.said.source.name), pairs(other.said.source.name)
    start = one.choice.around.sentence.start
    before = text[start : one.choice.figure.start]
    first, second = _place(before, mine - theirs), _place(before, theirs - mine)
    return first < second if first is not None and second is not None else None


def _place(text: str, words: frozenset[str]) -> int | None:
    places = [text.rfind(word) for word in words if word in text]
    return max(places) if places else None
