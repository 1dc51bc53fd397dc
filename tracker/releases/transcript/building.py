"""The transcript as a document tree: host, talks as they were given, questions and answers. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.documents.tree import Block, Document, Inlines, Paragraph, Section, Text, plain
from tracker.releases.patterns.rendering import merged

from .material import Written
from .turns import Kind, Turn, Voice

STYLES = {Kind.QUESTION: "question", Kind.ANSWER: "answer"}
MATERIAL = "会前材料"
NOT_SPOKEN = "（速记中没有这一发布，以下为会前发布词。）"


def built(material: Document, talks: Sequence[Written], turns: Sequence[Turn]) -> Document:
    """The conference in the order in which it was held.

    A talk that nobody gave, or that the notes lack, stands as it was written, and says so.
    """
    voices = {talk.voice.key: talk.voice for talk in talks}
    sections = [_section(turn, voices) for turn in turns if turn.kind != Kind.LEFT_OUT]
    missing = [talk for talk in talks if talk.voice.key not in given(turns)]
    last = max((i for i, turn in enumerate(_kept(turns)) if turn.kind == Kind.TALK), default=-1)
    sections[last + 1 : last + 1] = [_as_written(talk) for talk in missing]
    meta = {name: value for name, value in material.meta.items() if name != "version"}
    return Document(_title(material.title), tuple(sections), material.profile, meta)


def given(turns: Iterable[Turn]) -> set[str]:
    """The keys of the talks that were given."""
    return {turn.voice for turn in turns if turn.kind == Kind.TALK and turn.voice}


def _kept(turns: Iterable[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.kind != Kind.LEFT_OUT]


def _title(title: Inlines) -> Inlines:
    """…会前材料 is now …实录."""
    changed = [
        replace(inline, text=inline.text.replace(MATERIAL, "实录"))
        if isinstance(inline, Text)
        else inline
        for inline in title
    ]
    return merged(changed if MATERIAL in plain(title) else [*changed, Text("实录")])


def _section(turn: Turn, voices: Mapping[str, Voice]) -> Section:
    speaker = Paragraph((Text(f"{speaker_of(turn, voices)}："),), "speaker", f"turn{turn.number}")
    style = STYLES.get(turn.kind, "body")
    words = (Paragraph((Text(text),), style) for text in turn.paragraphs)
    return Section(f"turn{turn.number}-{turn.kind}", None, (speaker, *words))


def speaker_of(turn: Turn, voices: Mapping[str, Voice]) -> str:
    """How the document names the speaker: as the material does where it knows them."""
    voice = voices.get(turn.voice)
    if voice is None:
        return {"问": "记者", "答": "发布人"}.get(turn.said, turn.said) or turn.kind.label
    return full_name(voice)


def full_name(voice: Voice) -> str:
    return f"{voice.agency}{voice.post}{'　' if voice.name else ''}{voice.name}"


def _as_written(talk: Written) -> Section:
    return Section(f"{talk.voice.key}-written", None, tuple(_head_and(talk)))


def _head_and(talk: Written) -> Iterator[Block]:
    yield Paragraph((Text(f"{full_name(talk.voice)}："),), "speaker")
    yield Paragraph((Text(NOT_SPOKEN),), "note")
    yield from talk.blocks
