"""What would be typed into the field for a figure of a report: number, 万 and qualifier as written."""

import re
from decimal import Decimal

from tracker.language.numerals import narrow
from tracker.language.qualifiers import AFTER_UNIT, OVER
from tracker.language.reading import FigureInText
from tracker.submissions.typed import FIELD

AS_OF = re.compile(r"截至(?P<when>目前|[^，。,；;、：:]{2,16}?)(?=[，,、]|全|我|共|累计|已)")
PLACES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))


def field_text(figure: FigureInText, unit: str) -> str:
    """The text of the field, always with the unit: without one it would be taken in 万元."""
    match = FIELD.fullmatch("".join(narrow(figure.raw).replace("，", ",").split()))
    if match is None:
        return composed(figure.value, figure.qualifier, unit)
    parts = (match[name] or "" for name in ("before", "number", "inside", "scale", "behind"))
    return "".join(parts) + unit + (match["after"] or "")


def composed(value: Decimal, qualifier: str, unit: str) -> str:
    """A value in digits, its qualifier where it belongs: 百余人 -> 100余人, 三批 -> 3批."""
    word = qualifier.split("+")[-1]
    number = f"{value.normalize():f}"
    if word in OVER:
        return f"{number}{word}{unit}"
    return f"{number}{unit}{word}" if word in AFTER_UNIT else f"{word}{number}{unit}"


def said(value: Decimal, unit: str) -> str:
    """A value for reading: 1180万元."""
    for scale, size in PLACES:
        if scale and abs(value) >= size and (value / size * 10000) % 1 == 0:
            return f"{(value / size).normalize():f}{scale}{unit}"
    return f"{value.normalize():f}{unit}"


def as_of_in(words: str) -> str:
    """The point in time that the sentence names before the figure: 2020年底; empty where it names none."""
    found = list(AS_OF.finditer(words))
    return found[-1]["when"] if found else ""
