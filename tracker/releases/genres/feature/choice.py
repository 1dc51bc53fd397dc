"""Three parts at most of all that the agencies did: those with the most to tell, in their own order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.releases.material import Contributor, Material, Programme, Words
from tracker.releases.selection import to_the_point, weight
from tracker.releases.themes import Part, parts, theme_of

MOST_PARTS, MOST_PROGRAMMES = 3, 3
LIVELY = ("case", "quote")


@dataclass(frozen=True)
class Told:
    """A part with the programmes that it tells, each with the agency whose it is."""

    part: Part
    programmes: tuple[tuple[Contributor, Programme], ...]


def chosen(material: Material) -> list[Told]:
    """What has a scene or a voice comes before what has only figures."""
    owners = {p.id: one for one in material.contributors for p in one.programmes}
    telling = [p for one in material.contributors for p in one.programmes if _tells(p)]
    made = [_told(part, owners) for part in parts(telling)]
    best = sorted(made, key=lambda one: _rank(p for _, p in one.programmes), reverse=True)
    return [one for one in made if one in best[:MOST_PARTS]]


def opening_scene(parts: Iterable[Told]) -> Words | None:
    """The first scene of all; its part does not tell it again."""
    scenes = (w for one in parts for _, p in one.programmes for w in p.passages("case"))
    return next(scenes, None)


def _tells(programme: Programme) -> bool:
    return bool(programme.facts or programme.passages("practice") or _lively(programme))


def _told(part: Part, owners: dict[int, Contributor]) -> Told:
    """The heading is about what is told, not about what is left out."""
    best = sorted(part.programmes, key=lambda one: _rank([one]), reverse=True)[:MOST_PROGRAMMES]
    kept = tuple(p for p in part.programmes if p in best)
    about = Counter(theme_of(p).name for p in best).most_common(2)
    named = tuple(one for one in part.themes if one.name in dict(about))
    # What has a scene comes first: the text goes from the people to what was done for them.
    told = sorted(kept, key=lambda one: not one.passages("case"))
    return Told(Part(kept, named), tuple((owners[p.id], _short(p, owners[p.id])) for p in told))


def _rank(programmes: Iterable[Programme]) -> tuple:
    """More scenes and voices first, then more that must be said, then what weighs most."""
    found = list(programmes)
    facts = [fact for one in found for fact in one.facts]
    lively = sum(map(_lively, found))
    return lively, sum(fact.must_say for fact in facts), max(map(weight, facts), default=())


def _lively(programme: Programme) -> int:
    return sum(len(programme.passages(kind)) for kind in LIVELY)


def _short(programme: Programme, one: Contributor) -> Programme:
    """To the point, and of how it was done the first sentence."""
    kept = [w.first_sentence() if w.kind == "practice" else w for w in programme.words]
    return replace(to_the_point(programme, one), words=tuple(kept))
