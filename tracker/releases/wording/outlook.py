"""下一步: the plans of several agencies in one paragraph, each in its own words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.documents.tree import Inline, Inlines, Text
from tracker.releases.material import Contributor, Words
from tracker.releases.patterns.rendering import merged

from .voice import Voice

PLANNED = re.compile(r"(?:下一步|今年|接下来|今后)[，,]?")
# 工会系统将…: who plans it stands there; 将…, 继续… wants a name before it.
SUBJECT = re.compile(
    r"(?!将|要|继续|进一步|按照|围绕|坚持|以|把|着力|持续|加强|健全|推动|深化)[^，。；]{2,14}?(?:将|要)"
)


def outlook(contributors: Sequence[Contributor], voice: Voice) -> Inlines:
    """下一步，工会系统将…。各级妇联将…。 One opening for all; nothing is promised for anybody."""
    planned = [(one, words) for one in contributors for words in one.passages("next")]
    inlines: list[Inline] = []
    for number, (one, words) in enumerate(planned):
        opening = PLANNED.match(words.text)
        if not number and not opening:
            inlines.append(Text("下一步，"))
        told = from_(words, opening.end()) if opening and number else words
        start = opening.end() if opening else 0
        if (
            len(contributors) > 1
            and not SUBJECT.match(words.text[start:])
            and not (opening and not number)
        ):
            inlines.append(voice.agency(one))
        inlines += voice.passage(told)
    return merged(inlines)


def first_plans(contributors: Iterable[Contributor]) -> list[Contributor]:
    """The agencies with the first sentence of each one's first plan."""
    return [_first(one) for one in contributors]


def _first(one: Contributor) -> Contributor:
    plan = next(iter(one.passages("next")), None)
    programmes = tuple(
        replace(
            p,
            words=tuple(
                w.first_sentence() if w is plan else w
                for w in p.words
                if w.kind != "next" or w is plan
            ),
        )
        for p in one.programmes
    )
    return replace(one, programmes=programmes)


def from_(words: Words, start: int) -> Words:
    """The words from there on, their figures with them."""
    kept = tuple(
        replace(number, start=number.start - start, end=number.end - start)
        for number in words.numbers
        if number.start >= start
    )
    return replace(words, text=words.text[start:], numbers=kept)
