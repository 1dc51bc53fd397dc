"""The programmes of one part as paragraphs: numbered points, or one list where little was told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from tracker.documents.tree import Inline, Paragraph, Text
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged

from .clauses import clauses
from .programmes import TOLD, cases, paragraph
from .sentences import WHOLE, Timeline
from .voice import Voice

SHORT = 2  # facts of a programme that may share a list


def part_paragraphs(
    programmes: Sequence[Programme],
    voice: Voice,
    timeline: Timeline,
    *,
    one: Contributor | None = None,
) -> list[Paragraph]:
    """一是…。二是…。 or, for neighbours of which only numbers are known, 甲…；乙…。; then the cases.

    `one`: the agency whose programmes they are; the first then begins with its name, a case follows its
    programme, and programmes of one time without a word of how share a paragraph. Without it the agency
    itself speaks.
    """
    groups = [list(group) for _, group in groupby(programmes, lambda one: _group_key(one))]
    pieces = [piece for group in groups for piece in _pieces(group)]
    count = sum(len(piece) == 1 for piece in pieces)
    made: list[Paragraph | None] = []
    number, before = 0, None
    for piece in pieces:
        if len(piece) > 1:
            made.append(_listed(piece, voice, timeline))
            made += cases(piece, voice) if one else []
            before = None
            continue
        number += one is None and count > 1
        joins = one is not None and before is not None and _one_matter(before, piece[0])
        # What stands under an agency's name may be cut out: each paragraph says its own time.
        timeline = Timeline() if one and not joins else timeline
        said = paragraph(piece[0], voice, timeline, number, one, goes_on=before is not None)
        if said and joins and made[-1]:
            made[-1] = replace(made[-1], inlines=merged([*made[-1].inlines, *said.inlines]))
        else:
            made.append(said)
        told = cases(piece, voice) if one else []
        made += told
        # Behind a case its person would be the one who does the next thing.
        before = None if told else piece[0] if said else before
    return [block for block in made if block] + ([] if one else cases(programmes, voice))


def _group_key(programme: Programme) -> tuple:
    """Programmes that may share a list agree in period and in the kind of number."""
    if programme.own or _told(programme) or not 0 < len(programme.facts) <= SHORT:
        return (programme.id,)
    periods = {(fact.base, fact.as_of) for fact in programme.facts}
    standards = {fact.about("start") is not None for fact in programme.facts}
    return (min(periods), min(standards)) if len(periods) == 1 else (programme.id,)


def _told(programme: Programme) -> bool:
    return bool(programme.purpose or programme.passages("practice") or programme.passages("honour"))


def _one_matter(before: Programme, programme: Programme) -> bool:
    """Nobody has told how either was done, and their numbers are of one time: they share a paragraph."""
    told = any(one.passages(kind) for one in (before, programme) for kind in TOLD)
    times = {(fact.base, fact.as_of) for one in (before, programme) for fact in one.facts}
    return not told and len(times) == 1


def _pieces(group: list[Programme]) -> list[list[Programme]]:
    """A list of four at most; what is left alone stands alone."""
    return [group[at : at + 5] for at in range(0, len(group), 5)]


def _listed(programmes: Sequence[Programme], voice: Voice, timeline: Timeline) -> Paragraph | None:
    opening = timeline.opening([fact for one in programmes for fact in one.facts])
    said = [made for one in programmes if (made := clauses(one.facts, voice))]
    whole = voice.material.whole if said and said[0][0].subject == WHOLE else ""
    inlines: list[Inline] = [*opening, Text(timeline.subject(WHOLE, whole) if whole else "")]
    for number, made in enumerate(said):
        inlines += [Text("；")] if number else []
        for position, clause in enumerate(made):
            inlines += [Text("，")] if position else []
            inlines += clause.inlines
    return (
        Paragraph(merged([*inlines, Text("。")]), key=f"programme{programmes[0].id}")
        if said
        else None
    )
