"""What the text says, in which order, and what only the table holds."""

from dataclasses import replace

from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme, Words
from tracker.releases.selection import bears_all_that_must, named, to_the_point, weight


def told(one: Contributor) -> Contributor:
    """The agency with what the text says, the programme that weighs most first."""
    programmes = [
        replace(p, facts=_said(p, one), words=tuple(map(_short, p.words))) for p in one.programmes
    ]
    ordered = sorted(programmes, key=_heaviest, reverse=True)
    return replace(one, programmes=tuple(ordered))


def _short(words: Words) -> Words:
    """Of how the work was done a release tells the first sentence."""
    return words.first_sentence() if words.kind == "practice" else words


def _said(programme: Programme, one: Contributor) -> tuple[Fact, ...]:
    """What must be said or the city's own sentence names; of a programme without such figures the weightiest
    one, of too many those to the point."""
    must = tuple(f for f in programme.facts if f.must_say or named(programme, f))
    if must and not bears_all_that_must(one):
        return to_the_point(replace(programme, facts=must), one).facts
    return must or tuple(sorted(programme.facts, key=weight, reverse=True)[:1])


def _heaviest(programme: Programme) -> tuple:
    """Programmes with nothing to count stand behind, in their own order."""
    return max((weight(fact)[:3] for fact in programme.facts), default=(False, 0, 0))
