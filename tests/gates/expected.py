"""The matrix of who may do what, as it is read from `matrix.txt`."""

from pathlib import Path
from typing import NamedTuple

from tests.gates.asking import COLUMNS

FILE = Path(__file__).with_name("matrix.txt")


class Row(NamedTuple):
    """What one method of an address answers at one place, by column."""

    route: str
    method: str
    place: str
    answers: dict[str, str]


def rows(text: str | None = None) -> list[Row]:
    """Every row; a line that names several places is a row for each."""
    found = []
    for line in (FILE.read_text(encoding="utf-8") if text is None else text).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        route, method, places, *answers = line.split()
        assert len(answers) == len(COLUMNS), f"{len(answers)} answers: {line}"
        named = dict(zip(COLUMNS, answers, strict=True))
        found += [Row(route, method, place, named) for place in places.split(",")]
    return found


def line_of(row: Row) -> str:
    """The row as it stands in the file."""
    answers = "".join(f"{row.answers[column]:6}" for column in COLUMNS).rstrip()
    return f"{row.route:23} {row.method:7} {row.place:28} {answers}"
