"""Open slots: what nobody entered is marked, never invented."""

from tracker.documents.tree import Inline, Text

from .voice import Voice


def slot(what: str, voice: Voice) -> Inline:
    """【待补：…】 in the text, and a remark for the editor."""
    voice.remark(f"待补：{what}。")
    return Text(f"【待补：{what}】")
