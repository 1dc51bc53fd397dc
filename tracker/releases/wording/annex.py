"""The figures that the text leaves out, as a table: agency, programme, indicator, figure, of which time."""

from collections.abc import Mapping, Sequence

from tracker.catalogue.clauses import SLOT
from tracker.documents.charts import Bar, bars
from tracker.documents.tree import Date, Image, Inlines, PageBreak, Section, Table, Text, plain
from tracker.language.dates import say_as_of
from tracker.releases.facts import Fact, Topic
from tracker.releases.patterns.rendering import merged

from .verbs import COPULAS
from .voice import Voice

CROWDED = "正文容纳不下的{}项必写数据写在附表中，可改写进正文。"
FEWEST_BARS, MOST_BARS = 3, 8
HEADS, WIDTHS = ("单位", "项目", "指标", "数据", "时间"), (3, 5, 6, 5, 5)


def annex(
    left: Mapping[int, Sequence[Fact]], voice: Voice, telling: str = CROWDED
) -> list[Section]:
    """`left`: agency -> facts that stand nowhere else, and what the editor is told of it. No section where nothing was left out."""
    named = {one.id: one.short_name for one in voice.material.contributors}
    facts = [(agency, fact) for agency, facts in left.items() for fact in facts if sayable(fact)]
    if not facts:
        return []
    _tell_editor([fact for _, fact in facts], voice, telling)
    # No total without its time; where none is stored the column would be empty.
    columns = 5 if any(fact.base or fact.as_of for _, fact in facts) else 4
    of = {
        f.topic.id: p.name
        for c in voice.material.contributors
        for p in c.programmes
        for f in p.facts
    }
    rows = tuple(
        _row(named[agency], of.get(fact.topic.id, ""), fact, voice)[:columns]
        for agency, fact in facts
    )
    head = tuple((Text(name),) for name in HEADS[:columns])
    table = Table((Text("附表：其他数据"),), head, rows, WIDTHS[:columns], "annex")
    return [
        Section("annex", None, (PageBreak(), table, *_chart([fact for _, fact in facts], voice)))
    ]


def _tell_editor(facts: Sequence[Fact], voice: Voice, telling: str) -> None:
    """How much that must be said found no place in the text."""
    if count := sum(fact.must_say for fact in facts):
        voice.remark(telling.format(count))


def _chart(facts: Sequence[Fact], voice: Voice) -> list[Image]:
    """The money of one time side by side, the most first, each with the number of the table."""
    same: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.unit == "元" and fact.value > 0:
            same.setdefault((fact.base, fact.as_of), []).append(fact)
    group = max(same.values(), key=len, default=[])
    if len(group) < FEWEST_BARS:
        return []
    most = sorted(group, key=lambda fact: (-fact.value, fact.key))[:MOST_BARS]
    rows = [Bar(_said(fact.topic), fact.value, label=voice.surface(fact)) for fact in most]
    caption = merged([Text("附图："), *_time(most[0]), Text("各项资金")])
    return [Image(bars(rows), f"{plain(caption)}，数值见附表", caption)]


def sayable(fact: Fact) -> bool:
    """One end of a range says nothing."""
    return not fact.qualifier.startswith("区间")


def _row(agency: str, programme: str, fact: Fact, voice: Voice) -> tuple[Inlines, ...]:
    name = voice.words(f"{fact.scope}{fact.member}{_said(fact.topic)}")
    return (Text(agency),), (voice.words(programme),), (name,), _amount(fact, voice), _time(fact)


def _said(topic: Topic) -> str:
    """走进小学, not 小学: what was done with them, where the name does not say it; the clause's words
    where they lead up to the number."""
    if topic.clause.endswith(SLOT):
        return topic.clause.removesuffix(SLOT)
    verb = "" if topic.verb in COPULAS or topic.verb in topic.name else topic.verb
    return f"{verb}{topic.name}"


def _amount(fact: Fact, voice: Voice) -> Inlines:
    """1320元/月（原500元/月，增长164%）: a standard with what it was raised from, and by how much."""
    start = fact.about("start")
    if start is None:
        return (voice.figure(fact),)
    was = (Text("（原"), voice.figure(start), *_change(fact.about("growth"), voice), Text("）"))
    return merged((voice.figure(fact), *was))


def _change(growth: Fact | None, voice: Voice) -> Inlines:
    if growth is None or not growth.value:
        return ()
    return (
        Text("，增长" if growth.value > 0 else "，下降"),
        voice.figure(growth, abs(growth.value)),
    )


def _time(fact: Fact) -> Inlines:
    said = [words for words in (fact.base, say_as_of(fact.as_of) if fact.as_of else "") if words]
    return merged([Date("，".join(said))]) if said else ()
