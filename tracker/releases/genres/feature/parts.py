"""One headed part: a scene, what was done with its figures, and a voice."""

from collections.abc import Iterable, Sequence

from tracker.documents.tree import Block, Heading, Inline, Paragraph, Section, Text
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.themes import heading_of
from tracker.releases.wording.programmes import numbers, opened, practice
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice

from .choice import Told
from .pictures import Gallery

SOURCES = ("据了解，", "据介绍，", "记者了解到，", "记者采访中获悉，")


def part_sections(parts: Sequence[Told], gallery: Gallery, voice: Voice) -> Iterable[Section]:
    for number, told in enumerate(parts, 1):
        heading = Heading(2, (Text(heading_of(told.part, voice.chooser)),))
        blocks = [*_scenes(told, voice), *_facts(told, voice), *_voices(told, voice)]
        yield Section(f"part{number}", heading, (*blocks, *gallery.next()))


def _scenes(told: Told, voice: Voice) -> list[Block]:
    found = [words for _, programme in told.programmes for words in programme.passages("case")]
    return [Paragraph(voice.passage(words), key=f"case{words.id}") for words in found]


def _facts(told: Told, voice: Voice) -> list[Block]:
    """Every programme behind the name of who told it."""
    made = [_paragraph(one, programme, voice) for one, programme in told.programmes]
    return [block for block in made if block]


def _paragraph(one: Contributor, programme: Programme, voice: Voice) -> Paragraph | None:
    told = practice(programme, voice)
    counted = numbers(programme, voice, Timeline())
    if not told and not counted:
        return None
    source: list[Inline] = [Text(voice.pick("source", SOURCES))]
    source += opened(one, programme, voice, goes_on=bool(told))
    return Paragraph(merged([*source, *told, *counted]), key=f"programme{programme.id}")


def _voices(told: Told, voice: Voice) -> list[Block]:
    """“…”张某说。 Words and speaker as they were supplied."""
    blocks: list[Block] = []
    for _, programme in told.programmes:
        for words in programme.passages("quote"):
            who = voice.words(words.speaker) if words.speaker else slot("引语的发言人", voice)
            said = voice.passage(words)
            inlines = merged([Text("“"), *said, Text("”"), who, Text("说。")])
            blocks.append(Paragraph(inlines, key=f"quote{words.id}"))
    return blocks
