"""The city's own patterns in a text: filled, read back, and dropped with a reason where they do not fit.

A pattern never decides what a number is: it gets the same figures as the default wording does. Where a
slot that it needs is empty, or a figure would be read as another one, the default speaks.
"""

from collections.abc import Callable, Mapping, Sequence

from tracker.documents.tree import Date, Figure, Inlines, Text, surface
from tracker.language.numerals import round_half_up
from tracker.releases.facts import Fact
from tracker.releases.material import Programme
from tracker.releases.patterns import EmptySlot, Own, Pattern, PatternError, parse, render
from tracker.releases.readback import misread

from .timeline import Timeline, point
from .voice import Voice

Said = tuple[Inlines, frozenset[str]]
NOTHING: Said = ((), frozenset())


class Filling:
    """What fills the slots of one pattern, asked by `get`; each figure is a node of its own.

    All figures of a sentence are of one period: the one that fills most of its slots.
    """

    def __init__(self, own: Own, facts: Sequence[Fact], voice: Voice):
        self._ids, self._members, self._voice = dict(own.names), dict(own.members), voice
        self._facts = [fact for fact in facts if sayable(fact)]
        self._all = facts
        self.words: Mapping[str, Callable[[], Inlines]] = {
            "全域": lambda: (Text(voice.material.whole),),
            "地区": lambda: (Text(voice.material.region),),
        }
        self.period: tuple[str, str] | None = None
        self.made: dict[str, str] = {}

    def settle(self, pattern: Pattern) -> None:
        """Choose the period; of several that fill as many slots, the one that is met first."""
        periods = {(fact.base, fact.as_of): 0 for fact in self._named(pattern)}
        for period in periods:
            known = [f for f in self._named(pattern) if (f.base, f.as_of) == period]
            ids = {(fact.topic.id, fact.member) for fact in known}
            periods[period] = len(ids)
        self.period = max(periods, key=lambda one: periods[one], default=None)

    def _named(self, pattern: Pattern) -> list[Fact]:
        wanted = dict.fromkeys(self._what(slot.name) for slot in pattern.slots)
        return [f for one in wanted for f in self._facts if (f.topic.id, f.member) == one]

    def _what(self, name: str) -> tuple[int | None, str]:
        """The indicator and the member that a slot stands for."""
        return self._ids.get(name), self._members.get(name, "")

    def fact(self, name: str) -> Fact | None:
        """The slot's figure of the sentence's period; the period's before the cumulative one."""
        found = [f for f in self._facts if (f.topic.id, f.member) == self._what(name)]
        found = [f for f in found if (f.base, f.as_of) == self.period]
        return min(found, key=lambda fact: fact.cumulative, default=None)

    def get(self, full_name: str) -> Inlines:
        """What the slot says; nothing where it is empty."""
        name, _, operation = full_name.partition(".")
        if name in self.words:
            return self.words[name]()
        fact = self.fact(name)
        if fact is None:
            return ()
        if operation:
            return OPERATE[operation](fact, self._voice)
        figure = self._voice.figure(fact)
        self.made[figure.key] = fact.key
        return (figure,)

    def said(self, inlines: Inlines) -> frozenset[str]:
        """Keys of the facts whose own figure stands there."""
        return frozenset(self.made[one.key] for one in inlines if _key(one) in self.made)

    def why_empty(self, full_name: str) -> str:
        """Why the slot has nothing to say, for the editor."""
        name, _, operation = full_name.partition(".")
        if name in self.words:
            return "没有统一的时间" if name in ("截至", "时段") else "为空"
        pk, member = self._what(name)
        there = [f for f in self._all if f.topic.id == pk and member in ("", f.member)]
        if operation and self.fact(name):
            return "没有可以计算的依据"
        if not there:
            return "本期没有核定的数，或本文种不写"
        if any(fact.zero for fact in there):
            return "本期为零"
        said = any(map(sayable, there)) if member else any(map(plain, there))
        return "的时段与句中其他数不同" if said else "只有分项的数"


def plain(fact: Fact) -> bool:
    """The indicator's one figure, with something to say: no part, no zero, no end of a range."""
    return sayable(fact) and not fact.member


def sayable(fact: Fact) -> bool:
    """A figure that a slot may bring, of the whole or of one member."""
    return not (fact.scope or fact.zero or fact.qualifier.startswith("区间"))


def sentence(programme: Programme, voice: Voice, timeline: Timeline) -> Said:
    """The programme's own sentence with its times, and the keys of the facts that it says."""
    if programme.own is None or not programme.facts:
        return NOTHING
    attempt = voice.attempt()
    filling = Filling(programme.own, programme.facts, attempt)
    subject = f"项目“{programme.name}”"
    pattern = _parsed(programme.own, subject, voice)
    if pattern is None:
        return NOTHING
    filling.settle(pattern)
    filling.words = {**filling.words, **_words(programme, filling, attempt)}
    inlines = _filled(programme.own, pattern, filling, attempt, subject)
    said = filling.said(inlines)
    if not said:
        return NOTHING
    voice.keep(attempt)
    used = [fact for fact in programme.facts if fact.key in said]
    times = {surface(one) for one in inlines if isinstance(one, Date)}
    return (*timeline.opening(used, times), *inlines), said


