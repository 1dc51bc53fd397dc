"""The first page: a box for the leader's note, and the conclusion in one paragraph."""

from tracker.documents.tree import Paragraph, Table, Text
from tracker.releases.wording.slots import slot
from tracker.releases.wording.voice import Voice


def note() -> Table:
    """领导批示, left empty."""
    return Table((), (), (((Text("领导批示："),), (Text("\n\n"),)),), (2, 8), "note")


def conclusion(voice: Voice) -> list[Paragraph]:
    """The judgement is the editor's: no one agency's number is the judgement of all."""
    return [Paragraph((slot("总体判断", voice), Text("。具体情况如下。")), "lead")]
