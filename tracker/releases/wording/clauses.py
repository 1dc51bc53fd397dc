"""Facts of one programme folded into clauses: equal verbs share a list, parts follow their whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from tracker.documents.tree import Date, Figure, Inline, Inlines, Text, plain
from tracker.language.numerals import round_half_up
from tracker.language.qualifiers import AT_LEAST, AT_MOST, BELOW, single
from tracker.releases.facts import Fact
from tracker.releases.patterns import render
from tracker.releases.patterns.rendering import merged

from .defaults import PATTERNS
from .names import Phrase, Shape, part_name, phrase_of, stem
from .own import clause as own_clause
from .own import has_own
from .ranges import paired, range_of
from .verbs import ACTIVE, COUNTERS, GOODS, VERBAL
from .voice import Voice

LONGEST_LIST = 6
UNCOUNTED = ("年均", "月均", "日均", "人均", "累计", "连续", "计划", "拟")


@dataclass(frozen=True)
class Clause:
    """`totals`: 累计 or 共 may stand before it; `standard`: it tells how a standard moved."""

    inlines: Inlines
    totals: bool = False
    cumulative: bool = False
    standard: bool = False
    holder: bool = False

    @property
    def figures(self) -> int:
        return sum(isinstance(inline, Figure) for inline in self.inlines)

    @property
    def length(self) -> int:
        return len(plain(self.inlines))


def clauses(facts: Sequence[Fact], voice: Voice, *, framed: bool = False) -> list[Clause]:
    """Every fact that can be said, in order, as clauses without punctuation at their ends.

    `framed`: a headline or lead puts its own words before them, so the city's own patterns rest.
    """
    facts, ranges = paired(facts)
    facts = [_bare(fact) if framed else fact for fact in facts if _sayable(fact, voice)]
    parts = _parts(facts)
    wholes = [
        fact for fact in facts if fact.key not in {p.key for ps in parts.values() for p in ps}
    ]
    made: list[Clause] = []
    for run in _runs(wholes):
        clause = _run_clause(run, voice)
        tail = _of_which([part for fact in run for part in parts.get(fact.key, ())], voice)
        clause = replace(clause, inlines=merged((*clause.inlines, *tail)))
        if _is_share(run[0]) and made:
            made[-1] = _joined(made[-1], clause)
        else:
            made.append(clause)
    return [*made, *(Clause(merged(range_of(pair, voice))) for pair in ranges)]


def _sayable(fact: Fact, voice: Voice) -> bool:
    if fact.qualifier.startswith("区间"):
        voice.remark(f"“{fact.topic.name}”只有区间的一端，未写入正文。")
        return False
    return True


def _bare(fact: Fact) -> Fact:
    return replace(fact, topic=replace(fact.topic, own=None)) if fact.topic.own else fact


def _is_share(fact: Fact) -> bool:
    return phrase_of(fact.topic).shape == Shape.SHARE and not has_own(fact)


def _joined(before: Clause, after: Clause) -> Clause:
    return replace(before, inlines=merged((*before.inlines, Text("，"), *after.inlines)))


def _parts(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Key of a whole -> its parts among these facts; members of a breakdown count as parts."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        whole = next((other for other in facts if _holds(other, fact)), None)
        if whole:
            found.setdefault(whole.key, []).append(fact)
    return found


def _holds(whole: Fact, part: Fact) -> bool:
    if whole.key == part.key or whole.scope != part.scope or whole.cumulative != part.cumulative:
        return False
    if whole.topic.id == part.topic.id:
        return bool(part.member) and not whole.member
    return whole.topic.id in part.topic.wholes and whole.member == part.member


def _runs(facts: Sequence[Fact]) -> Iterable[list[Fact]]:
    """Neighbours that share a clause."""
    run: list[Fact] = []
    for fact in facts:
        if run and not _continues(run, fact):
            yield run
            run = []
        run.append(fact)
    if run:
        yield run


def _continues(run: list[Fact], fact: Fact) -> bool:
    first, last = run[0], run[-1]
    if _same_but_period(last, fact):
        return True
    if any(_alone(one) for one in (first, fact)) or len(run) >= LONGEST_LIST:
        return False
    mine, theirs = phrase_of(first.topic), phrase_of(fact.topic)
    if mine.shape != theirs.shape or first.cumulative != fact.cumulative:
        return False
    if mine.shape == Shape.NOUN:
        return _countable(first) and _countable(fact)
    return mine.shape == Shape.VERB and mine.verb == theirs.verb


def _countable(fact: Fact) -> bool:
    """共有基地1083家, but 培训服务人数达1600余名."""
    name = fact.topic.name
    return fact.unit in COUNTERS and stem(name) == name and not name.startswith(VERBAL)


def _same_but_period(one: Fact, other: Fact) -> bool:
    """The period's figure and the cumulative one of the same indicator."""
    place = (one.topic.id, one.member, one.scope)
    return (
        place == (other.topic.id, other.member, other.scope) and one.cumulative != other.cumulative
    )


