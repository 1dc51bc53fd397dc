"""A part for each agency, under a heading that says what the part holds; then the next steps."""

from collections.abc import Sequence

from tracker.documents.tree import Heading, Inline, Paragraph, Section, Text
from tracker.releases.material import Contributor
from tracker.releases.patterns.rendering import merged
from tracker.releases.themes import heading_of, parts
from tracker.releases.wording.parts import part_paragraphs
from tracker.releases.wording.programmes import tells
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

PLANNED = ("下一步", "今年", "接下来", "今后")


def body(one: Contributor, voice: Voice) -> list[Section]:
    """Without a first-person word: the agency opens its part by name."""
    programmes = [programme for programme in one.programmes if tells(programme)]
    if not programmes:
        return []
    blocks = part_paragraphs(programmes, voice, Timeline(), numbered=False)
    heaviest = max(parts(programmes), key=lambda part: part.weight)
    heading = Heading(2, (voice.agency(one), Text(f"：{heading_of(heaviest, voice.chooser)}")))
    return [Section(f"agency{one.id}", heading, tuple(blocks))]


def next_steps(contributors: Sequence[Contributor], voice: Voice) -> list[Section]:
    """The approved plans, each behind the name of who said it; nothing is promised for anybody."""
    blocks = []
    for one in contributors:
        for words in one.passages("next"):
            opening = "表示，" if words.text.startswith(PLANNED) else "表示，下一步，"
            inlines: list[Inline] = [voice.agency(one), Text(opening), *voice.passage(words)]
            blocks.append(Paragraph(merged(inlines), key=f"next{words.id}"))
    if not blocks:
        voice.remark("没有已核定的“下一步”文字，通稿未写打算。")
        return []
    return [Section("next", None, tuple(blocks))]
