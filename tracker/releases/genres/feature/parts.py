"""One headed part: of each programme a scene, what was done with its figures, and a voice."""

from collections.abc import Iterable, Sequence

from tracker.documents.tree import Block, Heading, Paragraph, Section, Text
from tracker.releases.material import Contributor, Programme, Words
from tracker.releases.patterns.rendering import merged
from tracker.releases.themes import heading_of
from tracker.releases.wording.programmes import account
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .choice import Told
from .pictures import Gallery


def part_sections(
    parts: Sequence[Told], opening: Words | None, gallery: Gallery, voice: Voice
) -> Iterable[Section]:
    """`opening`: the scene that the text has begun with."""
    for number, told in enumerate(parts, 1):
        heading = Heading(2, (Text(heading_of(told.part, voice.chooser)),))
        blocks = [
            block
            for one, programme in told.programmes
            for block in _told(one, programme, opening, voice)
        ]
        yield Section(f"part{number}", heading, (*blocks, *gallery.next()))


def _told(
    one: Contributor, programme: Programme, opening: Words | None, voice: Voice
) -> list[Block]:
    """Scene, facts and voice of one matter stand together."""
    facts = _facts(one, programme, voice)
    return [*_scenes(programme, opening, voice), *facts, *_voices(programme, voice)]


def _scenes(programme: Programme, opening: Words | None, voice: Voice) -> list[Block]:
    found = [words for words in programme.passages("case") if words is not opening]
    return [Paragraph(voice.passage(words), key=f"case{words.id}") for words in found]


def _facts(one: Contributor, programme: Programme, voice: Voice) -> list[Block]:
    """Behind the name of whose it is; where nobody was asked, nobody is said to have told it."""
    said = account(programme, voice, Timeline(), one)
    return [Paragraph(said, key=f"programme{programme.id}")] if said else []


def _voices(programme: Programme, voice: Voice) -> list[Block]:
    """“…”张某说。 Words and speaker as they were supplied."""
    blocks: list[Block] = []
    for words in programme.passages("quote"):
        who = voice.words(words.speaker) if words.speaker else slot("引语的发言人", voice)
        said = voice.passage(words)
        inlines = merged([Text("“"), *said, Text("”"), who, Text("说。")])
        blocks.append(Paragraph(inlines, key=f"quote{words.id}"))
    return blocks