def _alone(fact: Fact) -> bool:
    if fact.related or fact.zero or has_own(fact):
        return True
    phrase = phrase_of(fact.topic)
    verb = phrase.shape == Shape.VERB
    if verb and is_goods(fact, phrase):
        return True
    return not verb and fact.topic.measure in ("stock", "standard", "ratio")


def _run_clause(run: list[Fact], voice: Voice) -> Clause:
    phrase = phrase_of(run[0].topic)
    if len(run) == 2 and _same_but_period(*run):
        return _with_total(run, voice)
    if len(run) == 1 and (phrase.shape != Shape.NOUN or _alone(run[0])):
        return _single(run[0], phrase, voice)
    totals = phrase.shape == Shape.VERB
    if phrase.shape == Shape.NOUN and not _countable(run[0]):
        return _said("sentence" if _bounded(run[0]) else "noun", run[0], phrase, voice)
    pattern = "list" if totals else "having"
    slots = {"动": (Text(phrase.verb),) if phrase.verb else (), "列": _list(run, voice)}
    inlines = render(PATTERNS[pattern], slots, voice.chooser)
    return Clause(inlines, totals and _may_total(run[0], phrase), run[0].cumulative)


def _with_total(run: list[Fact], voice: Voice) -> Clause:
    period, cumulative = sorted(run, key=lambda fact: fact.cumulative)
    clause = _single(period, phrase_of(period.topic), voice)
    inlines = merged((*clause.inlines, Text("，累计"), voice.figure(cumulative)))
    return Clause(inlines, clause.totals, False)


def _may_total(fact: Fact, phrase: Phrase) -> bool:
    """累计 and 共 go with what adds up, and with no verb that says it already."""
    adds = fact.topic.measure in ("flow", "distinct") and fact.unit not in ("年", "个月", "%")
    return adds and not phrase.verb.startswith(UNCOUNTED)


def _list(run: list[Fact], voice: Voice) -> Inlines:
    """甲3个、乙5家; figures of one noun stand side by side (3批4人)."""
    inlines: list[Inline] = []
    for number, (name, same) in enumerate(groupby(run, _item_name)):
        inlines += [Text("、")] if number else []
        inlines += [voice.words(name), *_side_by_side(list(same), voice)]
    return merged(inlines)


def _side_by_side(same: list[Fact], voice: Voice) -> list[Inline]:
    """三批4人; in one unit they would run into one number."""
    inlines: list[Inline] = [voice.figure(same[0])]
    for before, fact in pairwise(same):
        inlines += [Text("、")] if before.unit == fact.unit else []
        inlines.append(voice.figure(fact))
    return inlines


def _item_name(fact: Fact) -> str:
    phrase = phrase_of(fact.topic)
    noun = phrase.thing if phrase.shape == Shape.VERB else phrase.noun
    return f"{fact.scope}{fact.member}{noun}"


