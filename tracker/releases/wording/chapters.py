"""Numbered chapters of internal papers: figures by agency, approved words by agency."""

from collections.abc import Callable, Sequence

from tracker.documents.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    Ordinal,
    Paragraph,
    Section,
    Text,
)
from tracker.language.prose import heading as heading_number
from tracker.language.prose import point
from tracker.releases.material import Contributor, Material, Programme
from tracker.releases.patterns.rendering import merged

from .outlook import SUBJECT
from .programmes import TOLD, covered, numbers, practice
from .sentences import Timeline
from .slots import slot
from .titles import bare
from .voice import Voice

Numbered = Callable[[int], Section]
EXAMPLES = ("如", "例如", "比如", "譬如")


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


Item = Callable[[Programme, Voice, Timeline], Inlines]


def figures_of(material: Material, voice: Voice) -> list[Block]:
    """Figures only: （一）agency, then a paragraph for each programme, its name run in."""
    telling = [one for one in material.contributors if one.facts]
    return _by_agency(telling, _counted, voice, once=True)


def items_of(material: Material, voice: Voice) -> list[Block]:
    """（一）agency, then for each programme what was done, its figures, and a case."""
    telling = [one for one in material.contributors if one.facts or any(map(one.passages, TOLD))]
    return _by_agency(telling, _item, voice)


def _by_agency(
    telling: Sequence[Contributor], item: Item, voice: Voice, *, once: bool = False
) -> list[Block]:
    """`once`: the one time of all that an agency reports is said once; of several, each says its own."""
    blocks: list[Block] = []
    for number, one in enumerate(telling, 1):
        blocks.append(Heading(2, (Ordinal(heading_number(number, 2)), voice.agency(one))))
        shared = Timeline()
        for programme in one.programmes:
            if inlines := item(
                programme, voice, shared if once and _of_one_time(one) else Timeline()
            ):
                run_in = (voice.words(f"{bare(programme)}。"),)
                blocks.append(
                    Paragraph(merged([*run_in, *inlines]), key=f"programme{programme.id}")
                )
    return blocks


def _of_one_time(one: Contributor) -> bool:
    """Behind another's time a figure without one would be read with it."""
    return len({(fact.base, fact.as_of) for fact in one.facts}) == 1


def _counted(programme: Programme, voice: Voice, timeline: Timeline) -> Inlines:
    return covered(programme, numbers(programme, voice, timeline))


def _item(programme: Programme, voice: Voice, timeline: Timeline) -> Inlines:
    """What was done right before its figures; an example stands beside what it is one of."""
    done = practice(programme, voice)
    inlines: list[Inline] = [*done, *_counted(programme, voice, timeline)]
    for words in programme.passages("honour"):
        inlines += voice.passage(words)
    for words in programme.passages("case"):
        inlines += [] if words.text.startswith(EXAMPLES) else [Text("如，")]
        inlines += voice.passage(words)
    return tuple(inlines)


def told(
    key: str,
    title: str,
    kinds: Sequence[str],
    material: Material,
    voice: Voice,
    *,
    wanted: bool = False,
) -> Numbered | None:
    """Approved words verbatim, each agency's behind its name, several of them counted.

    `wanted`: without words the chapter is marked for the editor, else it is left out.
    """
    blocks: list[Block] = []
    for one in material.contributors:
        found = [words for kind in kinds for words in one.passages(kind)]
        if found:
            # 工会系统将…: who plans it stands in the words.
            named = len(found) == 1 and SUBJECT.match(found[0].text)
            inlines: list[Inline] = [] if named else [voice.agency(one), Text("：")]
            for number, words in enumerate(found, 1):
                inlines += [Ordinal(point(number))] if len(found) > 1 else []
                inlines += voice.passage(words)
            blocks.append(Paragraph(merged(inlines), key=f"{key}{one.id}"))
    if not blocks and wanted:
        blocks = wanting(title, voice)
    if not blocks:
        voice.remark(f"没有已核定的“{title}”文字，文稿未设该部分。")
    return chapter(key, title, blocks)


def is_bare(material: Material) -> bool:
    """Nobody has entered a word: a paper of figures alone keeps its chapters open for the editor."""
    return not any(programme.words for one in material.contributors for programme in one.programmes)


def wanting(title: str, voice: Voice) -> list[Block]:
    """【待补：工作建议】 as the only paragraph of a chapter."""
    return [Paragraph((slot(title, voice),))]
