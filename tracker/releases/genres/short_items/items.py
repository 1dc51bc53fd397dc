"""One item: two paragraphs at most in the words that were approved, with the weightiest figures."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.documents.tree import Heading, Inline, Inlines, Paragraph, Section, Text
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import numbers, to_the_point, weight
from tracker.releases.themes import parts
from tracker.releases.wording.programmes import numbers as numbers_of
from tracker.releases.wording.programmes import opened, practice
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

LONGEST = 400  # characters of an item
A_FIGURE, A_LINE = 17, 24  # about what a figure takes with its noun and verb, and the dateline
PLANNED = ("下一步", "今年", "接下来", "今后")


def within_room(one: Contributor) -> Contributor:
    """The agency with what an item has room for, the weightiest first; what is left goes to the table."""
    room = LONGEST - A_LINE - sum(len(words.text) for words in one.passages("next")[:1])
    kept: list[Programme] = []
    for programme in _ordered(one.programmes):
        programme = _short(programme, one)
        room -= _length(programme)
        if kept and room < 0:
            break
        kept.append(programme)
    return replace(one, programmes=tuple(p for p in kept if p.facts or p.words))


def _ordered(programmes: Sequence[Programme]) -> list[Programme]:
    return sorted(programmes, key=lambda one: max(map(weight, one.facts), default=()), reverse=True)


def _short(programme: Programme, one: Contributor) -> Programme:
    """To the point, and of the words the first sentence."""
    kept = [w.first_sentence() if w.kind == "practice" else w for w in programme.words]
    return replace(to_the_point(programme, one), words=tuple(kept))


def _length(programme: Programme) -> int:
    told = sum(len(words.text) for words in programme.passages("practice"))
    return told + A_FIGURE * sum(map(numbers, programme.facts))


def item(one: Contributor, voice: Voice) -> Section | None:
    """The headline makes a claim about what was done; None where nothing was approved to tell."""
    programmes = [p for p in one.programmes if p.facts or p.passages("practice")]
    if not programmes:
        return None
    heaviest = max(parts(programmes), key=lambda part: part.weight)
    action = voice.pick(f"does {heaviest.themes[0].name}", heaviest.themes[0].does)
    heading = Heading(2, (Text(f"{one.short_name}{action}"),))
    blocks = [_news(one, programmes, voice), *_plan(one, voice)]
    return Section(f"item{one.id}", heading, tuple(blocks))


def _news(one: Contributor, programmes: list[Programme], voice: Voice) -> Paragraph:
    timeline = Timeline()
    inlines: list[Inline] = [*_dateline(voice)]
    for number, programme in enumerate(programmes):
        told = practice(programme, voice)
        if not number:
            voice.begin()
            inlines += opened(one, programme, voice, goes_on=bool(told))
        inlines += (*told, *numbers_of(programme, voice, timeline))
    return Paragraph(merged(inlines), key=f"item{one.id}")


def _dateline(voice: Voice) -> Inlines:
    """（济南　通讯员孟远）; without a place and an author, none."""
    named = [voice.material.setting(name) for name in ("地名", "作者")]
    words = "　".join(filter(None, named))
    return (voice.words(f"（{words}）"),) if words else ()


def _plan(one: Contributor, voice: Voice) -> list[Paragraph]:
    """The first approved plan closes the item."""
    for words in one.passages("next")[:1]:
        opening = () if words.text.startswith(PLANNED) else (Text("下一步，"),)
        inlines = merged([*opening, *voice.passage(words)])
        return [Paragraph(inlines, key=f"next{words.id}")]
    return []
