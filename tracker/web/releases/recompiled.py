"""What a draft that was compiled again shows of it: the figures that moved, marked where they stand."""

from collections.abc import Iterable, Mapping
from html import escape

from tracker.releases.models import Version

BUTTON = '<button type="button" class="figure" data-fact="{}">'
MOVED = '<button type="button" class="figure figure-moved" data-fact="{}" title="{}">'


def moved_in(version: Version) -> tuple[Mapping, ...]:
    """The figures that the last compiling moved; none once somebody has saved the text since."""
    if version.kind not in (Version.Kind.COMPILED, Version.Kind.MERGED):
        return ()
    return tuple(version.snapshot.get("touched", ()))


def marked(paper: str, moved: Iterable[Mapping]) -> str:
    """Our own HTML of the paper with a mark on each figure that moved, and what it said before."""
    for row in moved:
        for key in row["keys"]:
            button = BUTTON.format(escape(key))
            said = f"原为{row['before']}" if row["after"] else "数据已不能引用"
            paper = paper.replace(button, MOVED.format(escape(key), escape(said)))
    return paper
