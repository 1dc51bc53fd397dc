"""Whether a pattern can be used, tried on invented figures: every fault with its character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.catalogue.models import Indicator
from tracker.documents.tree import Date, Figure, Inlines, Text
from tracker.releases.facts import Fact, Topic
from tracker.releases.material import Material
from tracker.releases.patterns import Chooser, Own, Pattern, PatternError, parse, render
from tracker.releases.patterns.own import WITH_THEIR_VERB
from tracker.releases.patterns.parsing import Literal, Optional, Part, Slot, Variants
from tracker.releases.readback import misread
from tracker.releases.wording.own import Filling
from tracker.releases.wording.voice import Voice

from .subjects import Subject

_TURNS = re.compile(r"(?:增长|提高|上升|增加|下降|降低|减少|快于|慢于)(?:了)?$")
_COUNTED = re.compile(r"_\d+$")
CLAUSE_END = "。；，！？、"
MOST_VARIANTS = 12
# How the facts about a figure are called in the trial, by operation: unit and value.
_TRIED = {
    "同比": ("year_on_year", "%", "12.5"),
    "环比": ("period_on_period", "%", "8.4"),
    "占比": ("share_of_whole", "%", "36.7"),
    "完成": ("completion", "%", "95.3"),
    "目标": ("goal", "", "4000"),
    "超额": ("over_target", "%", "8.2"),
    "序时": ("pace", "百分点", "3.5"),
    "限额": ("limit", "", "5000"),
    "少": ("below_limit", "", "260"),
    "起值": ("start", "", "500"),
    "增幅": ("growth", "%", "21.4"),
}


def cleaned(source: str) -> str:
    """As it is kept: without blanks around it."""
    return source.replace("\r\n", "\n").strip()


def checked(subject: Subject, source: str) -> Own:
    """The pattern with its slots bound to indicators; PatternError at the first fault."""
    source = cleaned(source)
    if "\n" in source:
        raise PatternError(source.index("\n"), "句式中不能换行")
    pattern = parse(source, subject.protected, subject.known)
    bound = {s.name: subject.names[s.name].pk for s in pattern.slots if s.name in subject.names}
    if not bound:
        raise PatternError(0, "句式里还没有数，请至少插入一个指标")
    _end(subject, source)
    _verbs(pattern.parts, "")
    members = {name: subject.members[name] for name in bound if name in subject.members}
    own = Own(0, 0, source, tuple(bound.items()), tuple(members.items()))
    _try(subject, own, pattern)
    return own


def _end(subject: Subject, source: str) -> None:
    last = len(source) - 1
    if subject.is_programme and source[last] not in "。]>":
        raise PatternError(last, "项目的句式是完整的句子，要以“。”结束")
    if not subject.is_programme and source[last] in CLAUSE_END:
        raise PatternError(last, "指标的句式是分句，末尾不加标点")


def _verbs(parts: Sequence[Part], before: str) -> str:
    """增长{金额.同比} would say 增长增长; what stands before the next part is returned."""
    for part in parts:
        if isinstance(part, Literal):
            before = part.text
        elif isinstance(part, Slot):
            if part.operation in WITH_THEIR_VERB and (found := _TURNS.search(before)):
                raise PatternError(
                    part.at - len(found[0]),
                    f"“{{{part.full_name}}}”自带动词，前面不要再写“{found[0]}”",
                )
            before = ""
        else:
            before = _inner(part, before)
    return before


def _inner(part: Optional | Variants, before: str) -> str:
    options = part.options if isinstance(part, Variants) else (part.parts,)
    return [_verbs(option, before) for option in options][-1]


class Nth(Chooser):
    """Always the option of that number, the last one where there are fewer."""

    def __init__(self, number: int):
        super().__init__(0)
        self.number = number

    def pick(self, label: str, options: Sequence[str]) -> str:
        return options[min(self.number, len(options) - 1)]


def variants(pattern: Pattern) -> int:
    """How many options the longest choice has."""
    return min(max(_options(pattern.parts), default=1), MOST_VARIANTS)


def _options(parts: Iterable[Part]) -> Iterator[int]:
    for part in parts:
        if isinstance(part, Variants):
            yield len(part.options)
            for option in part.options:
                yield from _options(option)
        elif isinstance(part, Optional):
            yield from _options(part.parts)


def _try(subject: Subject, own: Own, pattern: Pattern) -> None:
    """With everything there and with nothing that may be missing, in each of its variants."""
    sparing = replace(pattern, parts=tuple(_unbracketed(pattern.parts)))
    for number in range(variants(pattern)):
        for one in (pattern, sparing):
            inlines = _sample(subject, own, one, number)
            _refuse_misread(pattern, own, inlines, subject)
            _refuse_open_end(subject, pattern, inlines)


def _unbracketed(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Variants):
            yield Variants(tuple(tuple(_unbracketed(option)) for option in part.options))
        elif not isinstance(part, Optional):
            yield part


def _refuse_misread(pattern: Pattern, own: Own, inlines: Inlines, subject: Subject) -> None:
    figures = [one for one in inlines if isinstance(one, Figure)]
    for figure in misread([inlines], figures, subject.protected):
        at = _place(pattern, own, figure)
        reason = (
            f"“{figure.surface}”写在这里会被读成另一个数，请改前后的字；约、近、超、余由数据自己带"
        )
        raise PatternError(at, reason)


def _refuse_open_end(subject: Subject, pattern: Pattern, inlines: Inlines) -> None:
    text = inlines[-1].text if inlines and isinstance(inlines[-1], Text) else ""
    last = len(pattern.source) - 1
    if subject.is_programme and not text.endswith("。"):
        raise PatternError(last, "方括号里的内容省去后，句子要仍以“。”结束")
    if not subject.is_programme and text.endswith(tuple(CLAUSE_END)):
        raise PatternError(last, "指标的句式是分句，末尾不加标点")


def _place(pattern: Pattern, own: Own, figure: Figure) -> int:
    """Where the slot stands that brought the figure."""
    ids, members, key = dict(own.names), dict(own.members), _COUNTED.sub("", figure.key)
    for slot in pattern.slots:
        tail = f"-{_TRIED[slot.operation][0]}" if slot.operation in _TRIED else ""
        if slot.name in ids and key == f"s{ids[slot.name]}{members.get(slot.name, '')}{tail}":
            return slot.at
    return 0


def _sample(subject: Subject, own: Own, pattern: Pattern, number: int) -> Inlines:
    voice = Voice(Material("济南市", "全市", "", "2020", date(2020, 12, 31), ()))
    facts = [sample_of(one, member) for one in subject.indicators for member in ("", *one.members)]
    filling = Filling(own, facts, voice)
    filling.settle(pattern)
    words = {"截至": Date("2020年底"), "时段": Date("2020年"), "单位": Text("市某局"),
             "项目": voice.words(subject.programme.name)}  # fmt: skip
    filling.words = {
        **filling.words,
        **{name: lambda one=one: (one,) for name, one in words.items()},
    }
    return render(pattern, filling, Nth(number))


def sample_of(indicator: Indicator, member: str = "") -> Fact:
    """An invented figure of the indicator or a member, with everything that could be computed about it."""
    unit = indicator.unit.name
    topic = Topic(indicator.pk, indicator.name, unit, indicator.verb, indicator.measure)
    value = "12.5" if unit == "%" else "1182" if member else "3221"
    fact = _figure(topic, f"s{indicator.pk}{member}", value, unit)
    related = tuple(
        (name, _figure(topic, f"{fact.key}-{name}", value, about or unit))
        for name, about, value in _TRIED.values()
    )
    return replace(fact, related=related, start_words="2016年", member=member)


def _figure(topic: Topic, key: str, value: str, unit: str) -> Fact:
    return Fact(key, topic, Decimal(value), (0,), unit, base="2020年", as_of="2020年底")
