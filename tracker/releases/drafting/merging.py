"""Two people changed the same version: what only one of them touched is taken from that one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.releases.drafting.aligning import pairs
from tracker.releases.drafting.page import TITLE, Line, Page, Run

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Place:
    """One place of the merged text. Where both changed it differently, a person has to choose."""

    mine: tuple[Line, ...]
    theirs: tuple[Line, ...]
    disputed: bool = False

    def chosen(self, choice: str) -> tuple[Line, ...]:
        if not self.disputed or choice == MINE:
            return self.mine
        if choice == BOTH and not any(line.kind == TITLE for line in self.theirs):
            return (*self.theirs, *self.mine)
        return self.theirs


def merged_places(base: Page, mine: Page, theirs: Page) -> list[Place]:
    """The text in places, in order; an undisputed place has the outcome in `mine`."""
    base, mine, theirs = (_tidy(page) for page in (base, mine, theirs))
    my_lines, my_new = _followed(base, mine)
    their_lines, their_new = _followed(base, theirs)
    places = []
    for index in range(len(base) + 1):
        places += _inserted(my_new.get(index, ()), their_new.get(index, ()))
        if index < len(base):
            places += _kept(base[index], my_lines.get(index), their_lines.get(index))
    return places


def merged_page(places: Sequence[Place], choices: Mapping[int, str]) -> Page:
    """The text with these choices, by number of the place; without a choice mine stays."""
    return tuple(
        line
        for number, place in enumerate(places)
        for line in place.chosen(choices.get(number, MINE))
    )


def _tidy(page: Page) -> Page:
    """Neighbouring runs of the same kind as one, so that equal texts are equal lines."""
    return tuple(replace(line, runs=tuple(_joined(line.runs))) for line in page)


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    waiting: Run | None = None
    for run in runs:
        if (
            waiting
            and not (waiting.figure or waiting.kind)
            and waiting == replace(run, text=waiting.text)
        ):
            waiting = replace(waiting, text=waiting.text + run.text)
            continue
        if waiting:
            yield waiting
        waiting = run
    if waiting:
        yield waiting


def _followed(base: Page, page: Page) -> tuple[dict[int, Line], dict[int, list[Line]]]:
    """What became of each line of the base, and the new lines by the line before which they stand."""
    lines: dict[int, Line] = {}
    new: dict[int, list[Line]] = {}
    at = 0
    old = [line.block or line.text for line in base]
    for i, j in pairs(old, [line.block or line.text for line in page]):
        if i is not None:
            at = i + 1
            if j is not None:
                lines[i] = page[j]
        elif j is not None:
            new.setdefault(at, []).append(page[j])
    return lines, new


def _inserted(mine: Sequence[Line], theirs: Sequence[Line]) -> Iterator[Place]:
    both = tuple(mine) if list(mine) == list(theirs) else (*theirs, *mine)
    if both:
        yield Place(both, both)


def _kept(base: Line, mine: Line | None, theirs: Line | None) -> Iterator[Place]:
    if mine == theirs or theirs == base:
        found = (mine,) if mine else ()
    elif mine == base:
        found = (theirs,) if theirs else ()
    else:
        yield Place((mine,) if mine else (), (theirs,) if theirs else (), disputed=True)
        return
    if found:
        yield Place(found, found)
