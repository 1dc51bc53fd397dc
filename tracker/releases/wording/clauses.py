"""Facts of one programme folded into clauses: equal verbs share a list, parts follow their whole."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.documents.tree import Text
from tracker.releases.facts import Fact
from tracker.releases.patterns import render
from tracker.releases.patterns.rendering import merged

from .clause import Clause, about
from .defaults import PATTERNS
from .listing import listed, of_which
from .names import Shape, phrase_of, stem
from .own import has_own
from .ranges import paired, range_of
from .single import clause_of, in_own_words, is_bounded, is_goods, order_of, said_by, worded
from .verbs import COUNTERS, VERBAL
from .voice import Voice

__all__ = ["Clause", "clauses"]

LONGEST_LIST = 6


def clauses(facts: Sequence[Fact], voice: Voice, *, framed: bool = False) -> list[Clause]:
    """Every fact that can be said, in order, as clauses without punctuation at their ends.

    `framed`: a headline or lead puts its own words before them, so the city's own patterns rest.
    """
    facts, ranges = paired(facts)
    facts = [in_own_words(fact) for fact in facts if _sayable(fact, voice)]
    facts = [_bare(fact) for fact in facts] if framed else facts
    parts = _parts(facts)
    wholes = [
        fact for fact in facts if fact.key not in {p.key for ps in parts.values() for p in ps}
    ]
    made: list[Clause] = []
    runs = list(_runs(wholes))
    order = _order(runs, voice)
    for run in runs:
        clause = _run_clause(run, voice, order)
        tail = of_which([part for fact in run for part in parts.get(fact.key, ())], voice)
        clause = replace(clause, inlines=merged((*clause.inlines, *tail)))
        if _is_share(run[0]) and made:
            made[-1] = _joined(made[-1], clause)
        else:
            made.append(clause)
    return [*made, *(Clause(merged(range_of(pair, voice))) for pair in ranges)]


def _order(runs: Sequence[list[Fact]], voice: Voice) -> str:
    """Of all numbers that stand side by side; behind their nouns where some are a list."""
    if any(len(run) > 1 for run in runs):
        return "verb"
    return order_of([run[0] for run in runs], voice) if len(runs) > 1 else ""


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
    nested = any("、" in one.topic.name for one in (first, fact))
    return mine.shape == Shape.VERB and mine.verb == theirs.verb and not nested


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
    if fact.related or fact.zero or has_own(fact) or worded(fact):
        return True
    phrase = phrase_of(fact.topic)
    verb = phrase.shape == Shape.VERB
    if verb and is_goods(fact, phrase):
        return True
    return not verb and fact.topic.measure in ("stock", "standard", "ratio")


def _run_clause(run: list[Fact], voice: Voice, order: str) -> Clause:
    first, phrase = run[0], phrase_of(run[0].topic)
    if len(run) == 2 and _same_but_period(*run):
        return _with_total(run, voice, order)
    if len(run) == 1 and (phrase.shape != Shape.NOUN or _alone(first)):
        return clause_of(first, voice, order)
    if phrase.shape == Shape.NOUN and not _countable(first):
        return said_by("sentence" if is_bounded(first) else "noun", first, phrase, voice)
    pattern = "list" if phrase.shape == Shape.VERB else "having"
    slots = {"动": (Text(phrase.verb),) if phrase.verb else (), "列": listed(run, voice)}
    return about(first, phrase, Clause(render(PATTERNS[pattern], slots, voice.chooser)))


def _with_total(run: list[Fact], voice: Voice, order: str) -> Clause:
    period, cumulative = sorted(run, key=lambda fact: fact.cumulative)
    clause = clause_of(period, voice, order)
    inlines = merged((*clause.inlines, Text("，累计"), voice.figure(cumulative)))
    return replace(clause, inlines=inlines)
