"""What a volume records of approved words: what was done. Praise, images and promises of effect are left out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.releases.material import Words

# An effect that nobody measured, at the beginning of a clause; and images and praise within one.
_EFFECT = re.compile(
    r"(?:从而|努力|切实|真正|进一步)?(?:让|使|激发|营造|弥补|努力|走出|走好|不让|增强[^，]*信心|引导[^，]*自立|用身边人|(?:帮助[^，]{0,4})?树立[^，]*信心)|切实(?!做好)"
)
_PRAISE = re.compile(
    r"擂台|挑大梁|压担子|搭台子|选苗子|动动手指|儿女般|劲头|一任接着一任|跑项目|凝聚力|深入人心|掉队|有温度|大山|萌芽状态"
    r"|明显|显著|焕然一新|感受到|精气神|家门口|赞誉|好评|获得感|幸福感|心坎|暖心|贴心"
)
_PREPOSITIONS = ("在", "通过", "针对", "发挥", "以", "从", "对", "依托", "围绕", "按照")
_SHORTEST = 10
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def recorded(words: Words) -> list[Words]:
    """The pieces of an approved text that tell facts, verbatim, their figures with them."""
    return [_cut(words, start, end) for start, end in _kept(words.text)]


def is_whole(words: Words) -> bool:
    """Nothing of it has to be left out."""
    return sum(end - start for start, end in _kept(words.text)) >= len(words.text.strip())


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence whole, or up to the clause that praises; neighbours that are whole stay together."""
    start, end = 0, 0
    for found in _SENTENCE.finditer(text):
        until = _until(found[0])
        if until == len(found[0]) and end == found.start():
            end = found.end()
            continue
        if end > start:
            yield start, end
        start, end = found.start(), found.start() + until
        if until < len(found[0]):
            if end > start:
                yield start, end
            start = end = found.end()
    if end > start:
        yield start, end


def _until(sentence: str) -> int:
    """How far a sentence tells what was done: its length, or where the comma before the praise stands."""
    at = 0
    for number, clause in enumerate(sentence.split("，")):
        if _EFFECT.match(clause) or _PRAISE.search(clause):
            before = sentence[: max(at - 1, 0)]
            alone = number == 1 and before.startswith(_PREPOSITIONS)
            return 0 if len(before) < _SHORTEST or alone else len(before)
        at += len(clause) + 1
    return len(sentence)


def _cut(words: Words, start: int, end: int) -> Words:
    inside = tuple(
        replace(number, start=number.start - start, end=number.end - start)
        for number in words.numbers
        if start <= number.start and number.end <= end
    )
    return replace(words, text=words.text[start:end], numbers=inside)
