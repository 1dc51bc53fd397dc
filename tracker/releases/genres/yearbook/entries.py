"""One entry a programme: purpose or decision, what was done, figures, honours. One matter an entry."""

from collections.abc import Sequence

from tracker.documents.tree import Inline, Inlines, Paragraph, Text
from tracker.releases.facts import Fact
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import headline
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.programmes import numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

TOLD = ("practice", "case", "honour")


def entries(one: Contributor, voice: Voice) -> list[Paragraph]:
    """【概况】 where there is enough to sum up, then every programme."""
    made = [_entry(programme, voice) for programme in one.programmes]
    found = [entry for entry in made if entry]
    return [*_overview(one, voice), *found] if len(found) > 1 else found


def _overview(one: Contributor, voice: Voice) -> list[Paragraph]:
    facts = headline(one)
    if not facts:
        return []
    inlines: list[Inline] = [Text("【概况】"), *Timeline().opening(facts), voice.agency(one)]
    inlines.append(Text(_adverb(facts)))
    for number, clause in enumerate(clauses(facts, voice, framed=True)):
        inlines += [Text("，")] if number else []
        inlines += clause.inlines
    return [Paragraph(merged([*inlines, Text("。")]), key=f"overview{one.id}")]


def _adverb(facts: Sequence[Fact]) -> str:
    return "累计" if all(fact.cumulative for fact in facts) else "共"


def _entry(programme: Programme, voice: Voice) -> Paragraph | None:
    """【名称】 and then the words and figures; None where nothing was approved."""
    body = (*_words(programme, voice), *numbers(programme, voice, Timeline()))
    if not body:
        return None
    title = (Text("【"), voice.words(programme.name), Text("】"))
    return Paragraph(merged([*title, *body]), key=f"programme{programme.id}")


def _words(programme: Programme, voice: Voice) -> Inlines:
    """Approved words verbatim, in the order of a yearbook; plans and problems have no place in it."""
    found = [words for kind in TOLD for words in programme.passages(kind)]
    return tuple(node for words in found for node in voice.passage(words))
