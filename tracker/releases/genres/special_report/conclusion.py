"""The first page: a box for the leader's note, and the conclusion in one paragraph."""

from tracker.documents.tree import Inline, Paragraph, Table, Text
from tracker.releases.material import Material
from tracker.releases.patterns.rendering import merged
from tracker.releases.wording.leading import led_by
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice


def note(material: Material) -> Table:
    """领导批示, left empty."""
    return Table((), (), (((Text("领导批示："),), (Text("\n\n"),)),), (2, 8), "note")


def conclusion(material: Material, voice: Voice) -> list[Paragraph]:
    """The judgement is the editor's; behind it the figures that bear it most."""
    inlines: list[Inline] = [
        slot("总体判断", voice),
        Text("。"),
        *led_by(material.contributors, voice),
    ]
    voice.begin()
    return [Paragraph(merged([*inlines, Text("具体情况如下。")]), "lead")]
