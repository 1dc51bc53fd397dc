"""Numbered chapters of internal papers: figures by agency, approved words by agency."""

from collections.abc import Callable, Sequence

from tracker.documents.tree import Block, Heading, Inline, Ordinal, Paragraph, Section, Text
from tracker.language.prose import heading as heading_number
from tracker.language.prose import point
from tracker.releases.material import Contributor, Material
from tracker.releases.patterns.rendering import merged

from .programmes import numbers
from .sentences import Timeline
from .voice import Voice

Numbered = Callable[[int], Section]


def numbered(chapters: Sequence[Numbered | None]) -> tuple[Section, ...]:
    """The chapters that there are, counted 一、 二、 …"""
    return tuple(build(number) for number, build in enumerate(filter(None, chapters), 1))


def chapter(key: str, title: str, blocks: Sequence[Block]) -> Numbered | None:
    """None where there is nothing to say: no heading stands alone."""
    if not blocks:
        return None
    return lambda number: Section(
        key, Heading(1, (Ordinal(heading_number(number)), Text(title))), tuple(blocks)
    )


def figures_of(material: Material, voice: Voice) -> list[Block]:
    """Figures only: （一）agency, then a paragraph for each programme, its name run in."""
    blocks: list[Block] = []
    telling = [one for one in material.contributors if one.facts]
    for number, one in enumerate(telling, 1):
        blocks.append(Heading(2, (Ordinal(heading_number(number, 2)), voice.agency(one))))
        blocks += _programmes(one, voice)
    return blocks


def _programmes(one: Contributor, voice: Voice) -> list[Block]:
    timeline = Timeline()
    blocks: list[Block] = []
    for programme in one.programmes:
        if inlines := numbers(programme, voice, timeline):
            run_in = (voice.words(f"{programme.name}。"),)
            blocks.append(Paragraph(merged([*run_in, *inlines]), key=f"programme{programme.id}"))
    return blocks


def told(
    key: str, title: str, kinds: Sequence[str], material: Material, voice: Voice
) -> Numbered | None:
    """Approved words verbatim, each agency's behind its name, several of them counted."""
    blocks: list[Block] = []
    for one in material.contributors:
        found = [words for kind in kinds for words in one.passages(kind)]
        if found:
            inlines: list[Inline] = [voice.agency(one), Text("：")]
            for number, words in enumerate(found, 1):
                inlines += [Ordinal(point(number))] if len(found) > 1 else []
                inlines += voice.passage(words)
            blocks.append(Paragraph(merged(inlines), key=f"{key}{one.id}"))
    if not blocks:
        voice.remark(f"没有已核定的“{title}”文字，文稿未设该部分。")
    return chapter(key, title, blocks)