def _single(fact: Fact, phrase: Phrase, voice: Voice) -> Clause:
    if own := own_clause(fact, voice):
        return Clause(own, cumulative=fact.cumulative)
    if fact.zero:
        return _said("zero", fact, phrase, voice)
    if _bounded(fact) and phrase.shape in (Shape.NOUN, Shape.RATE):
        return _said("sentence", fact, phrase, voice)
    if fact.about("start"):
        return _moved(fact, phrase, voice)
    if phrase.shape == Shape.NOUN:
        return _said(_state(fact), fact, phrase, voice)
    if phrase.shape == Shape.VERB:
        return _said(_order(fact, phrase, voice), fact, phrase, voice)
    if phrase.shape == Shape.HOLDER:
        name = "holder" if fact.unit in COUNTERS or not phrase.noun else "holder_after"
        return replace(_said(name, fact, phrase, voice), holder=name == "holder")
    return _said(str(phrase.shape), fact, phrase, voice)


def _bounded(fact: Fact) -> bool:
    """供养标准不低于5000元: a bound bears no 达到 before it."""
    return single(fact.qualifier) in (*AT_LEAST, *AT_MOST, *BELOW)


def _state(fact: Fact) -> str:
    """年收入达到15万元, but 争议案件301件 where little is good."""
    if fact.about("limit"):
        return "sentence"
    return "reached" if fact.topic.measure == "stock" else "noun"


def _order(fact: Fact, phrase: Phrase, voice: Voice) -> str:
    """培训3221名农民工 or 培训农民工3221名: only where the unit can count the noun."""
    if is_goods(fact, phrase):
        return "worth"
    if fact.unit not in COUNTERS or len(phrase.thing) < 3 or fact.scope or fact.member:
        return "verb"
    if any(word in phrase.thing for word in ACTIVE):
        return "counted"
    return voice.pick("order", ("verb", "counted"))


def is_goods(fact: Fact, phrase: Phrase) -> bool:
    """约81.88万元 of 爱心物资 is an estimate of what they are worth."""
    return single(fact.qualifier) == "约" and fact.unit == "元" and phrase.thing.endswith(GOODS)


def _said(pattern: str, fact: Fact, phrase: Phrase, voice: Voice) -> Clause:
    inlines = render(PATTERNS[pattern], _slots(fact, phrase, voice), voice.chooser)
    inlines = merged((*inlines, *_tails(fact, voice)))
    totals = phrase.shape == Shape.VERB and not fact.zero and _may_total(fact, phrase)
    return Clause(inlines, totals, fact.cumulative)


def _slots(fact: Fact, phrase: Phrase, voice: Voice) -> dict[str, Inlines]:
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
        return Clause(render(PATTERNS["kept"], slots, voice.chooser), standard=True)
    if growth:
        slots["数.增幅"] = (voice.figure(growth, abs(growth.value)),)
    return Clause(render(PATTERNS[name], slots, voice.chooser), standard=True)


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


def _of_which(parts: Sequence[Fact], voice: Voice) -> Inlines:
    """其中甲3个、乙5家; a part that is a clause of its own keeps its shape."""
    if not parts:
        return ()
    inlines: list[Inline] = [Text("，其中")]
    for number, fact in enumerate(parts):
        inlines += [Text("、")] if number else []
        inlines += _part(fact, voice)
    return tuple(inlines)


def _part(fact: Fact, voice: Voice) -> Inlines:
    phrase = phrase_of(fact.topic)
    if phrase.shape == Shape.HOLDER and fact.unit in COUNTERS:
        return render(PATTERNS["holder"], _slots(fact, phrase, voice), voice.chooser)
    name = fact.member or part_name(fact.topic.name)
    return (voice.words(f"{fact.scope}{name}"), voice.figure(fact))
