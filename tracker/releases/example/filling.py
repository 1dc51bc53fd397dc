"""The example with a new period's figures: what changes at each place, and where the words no longer hold."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.language.dates import say_span
from tracker.language.prose import Sentence, sentences
from tracker.releases.example.computing import BASED, against_goal, changed, of_goal
from tracker.releases.example.slots import Slot, When
from tracker.releases.example.wording import write_slot
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.verdicts import Source

RISES = {"增长": "下降", "提高": "降低", "上升": "下降", "增加": "减少", "高于": "低于", "多": "少"}
FALLS = {"下降": "增长", "降低": "提高", "减少": "增加", "回落": "上升", "低于": "高于", "少": "多"}
_VERB = re.compile(rf"({'|'.join([*RISES, *FALLS])})(?:了|约|近)?$")
CLAIMS = re.compile(
    r"首次|首位|第[一二三四五]位|居全?[国省市].{0,4}前|最高|最低|新高|新低|率先|唯一|连续\S{1,4}[年月]|翻番|全覆盖|提前"
)
DATED = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|上半年|下半年|[一二三四]季度)?")
MISSING = "【待补：{name}】"


@dataclass(frozen=True)
class Change:
    """text[start:end] becomes `new`; `source` is what the new words say, none for dates and open slots."""

    start: int
    end: int
    old: str
    new: str
    source: Source | None = None
    slot: Slot | None = None


@dataclass(frozen=True)
class Doubt:
    """A sentence of the example that may no longer hold, with the reason."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True)
class Filled:
    """The example's text, the changes in order, and what a person has to look at."""

    text: str
    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]

    @property
    def result(self) -> str:
        return applied(self.text, self.changes)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.slot.name for one in self.changes if one.slot and not one.source)


def fill(text: str, slots: Sequence[Slot], before: str, ground: Ground) -> Filled:
    """The text of the span `before`, told of the ground's span."""
    figures = [_change(slot, ground) for slot in slots]
    verbs = [verb for one in figures if (verb := _turned(text, one, before))]
    taken = [(one.start, one.end) for one in (*figures, *verbs)]
    dates = [one for one in _dates(text, before, ground.span) if _free(one, taken)]
    changes = tuple(sorted((*figures, *verbs, *dates), key=lambda one: one.start))
    return Filled(text, changes, tuple(_doubts(text, changes, verbs)))


def applied(text: str, changes: Iterable[Change]) -> str:
    """The text with every change made."""
    pieces, at = [], 0
    for one in changes:
        pieces += [text[at : one.start], one.new]
        at = one.end
    return "".join([*pieces, text[at:]])


def _change(slot: Slot, ground: Ground) -> Change:
    source = value_of(slot, ground)
    new = write_slot(slot, source) if source else MISSING.format(name=slot.name)
    return Change(slot.start, slot.end, slot.raw, new, source, slot)


def value_of(slot: Slot, ground: Ground) -> Source | None:
    """What the slot says on another ground; None where nothing was approved."""
    fact = _fact(slot, ground)
    if fact is None:
        return None
    if slot.op == "FROM_TO":
        return ground.starts.get(fact.entries)
    if slot.op in BASED:
        return changed(fact, slot.base, slot.op, slot.unit, ground)
    return against_goal(fact, slot.op, ground) if of_goal(slot.op) else fact


def _fact(slot: Slot, ground: Ground) -> Source | None:
    name = slot.name.removesuffix("（调整前）")
    series = ground.series.get((slot.indicator, slot.region, name), {})
    key = {When.PREVIOUS: ground.previous, When.YEAR_AGO: ground.year_ago}.get(
        slot.when, ground.span
    )
    if found := series.get(key or ""):
        return found
    if slot.when in (When.PREVIOUS, When.YEAR_AGO):
        return None
    now = [one for one in ground.now(slot.indicator) if one.region == slot.region]
    plain = [one for one in now if one.op in ("", "SUM") and one.name in (name, slot.name)]
    return plain[0] if len(plain) == 1 else None


def _turned(text: str, one: Change, before: str) -> Change | None:
    """增长 where the example fell, and the reverse: the verb before a change whose sign is another now."""
    if (
        one.source is None
        or one.slot is None
        or one.slot.op not in BASED
        or one.slot.op == "MULTIPLE"
    ):
        return None
    found = _VERB.search(text, max(0, one.start - 6), one.start)
    if found is None or one.source.value == 0:
        return None
    table = RISES if one.source.value < 0 else FALLS
    verb = found[1]
    return Change(found.start(1), found.end(1), verb, table[verb]) if verb in table else None


def _dates(text: str, before: str, now: str) -> Iterator[Change]:
    """The example's own period by name, and years beside it, moved as far as the document moved."""
    moved = int(now[:4]) - int(before[:4])
    old, new = say_span(before), say_span(now)
    for match in re.finditer(re.escape(old), text):
        yield Change(match.start(), match.end(), old, new)
    if moved and len(before) > 4:
        for match in re.finditer(rf"{before[:4]}年(?!\d)", text):
            if not text.startswith(old, match.start()):
                yield Change(match.start(), match.end(), match[0], f"{now[:4]}年")


def _free(one: Change, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < one.end and one.start < end for start, end in taken)


def _doubts(text: str, changes: Sequence[Change], verbs: Sequence[Change]) -> Iterator[Doubt]:
    for sentence in sentences(text):
        inside = [one for one in changes if sentence.start <= one.start < sentence.end]
        reasons = list(dict.fromkeys(_reasons(sentence, inside, verbs)))
        if reasons:
            yield Doubt(sentence.start, sentence.end, sentence.text, "；".join(reasons))


def _reasons(
    sentence: Sentence, inside: Sequence[Change], verbs: Sequence[Change]
) -> Iterator[str]:
    for one in inside:
        if one.slot and one.source is None:
            yield f"“{one.slot.name}”本期没有核定的数"
        if one.slot and one.slot.unsure:
            yield f"“{one.old}”在范文中的出处不唯一，请核对"
        if one in verbs:
            yield f"“{one.old}”已改为“{one.new}”，请看前后文是否通顺"
        if one.source and one.slot and one.slot.op in BASED and one.source.value == 0:
            yield "与比较期持平，不宜再写升降"
    if any(one.slot for one in inside) and (claim := CLAIMS.search(sentence.text)):
        yield f"“{claim[0]}”要按新数据核对"
    if "截至" in sentence.text and any(one.slot is None for one in inside):
        yield "截止时间随期次作了推算，请核对"
    if _turns_back(sentence, inside):
        yield "“由…到…”的升降方向与新数据不符"
    for other in DATED.finditer(sentence.text):
        start = sentence.start + other.start()
        if not any(one.start <= start < one.end for one in inside):
            yield f"日期“{other[0]}”没有改动，请核对"


def _turns_back(sentence: Sentence, inside: Sequence[Change]) -> bool:
    """由A提高到B although B is less now, or the reverse."""
    ends = [one for one in inside if one.source and one.slot]
    for first, second in zip(ends, ends[1:], strict=False):
        if first.slot.op != "FROM_TO":
            continue
        between = sentence.text[first.end - sentence.start : second.start - sentence.start]
        change = second.source.value - first.source.value
        if re.search("提高|增长|增加|上升", between) and change <= 0:
            return True
        if re.search("降低|减少|下降", between) and change >= 0:
            return True
    return False
