"""One item: two paragraphs at most in the words that were approved, with the weightiest figures."""

from tracker.documents.tree import Heading, Inline, Inlines, Paragraph, Section, Text, plain
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import weight
from tracker.releases.themes import parts
from tracker.releases.wording.programmes import figures, practice
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

LONGEST = 400  # characters of an item; what must be said goes beyond it
PLANNED = ("下一步", "今年", "接下来", "今后")


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
    for programme in _ordered(programmes):
        told = _told(programme, voice, timeline, room=LONGEST - len(plain(inlines)))
        inlines += told
    return Paragraph(merged(inlines), key=f"item{one.id}")


def _dateline(voice: Voice) -> Inlines:
    """（济南　通讯员孟远）; without a place and an author, none."""
    named = [voice.material.setting(name) for name in ("地名", "作者")]
    words = "　".join(filter(None, named))
    return (voice.words(f"（{words}）"),) if words else ()


def _ordered(programmes: list[Programme]) -> list[Programme]:
    return sorted(programmes, key=lambda one: max(map(weight, one.facts), default=()), reverse=True)


def _told(programme: Programme, voice: Voice, timeline: Timeline, *, room: int) -> Inlines:
    """What must be said always; the rest as long as there is room."""
    facts = tuple(fact for fact in programme.facts if fact.must_say or room > 0)
    done = practice(programme, voice) if room > 0 else ()
    return (*done, *figures(_within(facts), voice, timeline))


def _within(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """At most three numbers serve one point; those that must be said are never dropped."""
    free = sorted((fact for fact in facts if not fact.must_say), key=weight, reverse=True)
    must = [fact for fact in facts if fact.must_say]
    kept = {fact.key for fact in (*must, *free[: max(0, 3 - len(must))])}
    return tuple(fact for fact in facts if fact.key in kept)


def _plan(one: Contributor, voice: Voice) -> list[Paragraph]:
    """The first approved plan closes the item."""
    for words in one.passages("next")[:1]:
        opening = () if words.text.startswith(PLANNED) else (Text("下一步，"),)
        inlines = merged([*opening, *voice.passage(words)])
        return [Paragraph(inlines, key=f"next{words.id}")]
    return []
