"""A text that people worked on, put onto the same document compiled anew: pure, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.documents.tree import Document, Figure, figures
from tracker.releases.drafting.merging import Place, merged_places
from tracker.releases.drafting.page import TITLE, Line, Run, page_of
from tracker.releases.drafting.rebuilding import rebuilt, settled
from tracker.releases.drafting.steadying import steadied
from tracker.releases.drafting.surfaces import forms, says


@dataclass(frozen=True)
class Renewed:
    """The text; the lines that keep an editor's words, and those that an editor had taken out though
    the compiler has changed them since."""

    document: Document
    own: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def renewed(
    base: Document,
    mine: Document,
    fresh: Document,
    swaps: Mapping[str, Figure],
    *,
    steady: bool = True,
) -> Renewed:
    """`mine` (made of `base` by people) with what the compiler says now in `fresh`.

    A line that people changed keeps their words; a line that they left alone is the compiler's, in its
    former order of words where it says the same (`steady`). `swaps`: key in `base` or `mine` -> the
    figure that now stands in its place; a figure without one stays as it is.
    """
    old, own, new = (page_of(settled(one)) for one in (base, mine, fresh))
    if steady:
        before, after = ({one.key: one for one in figures(text)} for text in (base, fresh))
        new = steadied(old, new, before, after, swaps)
    title = own[0] if own[0].text != old[0].text else new[0]
    places = merged_places(old[1:], own[1:], new[1:])
    known = {one.key: one for one in figures(mine)}
    page = (title, *(line for place in places for line in place.mine))
    page = tuple(_with_new_figures(line, known, swaps) for line in page)
    former = {line.text for line in old}
    theirs = {line.text for line in new}
    kept = tuple(line.text for line in page if line.text not in former | theirs and line.text)
    document = rebuilt(page, fresh, offered=known)
    return Renewed(document, kept, tuple(_dropped(places)))


def _dropped(places: Iterable[Place]) -> Iterable[str]:
    for place in places:
        if place.disputed and not place.mine:
            yield from (line.text for line in place.theirs if line.kind != TITLE)


def _with_new_figures(line: Line, known: Mapping[str, Figure], swaps: Mapping[str, Figure]) -> Line:
    return replace(line, runs=tuple(_renewed_run(run, known, swaps) for run in line.runs))


def _renewed_run(run: Run, known: Mapping[str, Figure], swaps: Mapping[str, Figure]) -> Run:
    old, new = known.get(run.figure), swaps.get(run.figure)
    if old is None or new is None or run.text != old.surface:
        return run
    return replace(run, figure=new.key, text=in_the_same_form(old, new))


def in_the_same_form(old: Figure, new: Figure) -> str:
    """The new number as the old one was written: 万元 for 万元, 余 for 余; the old words while they are true."""
    if says(old.surface, new):
        return old.surface
    plain = replace(old, surface="", qualifier=new.qualifier)
    label = next((one.label for one in forms(plain) if one.surface == old.surface), None)
    return next((one.surface for one in forms(new) if one.label == label), new.surface)
