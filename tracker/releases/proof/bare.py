"""Numbers without a unit: the grammar does not know what they count, and none of them goes out unread.

In a table the row may say it; in a sentence the unit has to stand behind the number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from heapq import nlargest

from tracker.language.nearness import Around, Surroundings
from tracker.language.reading import FigureInText, NotFigure, Role
from tracker.language.tables import Tables
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.slips import hint
from tracker.releases.proof.verdicts import Checked, Source, Verdict

_LIKELY, _MOST = 300, 4
_UNREAD = "没有写明单位，看不出是什么数；请补上单位，或改用文字。"


def bare(text: str, leftovers: Sequence[NotFigure], ground: Ground) -> Iterator[Checked]:
    """A verdict for every leftover with a digit: what its row says in a table, else unsupported."""
    figures = [_figure(one) for one in leftovers if any(char.isdecimal() for char in one.raw)]
    if not figures:
        return
    around, tables = Surroundings(text, figures), Tables(text)
    for figure in figures:
        named = list(_named(around.of(figure), ground))
        same = [one for one in named if one.value == figure.value and not one.qualifier]
        if same and tables.at(figure.start):
            yield Checked(replace(figure, unit=same[0].unit), Verdict.VERIFIED, same[0])
        elif same:
            others = tuple(one for one in named if one is not same[0])
            yield Checked(figure, Verdict.MISMATCH, same[0], hint(figure, same[0]), others)
        else:
            yield Checked(figure, Verdict.UNSUPPORTED, None, _UNREAD, tuple(named))


def _figure(one: NotFigure) -> FigureInText:
    digits = "".join(
        str(int(char)) if char.isdecimal() else "." * (char == ".") for char in one.raw
    )
    value = Decimal(digits) if digits.count(".") < 2 else Decimal(0)
    return FigureInText(one.start, one.end, one.raw, value, "", "", Role.ACTUAL)


def _named(around: Around, ground: Ground) -> Iterator[Source]:
    """What the words name best, of the text's own time and place, whatever its unit."""
    names = ground.facts.names
    fits = ((names.fit(key, around), str(key), key) for key in names.sharing(around))
    for _, _, key in nlargest(_MOST, (one for one in fits if one[0] >= _LIKELY)):
        if ground.is_now(ground.by_key[key]):
            yield ground.by_key[key]
