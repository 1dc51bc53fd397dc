"""The city's own lists of sensitive terms and fixed formulas: two CSV files in the folder `wordlists` of its data.

错敏词.csv: 词,应改为,说明. 固定表述.csv: 名称,各项 (joined by 、). Read anew when a file changes.
"""

import csv
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from tracker.language.gates import Formula, Term

TERMS, FORMULAS = "错敏词.csv", "固定表述.csv"
_read: dict[Path, tuple[float, tuple]] = {}


def changed() -> tuple[float, ...]:
    """When each of the two files was last changed; 0 for one that is not there."""
    return tuple(_stamp(settings.DATA / "wordlists" / name) for name in (TERMS, FORMULAS))


def _stamp(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def own_terms() -> tuple[Term, ...]:
    return _rows(
        TERMS, lambda row: Term(row[0], row[1], row[2] or f"“{row[0]}”在本市的错敏词库中。")
    )


def own_formulas() -> tuple[Formula, ...]:
    return _rows(FORMULAS, lambda row: Formula(row[0], tuple(row[1].split("、"))))


def _rows(name: str, made: Callable[[list[str]], Term | Formula]) -> tuple:
    """A row of each line below the head that has a first cell; nothing where there is no file."""
    path = settings.DATA / "wordlists" / name
    if not (stamp := _stamp(path)):
        return ()
    if _read.get(path, (None,))[0] != stamp:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [[*row, "", "", ""] for row in csv.reader(stream)][1:]
        _read[path] = stamp, tuple(made(row) for row in rows if row[0].strip())
    return _read[path][1]
