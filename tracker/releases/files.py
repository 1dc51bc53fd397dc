"""The files of a version: made on demand for a draft, frozen once issued."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import ContentFile

from tracker.documents.formats import FORMATS, render
from tracker.documents.provenance import Row, write_provenance
from tracker.documents.tree import Document
from tracker.releases.models import ReleaseFile, Version
from tracker.releases.provenance import provenance
from tracker.releases.recording import document_of

SHEET = "xlsx"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = (*FORMATS, SHEET)


class Damaged(Exception):
    """A frozen file is no longer what was given out."""


def file_of(version: Version, ending: str) -> bytes:
    """The version as a file of that ending (one of ENDINGS, else KeyError).

    The frozen one where the version was issued; Damaged when its hash has changed.
    """
    frozen = version.files.filter(ending=ending).first()
    return _read(frozen) if frozen else make(version, ending)


def make(version: Version, ending: str) -> bytes:
    """Written anew from the stored tree: the same bytes each time."""
    rows = provenance(version) if ending == SHEET else ()
    return written(document_of(version), rows, ending)


def written(document: Document, rows: Iterable[Row], ending: str) -> bytes:
    """The document in that form; `rows` are those of its provenance."""
    if ending == SHEET:
        return write_provenance(document, rows)
    return render(document, ending, settings.FONTS)


def media_type(ending: str) -> str:
    return SHEET_TYPE if ending == SHEET else FORMATS[ending].media_type


def _read(frozen: ReleaseFile) -> bytes:
    with frozen.file.open("rb") as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != frozen.sha256:
        raise Damaged(f"{frozen}：文件与印发时不一致。")
    return content


def freeze_files(version: Version, made: dict[str, bytes]) -> None:
    """Keep the files that were made of an issued version, each with its hash."""
    for ending, content in made.items():
        frozen = ReleaseFile(
            version=version, ending=ending, sha256=hashlib.sha256(content).hexdigest()
        )
        name = f"{version.release_id}-{version.number}.{ending}"
        frozen.file.save(name, ContentFile(content), save=False)
        frozen.save()
