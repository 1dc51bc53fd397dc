"""What stands in the cells that are typed, and whether somebody has changed them since."""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal

from tracker.catalogue.models import Said
from tracker.workbooks.cells import plain

from ..models import Figure
from ..saying import as_typed, start_as_typed
from .sheets import TYPED

NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,4})?")
KEPT = ("explanation", "as_of_text", "base_text", "start_text", "note", "na_reason")
SHOWN = {Said.ZERO: "零报告", Said.NOT_APPLICABLE: "不适用"}


def words_of(figure: Figure | None) -> dict[str, str]:
    """The typed cells of a figure as it stands; all empty where nothing was said."""
    if figure is None:
        return dict.fromkeys(TYPED, "")
    return {name: getattr(figure, name) for name in KEPT} | {
        "text": as_typed(figure),
        "said": figure.kind,
        "cumulative": figure.cumulative_entered,
        "opening": figure.opening_entered,
        "start": start_as_typed(figure),
    }


def as_cell(text: str) -> str | Decimal:
    """A number as a number, so that a spreadsheet can add it up."""
    exact = NUMBER.fullmatch(text) and plain(Decimal(text)) == text
    return Decimal(text) if exact else text


def alike(text: str) -> str:
    """A text without what a spreadsheet changes by itself: the end of 12.50, spaces around."""
    if not text:
        return ""
    text = text.strip()
    return plain(Decimal(text)) if NUMBER.fullmatch(text) else text


def settled(words: Mapping[str, str]) -> tuple[str, ...]:
    """The typed cells in one form: a number says by itself that it is one."""
    said = words["said"] or (Said.VALUE if words["text"].strip() else "")
    return tuple([alike(str(words[name])) if name != "said" else str(said) for name in TYPED])


def mark_of(settled: tuple[str, ...], version: int) -> str:
    """The version of the figure and a digest of its settled cells: 3-1f0c2a9d."""
    digest = hashlib.sha256("\x1f".join(settled).encode()).hexdigest()
    return f"{version}-{digest[:8]}"


def shown(words: Mapping[str, str], name: str) -> str:
    """What a preview says for a cell: 零报告 and 不适用 stand in place of the number."""
    if name == "text":
        return SHOWN.get(words["said"], words["text"])
    return words[name]
