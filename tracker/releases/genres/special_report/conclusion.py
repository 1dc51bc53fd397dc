"""The first page: a box for the leader's note, and the conclusion in one paragraph."""

from tracker.documents.tree import Inline, Paragraph, Table, Text
from tracker.releases.material import Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.selection import leading
from tracker.releases.wording.leading import led_by
from tracker.releases.wording.voice import Voice


def note(material: Material) -> Table:
    """领导批示, left empty."""
    return Table((), (), (((Text("领导批示："),), (Text("\n\n"),)),), (2, 8), "note")


def conclusion(material: Material, voice: Voice) -> list[Paragraph]:
    """The weightiest figure of each agency; none, and the editor is told."""
    facts = leading(material.contributors)
    if not facts:
        voice.remark("没有可以概括全局的数据，请编辑写明结论。")
        return []
    names = Text("、".join(one.short_name for one in material.contributors))
    inlines: list[Inline] = [Text("综合"), names, Text("报送情况，"), *led_by(facts, voice)]
    return [Paragraph(merged([*inlines, Text("。具体情况如下。")]), "lead")]
