"""The first page: a box for the leader's note, and the conclusion in one paragraph."""

from tracker.documents.tree import Inline, Paragraph, Table, Text
from tracker.releases.facts import Fact
from tracker.releases.material import Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import leads, usual_period, weight
from tracker.releases.wording.clauses import clauses
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice

MOST_FIGURES = 3  # that serve one point


def note(material: Material) -> Table:
    """领导批示, left empty."""
    return Table((), (), (((Text("领导批示："),), (Text("\n\n"),)),), (2, 8), "note")


def conclusion(material: Material, voice: Voice) -> list[Paragraph]:
    """The weightiest figures of the period that most of them share; none, and the editor is told."""
    facts = _weighty(material)
    if not facts:
        voice.remark("没有可以概括全局的数据，请编辑写明结论。")
        return []
    names = Text("、".join(one.short_name for one in material.contributors))
    inlines: list[Inline] = [Text("综合"), names, Text("报送情况，"), *Timeline().opening(facts)]
    for number, fact in enumerate(facts):
        adverb = "累计" if fact.cumulative else "共"
        inlines.append(Text(f"{'，' if number else material.whole}{adverb}"))
        inlines += clauses([fact], voice)[0].inlines
    return [Paragraph(merged([*inlines, Text("。具体情况如下。")]), "lead")]


def _weighty(material: Material) -> list[Fact]:
    facts = [fact for one in material.contributors for fact in one.facts]
    if not facts:
        return []
    period = usual_period(facts)
    fit = [fact for fact in facts if leads(fact) and (fact.base, fact.as_of) == period]
    best = sorted(fit, key=weight, reverse=True)[:MOST_FIGURES]
    return [fact for fact in fit if fact in best]
