"""Characters that no file format can hold become a visible sign; nothing is lost silently."""

import re

# Tab and line feed are all that XML 1.0 takes of the control characters.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SIGN = "〓"  # the printers' mark for a missing character, which every font of ours has


def printable(text: str) -> str:
    """The text as every writer prints it: line ends as \\n, what cannot be printed as 〓."""
    return _UNPRINTABLE.sub(SIGN, text.replace("\r\n", "\n").replace("\r", "\n"))
