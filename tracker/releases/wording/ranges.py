"""Two facts that are the ends of one range, said as one figure with the city's mark: 服务对象年龄为6—16岁."""

from collections.abc import Sequence

from tracker.documents.tree import Figure, Text
from tracker.language.range_marks import HIGH, LOW, USUAL
from tracker.language.writing import write_range
from tracker.releases.facts import Fact

from .names import bare
from .voice import Voice, form_of

ENDS = {LOW: ("下限", "最低"), HIGH: ("上限", "最高")}
Pair = tuple[Fact, Fact]


def paired(facts: Sequence[Fact]) -> tuple[list[Fact], list[Pair]]:
    """The facts that stand alone, and the ends that belong together: X下限 and X上限 of one unit and scope."""
    pairs: list[Pair] = []
    for low in (one for one in facts if one.qualifier == LOW):
        ends = [one for one in facts if one.qualifier == HIGH and _about(one) == _about(low)]
        if len(ends) == 1 and low.value < ends[0].value:
            pairs.append((low, ends[0]))
    taken = {one.key for pair in pairs for one in pair}
    return [one for one in facts if one.key not in taken], pairs


def _about(fact: Fact) -> tuple:
    return stem(fact), fact.unit, fact.member, fact.scope, fact.base, fact.as_of


def stem(fact: Fact) -> str:
    """服务对象年龄 for 服务对象年龄下限."""
    name = bare(fact.topic.name)
    for word in ENDS[fact.qualifier]:
        name = name.removesuffix(word) if name.endswith(word) else name.removeprefix(word)
    return name


def range_of(pair: Pair, voice: Voice) -> tuple:
    """The name, 为, and one figure that stands on the rows of both ends."""
    low, high = pair
    mark = voice.material.style.range_mark or USUAL
    surface = write_range(
        low.value, high.value, low.unit, display=form_of(high)["display"], mark=mark
    )
    figure = Figure(
        key=voice.key(low.key),
        entries=(*low.entries, *high.entries),
        surface=surface,
        value=low.value,
        unit=low.unit,
        qualifier=LOW,
        role="range",
    )
    return voice.words(stem(low)), Text("为"), figure
