"""What comes next, in one paragraph."""

from tracker.documents.tree import Paragraph, Section
from tracker.releases.material import Material
from tracker.releases.wording.outlook import first_plans, outlook
from tracker.releases.wording.voice import Voice


def closing(material: Material, voice: Voice) -> list[Section]:
    """One sentence of each approved plan."""
    inlines = outlook(first_plans(material.contributors), voice)
    if not inlines:
        voice.remark("没有已核定的“下一步”文字，通讯未写打算。")
        return []
    return [Section("outlook", None, (Paragraph(inlines, key="outlook"),))]
