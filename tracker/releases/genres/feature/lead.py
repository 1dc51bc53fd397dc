"""The opening: a scene with a person, then the year, who did what, and a figure or two."""

from collections.abc import Sequence

from tracker.documents.tree import Date, Inline, Paragraph, Text
from tracker.releases.material import Contributor, Material, Programme, Words
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.leading import deeds, foremost, led_by
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .choice import Told


def scene(opening: Words | None, voice: Voice) -> Paragraph:
    """The person with whom the text begins; none is invented."""
    if opening is None:
        return Paragraph((slot("人物故事", voice),))
    return Paragraph(voice.passage(opening), key=f"case{opening.id}")


def lead(material: Material, parts: Sequence[Told], voice: Voice) -> Paragraph:
    """2020年，济南市总工会开展…，济南市民政局实施…。脱贫攻坚期间，市总工会累计…。"""
    inlines: list[Inline] = [Date(span_words(material.span)), Text("，")]
    inlines += [*deeds(_done(material, parts), voice), *led_by(material.contributors, voice)]
    return Paragraph(merged(inlines), "lead")


def _done(material: Material, parts: Sequence[Told]) -> list[tuple[Contributor, Programme]]:
    """Of each agency the programme that is told first."""
    told = [pair for part in parts for pair in part.programmes]
    done = []
    for one in material.contributors:
        first = next((p for owner, p in told if owner.id == one.id), None) or foremost(one)
        done += [(one, first)] if first else []
    return done
