"""A part for each agency, under a heading that says what the part holds; then the next steps."""

from collections.abc import Sequence

from tracker.documents.tree import Heading, Paragraph, Section, Text
from tracker.releases.material import Contributor
from tracker.releases.themes import heading_of, parts
from tracker.releases.wording.outlook import outlook
from tracker.releases.wording.parts import part_paragraphs
from tracker.releases.wording.programmes import tells
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice


def body(one: Contributor, voice: Voice) -> list[Section]:
    """Without a first-person word: the agency opens each paragraph by name, with what it does."""
    programmes = [programme for programme in one.programmes if tells(programme)]
    if not programmes:
        return []
    blocks = part_paragraphs(programmes, voice, Timeline(), one=one)
    heaviest = max(parts(programmes), key=lambda part: part.weight)
    heading = Heading(2, (voice.agency(one), Text(f"：{heading_of(heaviest, voice.chooser)}")))
    return [Section(f"agency{one.id}", heading, tuple(blocks))]


def next_steps(contributors: Sequence[Contributor], voice: Voice) -> list[Section]:
    """The approved plans in one paragraph."""
    inlines = outlook(contributors, voice)
    if not inlines:
        voice.remark("没有已核定的“下一步”文字，通稿未写打算。")
        return []
    return [Section("next", None, (Paragraph(inlines, key="next"),))]
