"""答问口径: questions and answers that were approved; none is invented."""

from tracker.documents.tree import Block, Heading, Ordinal, Paragraph, Section, Text
from tracker.language.prose import heading as heading_number
from tracker.releases.material import Contributor, Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice


def answers(material: Material, voice: Voice) -> Section:
    """By agency in the order of the talks, one or more questions each."""
    voice.begin()
    blocks: list[Block] = [Paragraph((Text("答问口径"),), "part")]
    for number, one in enumerate(material.contributors, 1):
        inlines = (Ordinal(heading_number(number)), voice.agency(one))
        blocks += [Heading(1, inlines), *_of(one, voice)]
    return Section("answers", None, tuple(blocks))


def _of(one: Contributor, voice: Voice) -> list[Block]:
    prepared = one.passages("answer")
    if not prepared:
        return [Paragraph((slot(f"{one.short_name}的答问口径", voice),))]
    blocks: list[Block] = []
    for words in prepared:
        asked = voice.quoted(words.question) if words.question else slot("问题", voice)
        blocks.append(Paragraph((Text("问："), asked), "question"))
        blocks.append(Paragraph(merged([Text("答："), *voice.passage(words)]), "answer"))
    return blocks
