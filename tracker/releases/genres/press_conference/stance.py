"""What an agency's talk begins with: whose decisions, the conference's theme, and its main programmes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from tracker.documents.tree import Inline, Inlines, Text
from tracker.releases.material import Contributor, Programme
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.leading import foremost
from tracker.releases.wording.programmes import tells
from tracker.releases.wording.titles import bare, title_of
from tracker.releases.wording.voice import Voice

from .host import theme

# The title of a conference is no aim of the work, and one programme no means of another: neither is said.
STANCES = (
    "认真落实{部署机关}部署，抓好{主线}等各项工作。",
    "按照{部署机关}工作安排，推进{主线}等各项工作。",
)
NOTHING_ELSE = "健全工作机制，抓好任务落实"
MOST_BESIDES = 2
_SLOT = re.compile(r"(\{[^{}]+\})")


def stance(one: Contributor, overall: Sequence[Programme], voice: Voice) -> Inlines:
    """认真落实…部署，围绕“…”主题，以“出彩人家”创建为抓手，…。 Said by the city's formula where it has one."""
    main = next(iter(overall), None) or foremost(one)
    known: dict[str, list[Inline]] = {
        "部署机关": [Text(voice.material.authority)],
        "地名": [Text(voice.material.whole.removeprefix("全"))],
        "主题": theme(voice.material, voice),
        "主线": [voice.words(bare(main))] if main else [Text("重点工作")],
        "项目": [*_besides(one, main, voice)] or [Text(NOTHING_ELSE)],
    }
    words = voice.pick("stance", voice.own("表态", STANCES))
    return merged([*_filled(words, known)])


def _filled(words: str, known: Mapping[str, list[Inline]]) -> Iterator[Inline]:
    for piece in _SLOT.split(words):
        yield from (
            known.get(piece[1:-1], [Text(piece)]) if _SLOT.fullmatch(piece) else [Text(piece)]
        )


def _besides(one: Contributor, main: Programme | None, voice: Voice) -> Iterator[Inline]:
    """开展困难帮扶行动、维护权益行动，实施…: equal verbs are said once."""
    others = [p for p in one.programmes if p != main and tells(p)][:MOST_BESIDES]
    titles = [(title_of(p).removesuffix(bare(p)), bare(p)) for p in others]
    for number, (verb, group) in enumerate(groupby(titles, lambda title: title[0])):
        mark = "，" if number else ""
        for position, (_, name) in enumerate(group):
            yield Text("、" if position else f"{mark}{verb}")
            yield voice.words(name)
