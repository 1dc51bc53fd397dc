"""The sections of a brief. Wording is fixed: no variation, one agency after the other."""

from collections.abc import Callable

from tracker.documents.tree import Block, Heading, Inline, Ordinal, Paragraph, Section, Text
from tracker.language.prose import heading as heading_number
from tracker.language.prose import point
from tracker.releases.material import Contributor, Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.sentences import Timeline, by_period, sentences
from tracker.releases.wording.voice import Voice

Numbered = Callable[[int], Section]


def progress(material: Material, voice: Voice) -> Numbered | None:
    """Figures only, one paragraph an agency, programmes in order."""
    blocks: list[Block] = []
    telling = [one for one in material.contributors if one.facts]
    for number, one in enumerate(telling, 1):
        blocks += [_agency_heading(number, one, voice), *_figures(one, voice)]
    return _section("progress", "工作进展", blocks)


def _agency_heading(number: int, one: Contributor, voice: Voice) -> Heading:
    return Heading(2, (Ordinal(heading_number(number, 2)), voice.agency(one)))


def _figures(one: Contributor, voice: Voice) -> list[Block]:
    timeline = Timeline()
    blocks: list[Block] = []
    for programme in one.programmes:
        inlines: list[Inline] = []
        for group in by_period(programme.facts):
            if made := clauses(group, voice):
                inlines += sentences(made, timeline.opening(group), voice)
        if inlines:
            run_in = (voice.words(f"{programme.name}。"),)
            blocks.append(Paragraph(merged([*run_in, *inlines]), key=f"programme{programme.id}"))
    return blocks


def practices(material: Material, voice: Voice) -> Numbered | None:
    return _told("practices", "主要做法", ("practice", "case", "honour"), material, voice)


def problems(material: Material, voice: Voice) -> Numbered | None:
    return _told("problems", "存在问题", ("problem",), material, voice)


def next_steps(material: Material, voice: Voice) -> Numbered | None:
    return _told("next", "下一步打算", ("next",), material, voice)


def _told(
    key: str, title: str, kinds: tuple[str, ...], material: Material, voice: Voice
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
        voice.remark(f"没有已核定的“{title}”文字，简报未设该部分。")
    return _section(key, title, blocks)


def _section(key: str, title: str, blocks: list[Block]) -> Numbered | None:
    if not blocks:
        return None
    return lambda number: Section(
        key, Heading(1, (Ordinal(heading_number(number)), Text(title))), tuple(blocks)
    )
