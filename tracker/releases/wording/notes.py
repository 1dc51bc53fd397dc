"""说明: what was made good for in the sums of a paper, and what two sources reported both."""

from tracker.documents.tree import Block, Date, Inline, Paragraph, Text
from tracker.language.dates import say_span
from tracker.releases.material import MadeGood, Material, Shared
from tracker.releases.patterns.rendering import merged

from .voice import Voice


def notes(material: Material, voice: Voice) -> list[Block]:
    """One paragraph; none where there is nothing to know."""
    said = [_made_good(one, voice) for one in material.made_good]
    said += [_shared(one, voice) for one in material.shared]
    if not said:
        return []
    inlines: list[Inline] = [Text("上述数据")]
    for number, clause in enumerate(said):
        inlines += [Text("；")] if number else []
        inlines += clause
    return [Paragraph(merged([*inlines, Text("。")]), key="notes")]


def _made_good(one: MadeGood, voice: Voice) -> list[Inline]:
    """已核减历下区2026年3月培训农民工86人次."""
    verb, thing = one.fact.topic.verb, one.fact.topic.name
    name = thing if thing.startswith(verb) else f"{verb}{thing}"
    return [
        Text("已核减" if one.fact.value < 0 else "已补计"),
        voice.words(one.place),
        Date(say_span(one.about)),
        voice.words(name),
        voice.figure(one.fact, abs(one.fact.value)),
    ]


def _shared(one: Shared, voice: Voice) -> list[Inline]:
    """甲、乙2026年6月重复的210人次已剔除."""
    first, second = one.places
    return [
        voice.words(first),
        Text("、"),
        voice.words(second),
        Date(say_span(one.span)),
        voice.words(one.fact.topic.name),
        Text("重复的"),
        voice.figure(one.fact),
        Text("已剔除"),
    ]
