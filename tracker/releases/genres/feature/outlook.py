"""What comes next, each plan behind the name of who announced it."""

from tracker.documents.tree import Inline, Paragraph, Section, Text
from tracker.releases.material import Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.voice import Voice

PLANNED = ("下一步", "今年", "接下来", "今后")


def outlook(material: Material, voice: Voice) -> list[Section]:
    """One paragraph of the approved plans; nothing is promised for anybody."""
    inlines: list[Inline] = []
    for one in material.contributors:
        for words in one.passages("next")[:1]:
            opening = "表示，" if words.text.startswith(PLANNED) else "表示，下一步，"
            inlines += [voice.agency(one), Text(opening), *voice.passage(words)]
    if not inlines:
        voice.remark("没有已核定的“下一步”文字，通讯未写打算。")
        return []
    return [Section("outlook", None, (Paragraph(merged(inlines)),))]
