"""The mark of a range that a city prints: which ranges of a text are written with another one (GB/T 15834-2011, 4.13)."""

import re
from collections.abc import Iterator, Sequence

from .reading import FigureInText
from .rules.rule import Finding, Severity

MARKS = ("—", "～", "至")
USUAL = "—"
RULE = "N22"
LOW, HIGH = "区间下限", "区间上限"
# 至 and 到 are words as well as marks: a city that prints a sign lets them stand.
_SIGN = re.compile(
    r"(?<=[^\s—–\-－−~～―])\s?([—–\-－−~～―]{1,2})\s?(?=[\d一二三四五六七八九十百千万两])"
)


def other_marks(text: str, figures: Sequence[FigureInText], mark: str) -> Iterator[Finding]:
    """A finding for each range whose sign is not `mark`; nothing where the city has chosen none."""
    seen: set[int] = set()
    for figure in figures if mark else ():
        if figure.qualifier != LOW or figure.start in seen:
            continue
        seen.add(figure.start)
        found = _SIGN.search(figure.raw)
        if found and found[1] != mark:
            whole = figure.raw[: found.start()] + mark + figure.raw[found.end() :]
            message = f"本市的区间号是“{mark}”。"
            yield Finding(RULE, Severity.WARNING, figure.start, figure.end, message, whole)
