"""One fact as a clause: the city's own pattern, the catalogue's clause, or the default of its shape."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.catalogue.clauses import SLOT
from tracker.catalogue.clauses import parts as around_number
from tracker.documents.tree import Date, Inline, Inlines, Text
from tracker.language.numerals import round_half_up
from tracker.language.qualifiers import AT_LEAST, AT_MOST, BELOW, single
from tracker.releases.facts import Fact
from tracker.releases.patterns import render
from tracker.releases.patterns.rendering import merged

from .clause import Clause, about
from .defaults import PATTERNS
from .names import Phrase, Shape, phrase_of
from .own import clause as own_clause
from .own import plain as is_plain
from .verbs import ACTIVE, COUNTERS, GOODS
from .voice import Voice


def clause_of(fact: Fact, voice: Voice, order: str = "") -> Clause:
    """One fact by itself; `order`: whether its number stands before what is counted, as in its neighbours."""
    if own := own_clause(fact, voice):
        return Clause(own)
    phrase = phrase_of(fact.topic)
    if fact.zero:
        return said_by("zero", fact, phrase, voice)
    if worded(fact):
        return _worded(fact, phrase, voice)
    if is_bounded(fact) and phrase.shape in (Shape.NOUN, Shape.RATE):
        return said_by("sentence", fact, phrase, voice)
    if fact.about("start"):
        return _moved(fact, phrase, voice)
    if phrase.shape == Shape.NOUN:
        return said_by(_state(fact), fact, phrase, voice)
    if phrase.shape == Shape.VERB:
        name = _fixed(fact, phrase) or order or voice.pick("order", ("verb", "counted"))
        return said_by(name, fact, phrase, voice)
    if phrase.shape == Shape.HOLDER:
        name = "holder" if fact.unit in COUNTERS or not phrase.noun else "holder_after"
        return replace(said_by(name, fact, phrase, voice), holder=name == "holder")
    return said_by(str(phrase.shape), fact, phrase, voice)


def is_bounded(fact: Fact) -> bool:
    """供养标准不低于5000元: a bound bears no 达到 before it."""
    return single(fact.qualifier) in (*AT_LEAST, *AT_MOST, *BELOW)


def _state(fact: Fact) -> str:
    """年收入达到15万元, but 争议案件301件 where little is good."""
    if fact.about("limit"):
        return "sentence"
    return "reached" if fact.topic.measure == "stock" else "noun"


def order_of(facts: Sequence[Fact], voice: Voice) -> str:
    """培训农民工3221名 or 培训3221名农民工: alike for all that share a sentence."""
    orders = [_fixed(fact, phrase_of(fact.topic)) for fact in facts]
    if "verb" in orders:
        return "verb"
    return "counted" if "counted" in orders else voice.pick("order", ("verb", "counted"))


def _fixed(fact: Fact, phrase: Phrase) -> str:
    """How a fact of a verb must be said; empty where its number may stand before its noun or behind."""
    if worded(fact):
        return "verb" if fact.topic.clause.endswith(SLOT) else "counted"
    if phrase.shape != Shape.VERB:
        return "verb" if phrase.shape == Shape.NOUN else ""
    if is_goods(fact, phrase):
        return "worth"
    if fact.unit not in COUNTERS or len(phrase.thing) < 3 or fact.scope or fact.member:
        return "verb"
    return "counted" if any(word in phrase.thing for word in ACTIVE) else ""


def in_own_words(fact: Fact) -> Fact:
    """Without the catalogue's clause where that cannot say it: a member of a breakdown, a zero, a standard
    that moved."""
    if not fact.topic.clause or (is_plain(fact) and fact.about("start") is None):
        return fact
    return replace(fact, topic=replace(fact.topic, clause=""))


def worded(fact: Fact) -> bool:
    """The catalogue's own clause says it."""
    return bool(fact.topic.clause)


def in_its_clause(fact: Fact, voice: Voice) -> Inlines:
    """The number where the catalogue's clause has it."""
    before, after = (voice.words(words) for words in around_number(fact.topic.clause))
    return merged((before, voice.figure(fact), after))


