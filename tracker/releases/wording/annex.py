"""The figures that the text leaves out, as a table: agency, indicator, figure, and of which time."""

from collections.abc import Mapping, Sequence

from tracker.documents.tree import Date, Inlines, PageBreak, Section, Table, Text
from tracker.language.dates import say_as_of
from tracker.releases.facts import Fact, Topic
from tracker.releases.patterns.rendering import merged

from .verbs import COPULAS
from .voice import Voice

HEADS, WIDTHS = ("单位", "指标", "数据", "时间"), (3, 6, 3, 4)


def annex(left: Mapping[int, Sequence[Fact]], voice: Voice) -> list[Section]:
    """`left`: agency -> facts that stand nowhere else. No section where nothing was left out."""
    named = {one.id: one.short_name for one in voice.material.contributors}
    facts = [(agency, fact) for agency, facts in left.items() for fact in facts if sayable(fact)]
    if not facts:
        return []
    # No total without its time; where none is stored the column would be empty.
    columns = 4 if any(fact.base or fact.as_of for _, fact in facts) else 3
    rows = tuple(_row(named[agency], fact, voice)[:columns] for agency, fact in facts)
    head = tuple((Text(name),) for name in HEADS[:columns])
    table = Table((Text("附表：其他数据"),), head, rows, WIDTHS[:columns], "annex")
    return [Section("annex", None, (PageBreak(), table))]


def sayable(fact: Fact) -> bool:
    """One end of a range says nothing."""
    return not fact.qualifier.startswith("区间")


def _row(agency: str, fact: Fact, voice: Voice) -> tuple[Inlines, ...]:
    name = voice.words(f"{fact.scope}{fact.member}{_said(fact.topic)}")
    return (Text(agency),), (name,), (voice.figure(fact),), _time(fact)


def _said(topic: Topic) -> str:
    """走进小学, not 小学: what was done with them, where the name does not say it."""
    verb = "" if topic.verb in COPULAS or topic.verb in topic.name else topic.verb
    return f"{verb}{topic.name}"


def _time(fact: Fact) -> Inlines:
    said = [words for words in (fact.base, say_as_of(fact.as_of) if fact.as_of else "") if words]
    return merged([Date("，".join(said))]) if said else ()
