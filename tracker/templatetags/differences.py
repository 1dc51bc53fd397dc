"""Two versions of a text as pieces that stayed, came or went."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# A number or a Latin word is one piece; Chinese is compared character by character.
PIECE = re.compile(r"[0-9A-Za-z.,%+-]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Runs of kind "same", "del" or "ins"; "same" with "del" give the old text, with "ins" the new."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    found = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Piece("same", "".join(before[a:b])))
            continue
        found += [Piece("del", "".join(before[a:b]))] if a < b else []
        found += [Piece("ins", "".join(after[c:d]))] if c < d else []
    return found
