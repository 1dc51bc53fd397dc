"""The figures that lead, side by side in one sentence; each period is said where it begins."""

from collections.abc import Sequence

from tracker.documents.tree import Inline, Text
from tracker.releases.facts import Fact

from .clauses import clauses
from .sentences import Timeline
from .voice import Voice


def led_by(facts: Sequence[Fact], voice: Voice) -> list[Inline]:
    """近年来，全市累计发展…；截至2020年底，累计招募…: without a mark at its end."""
    timeline = Timeline()
    inlines: list[Inline] = []
    # What has no period of its own stands first: behind another's it would be read as of that time.
    for number, fact in enumerate(sorted(facts, key=lambda fact: bool(fact.base or fact.as_of))):
        opening = timeline.opening([fact])
        if number:
            inlines.append(Text("；" if opening else "，"))
        adverb = "累计" if fact.cumulative else "共"
        inlines += [*opening, Text(f"{'' if number else voice.material.whole}{adverb}")]
        inlines += clauses([fact], voice, framed=True)[0].inlines
    return inlines