def clause(fact: Fact, voice: Voice) -> Inlines:
    """The indicator's own clause for its figure; nothing where the default speaks."""
    if not has_own(fact):
        return ()
    subject = f"指标“{fact.topic.name}”"
    pattern = _parsed(fact.topic.own, subject, voice)
    if pattern is None:
        return ()
    attempt = voice.attempt()
    filling = Filling(fact.topic.own, [fact], attempt)
    filling.settle(pattern)
    inlines = _filled(fact.topic.own, pattern, filling, attempt, subject)
    if not filling.said(inlines):
        return ()
    voice.keep(attempt)
    return inlines


def has_own(fact: Fact) -> bool:
    """The city words this figure itself."""
    return fact.topic.own is not None and plain(fact)


def _parsed(own: Own, subject: str, voice: Voice) -> Pattern | None:
    """None when it can be read no more: a name that it held is no longer protected."""
    try:
        return parse(own.source, voice.material.names)
    except PatternError as error:
        _unused(own, subject, str(error), voice)
        return None


def _filled(own: Own, pattern: Pattern, filling: Filling, voice: Voice, subject: str) -> Inlines:
    """The words, or nothing and a remark why not."""
    try:
        inlines = render(pattern, filling, voice.chooser)
    except EmptySlot as empty:
        name = empty.args[0]
        _unused(own, subject, f"“{{{name}}}”{filling.why_empty(name)}", voice)
        return ()
    wrong = list(misread([inlines], _figures(inlines), voice.material.names))
    if wrong:
        _unused(own, subject, f"“{wrong[0].surface}”在句中会被读成另一个数", voice)
        return ()
    if not filling.said(inlines):
        _unused(own, subject, "没有写进任何数", voice)
    return inlines


def _unused(own: Own, subject: str, why: str, voice: Voice) -> None:
    voice.remark(f"{subject}的句式（第{own.number}版）没有用上：{why}。已用系统默认句式。")


def _figures(inlines: Inlines) -> list[Figure]:
    return [one for one in inlines if isinstance(one, Figure)]


def _key(inline) -> str:
    return inline.key if isinstance(inline, Figure) else ""


def _words(programme: Programme, filling: Filling, voice: Voice) -> dict:
    """The times of the sentence's period, who reported, and the programme's name."""
    base, as_of = filling.period or ("", "")
    return {
        "截至": lambda: (Date(point(as_of)),) if as_of else (),
        "时段": lambda: (Date(base),) if base else (),
        "单位": lambda: _agency(programme, voice),
        "项目": lambda: (voice.words(programme.name),),
    }


def _agency(programme: Programme, voice: Voice) -> Inlines:
    """Who has these facts to tell; two agencies may report of one programme."""
    wanted = {fact.key for fact in programme.facts}
    for one in voice.material.contributors:
        if any(fact.key in wanted for fact in one.facts):
            return (voice.agency(one),)
    return ()


# What is computed about a figure; each gives nothing where it could not be computed.


def _turned(change: Fact | None, voice: Voice, up: str, down: str, level: str) -> Inlines:
    """增长12.5% or 下降3%; what is equal after rounding holds no figure."""
    if change is None:
        return ()
    if round_half_up(change.value, 2) == 0:
        return (Text(level),) if level else ()
    word = up if change.value > 0 else down
    return (Text(word), voice.figure(change, abs(change.value)))


def _plain_of(name: str) -> Callable[[Fact, Voice], Inlines]:
    def said(fact: Fact, voice: Voice) -> Inlines:
        found = fact.about(name)
        return (voice.figure(found),) if found and found.value else ()

    return said


OPERATE: Mapping[str, Callable[[Fact, Voice], Inlines]] = {
    "同比": lambda fact, voice: _turned(fact.about("year_on_year"), voice, "增长", "下降", "持平"),
    "环比": lambda fact, voice: _turned(
        fact.about("period_on_period"), voice, "增长", "下降", "持平"
    ),
    "占比": _plain_of("share_of_whole"),
    "增幅": lambda fact, voice: _turned(fact.about("growth"), voice, "增长", "下降", ""),
    "序时": lambda fact, voice: _turned(
        fact.about("pace"), voice, "快于序时进度", "慢于序时进度", ""
    ),
    "完成": _plain_of("completion"),
    "目标": _plain_of("goal"),
    "超额": _plain_of("over_target"),
    "限额": _plain_of("limit"),
    "少": _plain_of("below_limit"),
    "起值": _plain_of("start"),
    "起点": lambda fact, voice: (Date(fact.start_words),) if fact.start_words else (),
}
