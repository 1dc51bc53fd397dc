"""The house style as plain values: whole (`House`), and as one genre is given it (`Style`). Pure.

Where a city has set nothing, everything is the product's own and the bytes are those without it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ISSUE, TOTAL = "第{期号}期", "（总第{总期号}期）"
# Beside a genre's own settings, where it has a masthead.
OFFICE, ISSUE_WORDS, TOTAL_WORDS = "编印单位", "期号写法", "总期号写法"
FRAME = (OFFICE, ISSUE_WORDS, TOTAL_WORDS)
SLOTS = {ISSUE_WORDS: ("年份", "期号"), TOTAL_WORDS: ("总期号",)}
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Style:
    """What one genre is given: agencies and counties in order (ids), the frame of its paper, its formulas by name.

    `row` is the id of the version that it was taken from, 0 where the city has set nothing.
    """

    row: int = 0
    order: tuple[int, ...] = ()
    range_mark: str = ""
    office: str = ""
    issue: str = ISSUE
    total: str = TOTAL
    formulas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counties: tuple[int, ...] = ()

    def own(self, name: str, usual: Sequence[str]) -> Sequence[str]:
        """The city's wordings of a formula, else the product's."""
        return self.formulas.get(name) or usual

    def place_of(self, agency: int) -> int:
        """Where the agency stands in the city's order; behind all others when it is not named."""
        return _place(agency, self.order)

    def place_of_county(self, region: int) -> int:
        """Where the county stands in the city's lists; those not named follow by their codes."""
        return _place(region, self.counties)

    @property
    def numbering(self) -> tuple[str, str] | None:
        """How the number is said, where the city says it in its own way."""
        own = (self.issue, self.total)
        return None if own == (ISSUE, TOTAL) else own


def _place(one: int, order: tuple[int, ...]) -> int:
    return order.index(one) if one in order else len(order)


PLAIN = Style()


@dataclass(frozen=True)
class House:
    """One version of a city's house style. `settings` and `formulas` are by the genre's folder."""

    number: int = 0
    row: int = 0
    order: tuple[int, ...] = ()
    range_mark: str = ""
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    formulas: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    counties: tuple[int, ...] = ()

    def for_genre(self, folder: str) -> Style:
        chosen = self.settings.get(folder, {})
        return Style(
            self.row,
            self.order,
            self.range_mark,
            chosen.get(OFFICE, ""),
            chosen.get(ISSUE_WORDS) or ISSUE,
            chosen.get(TOTAL_WORDS) or TOTAL,
            self.formulas.get(folder, {}),
            self.counties,
        )

    def as_json(self) -> dict:
        """Plain values, without what was not set."""
        formulas = {f: {n: list(o) for n, o in named.items()} for f, named in self.formulas.items()}
        whole = {
            "order": list(self.order),
            "counties": list(self.counties),
            "range_mark": self.range_mark,
            "settings": {folder: dict(named) for folder, named in self.settings.items() if named},
            "formulas": {folder: named for folder, named in formulas.items() if named},
        }
        return {name: value for name, value in whole.items() if value}


def house_from(content: Mapping, number: int = 0, row: int = 0) -> House:
    """What `as_json` made, as the version of that number."""
    formulas = content.get("formulas", {})
    return House(
        number,
        row,
        tuple(content.get("order", ())),
        content.get("range_mark", ""),
        content.get("settings", {}),
        {f: {n: tuple(o) for n, o in named.items()} for f, named in formulas.items()},
        tuple(content.get("counties", ())),
    )


def slots_of(words: str) -> list[str]:
    """The names in braces, in order."""
    return _SLOT.findall(words)


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each known slot filled; nothing else in braces is touched."""
    return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), words)


def say_issue(words: str, number: object, year: object = "") -> str:
    """第22期, 〔2021〕22号; blanks where the number is not given yet."""
    return filled(words, {"期号": str(number or "　"), "年份": str(year or "　　")})


def say_total(words: str, total: int | None) -> str:
    """（总第198期）; nothing for a paper that keeps no running number."""
    return filled(words, {"总期号": str(total)}) if total else ""
