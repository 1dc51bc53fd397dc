"""The files that a document can leave as."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tracker.documents.canonical import to_json
from tracker.documents.docx import write_docx
from tracker.documents.html import write_page
from tracker.documents.markdown import write_markdown
from tracker.documents.pdf import write_pdf
from tracker.documents.text import write_text
from tracker.documents.tree import Document


@dataclass(frozen=True)
class Format:
    """`write` gives bytes, or text that is handed out as UTF-8."""

    label: str
    media_type: str
    write: Callable[[Document], bytes | str]


FORMATS = {
    "docx": Format(
        "Word 文档",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write_docx,
    ),
    "pdf": Format("PDF", "application/pdf", write_pdf),
    "md": Format("Markdown", "text/markdown; charset=utf-8", write_markdown),
    "html": Format("网页", "text/html; charset=utf-8", write_page),
    "txt": Format("纯文本", "text/plain; charset=utf-8", write_text),
    "json": Format("文档结构（JSON）", "application/json", to_json),
}


def render(document: Document, ending: str, fonts: tuple[Path, ...] = ()) -> bytes:
    """The file of a document by its ending (a key of FORMATS; KeyError for any other).

    `fonts`: folders with the office's own fonts for the PDF.
    """
    write = FORMATS[ending].write
    written = write_pdf(document, fonts) if ending == "pdf" else write(document)
    return written.encode() if isinstance(written, str) else written
