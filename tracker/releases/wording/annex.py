"""The figures that the text leaves out, as a table: agency, indicator, figure."""

from collections.abc import Mapping, Sequence

from tracker.documents.tree import Inlines, PageBreak, Section, Table, Text
from tracker.releases.facts import Fact
from tracker.releases.wording.voice import Voice

HEAD = ((Text("单位"),), (Text("指标"),), (Text("数据"),))


def annex(left: Mapping[int, Sequence[Fact]], voice: Voice) -> list[Section]:
    """`left`: agency -> facts that stand nowhere else. No section where nothing was left out."""
    named = {one.id: one.short_name for one in voice.material.contributors}
    rows = [_row(named[agency], fact, voice) for agency, facts in left.items() for fact in facts]
    if not rows:
        return []
    table = Table((Text("附表：其他数据"),), HEAD, tuple(rows), (3, 6, 3), "annex")
    return [Section("annex", None, (PageBreak(), table))]


def _row(agency: str, fact: Fact, voice: Voice) -> tuple[Inlines, ...]:
    name = f"{fact.scope}{fact.member}{fact.topic.name}"
    return (Text(agency),), (voice.words(name),), (voice.figure(fact),)
