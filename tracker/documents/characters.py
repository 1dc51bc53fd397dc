"""Characters that no file format can hold become visible signs; nothing is lost silently."""

import re

# XML 1.0 knows tab and line feed of these; the rest has a picture in U+2400-2421.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BROKEN = re.compile(r"[\x80-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text as every writer prints it: line ends as \\n, control characters as their pictures."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BROKEN.sub("\ufffd", _CONTROL.sub(_picture, text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2421 if code == 0x7F else 0x2400 + code)
