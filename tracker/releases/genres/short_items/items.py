"""Items of one matter each: two paragraphs at most, all that must be said of it, and its plan."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.documents.tree import Heading, Inline, Inlines, Paragraph, Section, Text
from tracker.language.nearness import pairs
from tracker.releases.material import Contributor, Programme, Words
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import named, numbers, weight
from tracker.releases.themes import theme_of
from tracker.releases.wording.leading import foremost
from tracker.releases.wording.outlook import PLANNED
from tracker.releases.wording.programmes import account
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.titles import title_of
from tracker.releases.wording.voice import Voice

LONGEST = 400  # characters of an item
A_FIGURE, A_FRAME = 17, 60  # about what a figure takes with its noun and verb; dateline and opening


def matters(one: Contributor) -> list[Contributor]:
    """The agency once for each item: its programmes of one theme, as many as an item has room for."""
    telling = [_short(p) for p in one.programmes if p.facts or p.passages("practice")]
    made: list[list[Programme]] = []
    for part in _by_theme(telling):
        room = 0
        for programme in part:
            room -= _length(programme)
            if room < 0:
                made.append([])
                room = LONGEST - A_FRAME - _length(programme)
            made[-1].append(programme)
    return [_without_plans(one, programmes) for programmes in made]


def _without_plans(one: Contributor, programmes: Sequence[Programme]) -> Contributor:
    kept = (
        replace(p, words=tuple(words for words in p.words if words.kind != "next"))
        for p in programmes
    )
    return replace(one, programmes=tuple(kept))


def plan_at(one: Contributor, told: Sequence[Contributor]) -> int | None:
    """Which of the agency's items its first plan closes: the one that it speaks of most, else the last."""
    planned = one.passages("next")
    if not planned or not told:
        return None
    spoken = pairs(planned[0].text)
    named = [len(spoken & pairs("".join(p.name for p in item.programmes))) for item in told]
    return len(named) - 1 - named[::-1].index(max(named))


def _by_theme(programmes: Sequence[Programme]) -> list[list[Programme]]:
    """In the order of first appearance."""
    grouped: dict[str, list[Programme]] = {}
    for programme in programmes:
        grouped.setdefault(theme_of(programme).name, []).append(programme)
    return list(grouped.values())


def _short(programme: Programme) -> Programme:
    """What must be said, else the weightiest; of the words the first sentence."""
    kept = [w.first_sentence() if w.kind == "practice" else w for w in programme.words]
    must = tuple(fact for fact in programme.facts if fact.must_say or named(programme, fact))
    best = tuple(sorted(programme.facts, key=weight, reverse=True)[:1])
    return replace(programme, facts=must or best, words=tuple(kept))


def _length(programme: Programme) -> int:
    told = sum(len(words.text) for words in programme.passages("practice"))
    return told + A_FIGURE * sum(map(numbers, programme.facts))


def item(one: Contributor, number: int, plan: Words | None, voice: Voice) -> Section:
    """The headline says what was done, and who did it; an approved plan closes it."""
    voice.begin()
    first = foremost(one)
    heading = Heading(2, (Text(one.short_name), voice.words(title_of(first))))
    blocks = [_news(one, voice), *_plan(plan, voice)]
    return Section(f"item{one.id}-{number}", heading, tuple(blocks))


def _news(one: Contributor, voice: Voice) -> Paragraph:
    timeline = Timeline()
    inlines: list[Inline] = [*_dateline(voice)]
    for number, programme in enumerate(one.programmes):
        inlines += account(programme, voice, timeline, one, goes_on=bool(number), within=False)
    return Paragraph(merged(inlines), key=f"item{one.programmes[0].id}")


def _dateline(voice: Voice) -> Inlines:
    """（济南　通讯员孟远）; without a place and an author, none."""
    named = [voice.material.setting(name) for name in ("地名", "作者")]
    words = "　".join(filter(None, named))
    return (voice.words(f"（{words}）"),) if words else ()


def _plan(words: Words | None, voice: Voice) -> list[Paragraph]:
    if words is None:
        return []
    opening = () if PLANNED.match(words.text) else (Text("下一步，"),)
    return [Paragraph(merged([*opening, *voice.passage(words)]), key=f"next{words.id}")]
