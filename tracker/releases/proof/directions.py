"""Whether the words go up where the figure goes down: 增长 for a fall, 超额 below the target."""

import re
from collections.abc import Sequence

from tracker.language.reading import FigureInText
from tracker.releases.proof.verdicts import Source

_UP = "增长|提高|提升|上升|增加|上涨|扩大|新增|增"
_DOWN = "下降|降低|减少|回落|下跌|压减|缩小|收窄|降"
_LEAD = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|到|至|为|约|近|超过?|率|幅|幅度|[：:]|\t|\s\|\s)*$"
)
_NAMED_UP, _NAMED_DOWN = re.compile(_UP), re.compile(_DOWN)
_OVER = re.compile(r"超额|超过|超出|超")
_ARRIVAL, _FROM, _MARK = (
    re.compile(r"[到至为]$"),
    re.compile(r"[由从自]"),
    re.compile(r"[、和及与]|以及"),
)
_SIGNED = ("GROWTH", "POINTS", "DIFFERENCE")
UP, DOWN = 1, -1
_LONGEST_LIST = 12


def lead(text: str, start: int) -> int:
    """UP or DOWN by the word before the figure, 0 for neither."""
    match = _LEAD.search(text, max(0, start - 14), start)
    if match is None:
        return 0
    return UP if match["up"] else DOWN


def opposed(text: str, figure: FigureInText, source: Source) -> bool:
    """Whether the word before the figure and the source's own direction contradict one another."""
    if source.op == "OVER_TARGET":
        words = text[max(0, figure.start - 20) : figure.start]
        return source.value < 0 and bool(_OVER.search(words))
    said, true = lead(text, figure.start), direction_of(source)
    if source.op in _SIGNED and figure.value < 0:
        said = -said
    return bool(said and true) and said != true


def direction_of(source: Source) -> int:
    """UP or DOWN as computed, or as the name says; 0 when nothing tells."""
    sign = (source.value > 0) - (source.value < 0)
    if source.op in _SIGNED:
        return sign
    if source.op:
        return 0
    up, down = _NAMED_UP.search(source.name), _NAMED_DOWN.search(source.name)
    if bool(up) == bool(down):
        return 0
    return (UP if up else DOWN) * (sign or 1)


def against_the_pair(text: str, figures: Sequence[FigureInText]) -> frozenset[int]:
    """Starts of the figures to which 由A提高到B leads although B is less than A, or the reverse.

    A may be a list: 由300元、500元提高到...
    """
    found = set()
    for at in range(1, len(figures)):
        figure, before = figures[at], figures[at - 1]
        between = text[before.end : figure.start]
        if len(between) > 14 or not _ARRIVAL.search(between) or before.unit != figure.unit:
            continue
        first = _first_of_list(text, figures, at - 1)
        if _FROM.search(text, max(0, figures[first].start - 18), figures[first].start):
            values = [one.value for one in figures[first:at]]
            said = lead(text, figure.start)
            if (said == UP and figure.value < min(values)) or (
                said == DOWN and figure.value > max(values)
            ):
                found.add(figure.start)
    return frozenset(found)


def _first_of_list(text: str, figures: Sequence[FigureInText], at: int) -> int:
    least = max(0, at - _LONGEST_LIST)
    while at > least and _MARK.fullmatch(text, figures[at - 1].end, figures[at].start):
        at -= 1
    return at
