"""The city's own words as the proof needs them: its dictionaries, and two CSV files in the folder `wordlists` of its data.

错敏词.csv: 词,应改为,说明. 固定表述.csv: 名称,各项 (joined by 、). Read anew when a file changes; they have no dates.
"""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from accounts.models import Region
from tracker.catalogue.dictionary import words_on
from tracker.catalogue.models import CityWord
from tracker.language.gates import Formula, Term
from tracker.language.rules import Rule
from tracker.language.rules.terms import term

Kind = CityWord.Kind
USAGE = {Kind.TERM: ("T15", "warning"), Kind.AGENCY: ("A08", "error")}
TERMS, FORMULAS = "错敏词.csv", "固定表述.csv"
_read: dict[Path, tuple[float, tuple]] = {}


def dictionaries(region: Region, day: date) -> dict[str, tuple]:
    """What holds for a text about that day: `terms` and `formulas` that stop it, `usage` that is told."""
    found = words_on(region, day)
    terms = (
        Term(one.words, one.instead, one.note or f"“{one.words}”在本市的错敏词库中。", _whole(one))
        for one in found[Kind.SENSITIVE]
    )
    formulas = (Formula(one.words, tuple(one.instead.split("、"))) for one in found[Kind.FORMULA])
    return {
        "terms": (*own_terms(), *terms),
        "formulas": (*own_formulas(), *formulas),
        "usage": tuple(_usage(one for kind in USAGE for one in found[kind])),
    }


def _whole(word: CityWord) -> tuple[str, ...]:
    """A right word that holds the wrong one is let be: 扶贫 in 消费扶贫."""
    return (word.instead,) if word.words in word.instead else ()


def _usage(words: Iterable[CityWord]) -> Iterable[Rule]:
    for one in words:
        rule, severity = USAGE[one.kind]
        before, inside, after = one.instead.partition(one.words)
        said = f"本市写“{one.instead}”。" if one.instead else f"本市不写“{one.words}”。"
        row = {
            "id": rule, "severity": severity, "wrong": one.words, "right": one.instead,
            "from": "", "to": "", "not_after": before if inside else "",
            "not_before": re.escape(after) if inside else "", "message": one.note or said,
            "source": "本市词典",
        }  # fmt: skip
        yield term(row)


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
