"""Open slots, 【待补：…】: what nobody has entered yet. No text goes out with one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.documents.tree import Document
from tracker.releases.proof import flatten

OPEN = "【待补"
_SLOT = re.compile(r"【待补[^】\n]*】")
_AROUND = 12
REMARK = "待补："
SHOWN = 3


@dataclass(frozen=True)
class OpenSlot:
    """A slot of the text: its words, where they lie in the flat text, and what stands before them."""

    words: str
    start: int
    end: int
    near: str

    def say(self) -> str:
        """“【待补：发布日期】”（在“市协调办公室　”之后）"""
        return f"“{self.words}”（{f'“{self.near}”之后' if self.near else '段首'}）"


def slots_in(document: Document) -> tuple[OpenSlot, ...]:
    """Every slot of the words that an editor can change, in reading order."""
    text = flatten(document).text
    return tuple(
        OpenSlot(
            found[0],
            found.start(),
            found.end(),
            text[max(0, found.start() - _AROUND) : found.start()]
            .rpartition("\n")[2]
            .rpartition("】")[2],
        )
        for found in _SLOT.finditer(text)
    )


def frame_slots(document: Document) -> tuple[str, ...]:
    """The lines of the frame (报, 送, 发 ...) that are open; they are filled when it is issued."""
    lines = (line for key in ("foot", "date", "issue") for line in document.lines(key))
    return tuple(line for line in lines if OPEN in line)


def unread_lines(document: Document) -> tuple[str, ...]:
    """报, 送, 发 that nobody has said yet; the day and the number come by themselves."""
    return tuple(line for line in document.lines("foot") if OPEN in line)


def say_open(slots: Sequence[OpenSlot]) -> str:
    """What is open and where, the first few in words."""
    more = f"等{len(slots)}处" if len(slots) > SHOWN else ""
    return "、".join(slot.say() for slot in slots[:SHOWN]) + more


def still_open(remarks: Iterable[str], before: Document, after: Document) -> list[str]:
    """The remarks on a text without those on slots that it had before and has no more."""
    filled = {slot.words for slot in slots_in(before)} - {slot.words for slot in slots_in(after)}
    said = {f"{words[1:-1]}。" for words in filled}
    return [remark for remark in remarks if remark not in said]


def settled_at_issue(remarks: Iterable[str]) -> list[str]:
    """The remarks that are left once a text went out: nothing of it is open any more."""
    return [remark for remark in remarks if not remark.startswith(REMARK)]