def _worded(fact: Fact, phrase: Phrase, voice: Voice) -> Clause:
    inlines = merged((*in_its_clause(fact, voice), *_tails(fact, voice)))
    return about(fact, phrase, Clause(inlines, holder=phrase.shape == Shape.HOLDER))


def is_goods(fact: Fact, phrase: Phrase) -> bool:
    """约81.88万元 of 爱心物资 is an estimate of what they are worth."""
    return single(fact.qualifier) == "约" and fact.unit == "元" and phrase.thing.endswith(GOODS)


def said_by(pattern: str, fact: Fact, phrase: Phrase, voice: Voice) -> Clause:
    """By one of the default patterns, with what was computed about it."""
    inlines = render(PATTERNS[pattern], slots_of(fact, phrase, voice), voice.chooser)
    inlines = merged((*inlines, *_tails(fact, voice)))
    return about(fact, phrase, Clause(inlines))


def slots_of(fact: Fact, phrase: Phrase, voice: Voice) -> dict[str, Inlines]:
    """What fills the slots of a default pattern."""
    place = f"{fact.scope}{fact.member}"
    thing = place + phrase.thing if phrase.shape == Shape.VERB else phrase.thing
    words = {"动": phrase.verb, "宾": thing, "名": place + phrase.noun, "持": place + phrase.noun}
    slots = {name: (voice.words(text),) for name, text in words.items() if text}
    return slots | {"整体": slots.get("宾", ()), "数": (voice.figure(fact),)}


def _moved(fact: Fact, phrase: Phrase, voice: Voice) -> Clause:
    """从2016年的300元/月提高至676元/月，增长125.33%."""
    start, growth = fact.about("start"), fact.about("growth")
    name = "raised" if fact.value > start.value else "lowered"
    slots = {
        "名": (voice.words(f"{fact.scope}{fact.member}{phrase.noun}"),),
        "起": (Date(fact.start_words),) if fact.start_words else (),
        "起值": (voice.figure(start),),
        "数": (voice.figure(fact),),
    }
    if fact.value == start.value:
        return Clause(
            render(PATTERNS["kept"], slots, voice.chooser),
            standard=True,
            subject=fact.topic.subject,
        )
    if growth:
        slots["数.增幅"] = (voice.figure(growth, abs(growth.value)),)
    return Clause(
        render(PATTERNS[name], slots, voice.chooser), standard=True, subject=fact.topic.subject
    )


def _tails(fact: Fact, voice: Voice) -> Inlines:
    """Year on year and the target, each only where it could be computed."""
    tails: list[Inline] = []
    if change := fact.about("year_on_year"):
        tails += _change(change, voice)
    if done := fact.about("completion"):
        slots = {"目标": (voice.figure(fact.about("goal")),), "数.完成": (voice.figure(done),)}
        tails += render(PATTERNS["completion"], slots, voice.chooser)
    if (pace := fact.about("pace")) and pace.value:
        faster = Text("快于序时进度" if pace.value > 0 else "慢于序时进度")
        slots = {"数.序时": (faster, voice.figure(pace, abs(pace.value)))}
        tails += render(PATTERNS["pace"], slots, voice.chooser)
    if limit := fact.about("limit"):
        slots = {"限": (voice.figure(limit),)}
        if (below := fact.about("below_limit")) and below.value:
            slots["数.少"] = (voice.figure(below),)
        tails += render(PATTERNS["limit"], slots, voice.chooser)
    return tuple(tails)


def _change(change: Fact, voice: Voice) -> Inlines:
    """增长12.5% or 下降3%; what is equal after rounding is 持平 and holds no figure."""
    if round_half_up(change.value, 2) == 0:
        return (Text("，与上年同期持平"),)
    verb = "增长" if change.value > 0 else "下降"
    figure = voice.figure(change, abs(change.value))
    return render(PATTERNS["year_on_year"], {"数.同比": (Text(verb), figure)}, voice.chooser)
