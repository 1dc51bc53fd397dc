"""The lead: time, place, who, and the figures that weigh most."""

from tracker.documents.tree import Agency, Date, Inline, Paragraph, Text
from tracker.releases.material import Material
from tracker.releases.occasion import span_words
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import leading
from tracker.releases.wording.leading import led_by
from tracker.releases.wording.voice import Voice

GOALS = (
    "坚持把群众的急难愁盼放在心上，出实招、办实事、求实效，推动各项重点工作落地见效。",
    "聚焦群众所思所盼，一件事情接着一件事情办，让发展成果更好惠及群众。",
    "锚定年度目标任务，上下联动、分工协作，把一项项部署变成群众看得见的变化。",
)


def lead(material: Material, voice: Voice) -> Paragraph:
    """2020年，济南市有关单位坚持…。截至2020年底，全市累计…。"""
    inlines: list[Inline] = [Date(span_words(material.span)), Text("，"), *_who(material)]
    inlines.append(Text(voice.pick("goals", GOALS)))
    facts = leading(material.contributors)
    inlines += led_by(facts, voice)
    return Paragraph(merged([*inlines, Text("。" if facts else "")]), "lead")


def _who(material: Material) -> tuple[Inline, ...]:
    """The one agency by its name; several are named where they speak."""
    if len(material.contributors) == 1:
        (one,) = material.contributors
        return (Agency(f"a{one.id}", one.name),)
    return (Text(f"{material.region}有关单位"),)
