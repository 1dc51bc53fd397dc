"""Giving a file out: only with permission, always as a download, never kept by the way."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import BinaryIO

from django.http import FileResponse

from accounts.rules import Verdict, require

LONGEST_NAME = 120
FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}


def download(verdict: Verdict, content: BinaryIO, name: str) -> FileResponse:
    """The file as an attachment under its own name; Refused when the verdict says no.

    What the name does not tell apart goes out as plain bytes, so that nothing uploaded is ever run
    by a browser.
    """
    require(verdict)
    name = safe_name(name)
    kind = TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def safe_name(name: str) -> str:
    """The last part of the name without control or direction characters, or what file systems refuse."""
    plain = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    plain = FORBIDDEN.sub("_", plain.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[:LONGEST_NAME]}.{ending}"
    return plain[:LONGEST_NAME] or "文件"
