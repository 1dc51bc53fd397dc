"""Written reports as people send them (.docx, .txt): looked at, opened in a child process, and kept.

A .docx goes through the same gates as a workbook: its ending, size and content, then a process of
its own with limits. What comes out is plain lines, a table's row as one line with its cells between tabs.
"""

import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from accounts.models import User

from . import gates
from .gates import NotAWorkbook
from .models import Upload
from .sandbox import child

ENDINGS = (".docx", ".txt", ".md")
MAX_BYTES = 10 * 2**20
MAX_CHARACTERS = 200_000
READ = "tracker.workbooks.paper_child"
SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 后再上传"
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANKS = re.compile(r"[ \u00a0\u3000]+")


class NotAPaper(NotAWorkbook):
    """The file is refused; the message is for the person who uploaded it."""


@dataclass(frozen=True)
class Paper:
    """A report as lines without empty ones; `text` is the lines joined, in which offsets count."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def keep(data: bytes, name: str, purpose: str, *, by: User, about: int | None = None) -> Upload:
    """The upload as a row, once it could be read. Raises NotAPaper for what is no report."""
    read(data, name)
    digest = hashlib.sha256(data).hexdigest()
    return Upload.objects.create(
        purpose=purpose, name=name[-200:], content=data, sha256=digest, by=by, about=about
    )


def read(data: bytes, filename: str) -> Paper:
    """The lines of a .docx, .txt or .md. Raises NotAPaper."""
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS:
        raise NotAPaper(
            f"只能上传 .docx 或 .txt 文件，这个文件是「{ending or '无扩展名'}」。{SAVE_AS}。"
        )
    if not data.strip():
        raise NotAPaper("文件是空的，请检查后重新上传。")
    if len(data) > MAX_BYTES:
        raise NotAPaper(f"文件超过 {MAX_BYTES // 2**20} MB，请删去图片后再上传。")
    lines = _from_docx(data) if ending == ".docx" else _decoded(data).splitlines()
    return _paper(lines)


def _paper(lines: list[str]) -> Paper:
    plain = (_plain(_BLANKS.sub(" ", _UNSEEN.sub("", line))) for line in lines)
    paper = Paper(tuple(line for line in plain if line))
    if not paper.lines:
        raise NotAPaper("文件里没有文字。如果内容是图片，请换成可以复制文字的文件。")
    if len(paper.text) > MAX_CHARACTERS:
        raise NotAPaper(f"文字超过 {MAX_CHARACTERS // 10000} 万字，请拆成几份后再上传。")
    return paper


def _plain(line: str) -> str:
    """Without blanks around it and its cells; only a row keeps a first cell with nothing in it."""
    cells = [cell.strip() for cell in line.split("\t")]
    return "\t".join(cells).rstrip() if sum(map(bool, cells)) > 1 else "".join(cells)


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what old programs write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotAPaper("读不出文件里的文字，请用记事本另存为 UTF-8 编码后再上传。")


def _from_docx(data: bytes) -> list[str]:
    _check_docx(data)
    with child(READ, [data]) as out:
        told = json.loads(out.read() or b'{"refused": "broken"}')
    if "refused" in told:
        raise NotAPaper(_REFUSALS[told["refused"]])
    return told["lines"]


_REFUSALS = {
    "broken": f"文件不完整或已损坏，打不开。{SAVE_AS}。",
    "large": f"文字超过 {MAX_CHARACTERS // 10000} 万字，请拆成几份后再上传。",
}


def _check_docx(data: bytes) -> None:
    if data.startswith(gates.COMPOUND):
        raise NotAPaper(f"这是旧版 .doc 文件，或设有打开密码。{SAVE_AS}。")
    if not data.startswith(gates.ZIP):
        raise NotAPaper(f"这个文件不是 Word 文档，可能只是改了扩展名。{SAVE_AS}。")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
        raise NotAPaper(_REFUSALS["broken"]) from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if gates.unpacks_too_large(entries):
        raise NotAPaper("文件展开后过大，请把文字复制到新的文档后再上传。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotAPaper("文件设有密码，请去掉密码后再上传。")
    if "word/document.xml" not in names:
        raise NotAPaper(f"压缩包里没有 Word 文档。{SAVE_AS}。")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotAPaper("文件含有宏，不能接收。请另存为不含宏的 .docx 后再上传。")
    if any(gates.declares_entities(archive, entry) for entry in entries):
        raise NotAPaper(f"文件里有不属于文档的声明，不能接收。{SAVE_AS}。")
