"""The parts of a talk: which programmes stand together, and a heading that says what they hold."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.releases.material import Programme
from tracker.releases.patterns import Chooser

MOST_PARTS, FEWEST_PARTS = 5, 3


@dataclass(frozen=True)
class Theme:
    """`does` and `so` are actions and results of six characters each."""

    name: str
    words: tuple[str, ...]
    does: tuple[str, ...]
    so: tuple[str, ...]
    standards: bool = False


@dataclass(frozen=True)
class Part:
    programmes: tuple[Programme, ...]
    themes: tuple[Theme, ...]

    @property
    def weight(self) -> int:
        return sum(1 + len(programme.facts) for programme in self.programmes)


@cache
def themes() -> tuple[Theme, ...]:
    """The table of themes.toml; the last one takes what fits nowhere."""
    table = tomllib.loads((Path(__file__).parent / "themes.toml").read_text("utf-8"))["theme"]
    return tuple(
        Theme(
            row["name"],
            tuple(row["words"]),
            tuple(row["does"]),
            tuple(row["so"]),
            "standards" in row,
        )
        for row in table
    )


def theme_of(programme: Programme) -> Theme:
    """The theme whose words are met most: in the name by their length, at its end twice."""
    if programme.facts and all(fact.about("start") for fact in programme.facts):
        return next(theme for theme in themes() if theme.standards)
    counted = " ".join(fact.topic.name for fact in programme.facts)
    name = programme.name

    def score(theme: Theme) -> int:
        return sum(
            3 * len(word) * ((word in name) + name.endswith(word)) + counted.count(word)
            for word in theme.words
        )

    best = max(themes(), key=score)
    return best if score(best) else themes()[-1]


def parts(programmes: Sequence[Programme]) -> list[Part]:
    """Three to five parts in the order of first appearance; fewer when there is less to say."""
    grouped: dict[str, list[Programme]] = {}
    for programme in programmes:
        grouped.setdefault(theme_of(programme).name, []).append(programme)
    made = [Part(tuple(group), (theme_of(group[0]),)) for group in grouped.values()]
    while len(made) > MOST_PARTS:
        made = _merge_lightest(made)
    return made


def _merge_lightest(made: list[Part]) -> list[Part]:
    """Join the two neighbours that weigh least together."""
    pairs = range(len(made) - 1)
    at = min(pairs, key=lambda i: (_crowd(made, i), made[i].weight + made[i + 1].weight, i))
    one, other = made[at], made[at + 1]
    joined = Part(one.programmes + other.programmes, one.themes + other.themes)
    return [*made[:at], joined, *made[at + 2 :]]


def _crowd(made: list[Part], at: int) -> int:
    """A heading has two clauses: a part of three themes could not name them all."""
    return max(0, len(made[at].themes) + len(made[at + 1].themes) - 2)


def heading_of(part: Part, chooser: Chooser) -> str:
    """An action and a result of one theme, or the actions of two."""
    first, last = part.themes[0], part.themes[-1]
    action = chooser.pick(f"does {first.name}", first.does)
    if first == last:
        return f"{action}，{chooser.pick(f'so {first.name}', first.so)}"
    return f"{action}，{chooser.pick(f'does {last.name}', last.does)}"
