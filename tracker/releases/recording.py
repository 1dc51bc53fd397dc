"""Documents as frozen versions, with a row for everything they quote."""

import json
from dataclasses import replace

from django.conf import settings

from accounts.models import User
from tracker.documents.canonical import digest, from_json, to_json
from tracker.documents.pdf import missing_characters
from tracker.documents.tree import Document, Figure, Passage, figures, walk
from tracker.releases.models import Citation, Release, Version

LACKING = "字库里没有"


def freeze(
    release: Release,
    document: Document,
    *,
    kind: str,
    by: User | None,
    snapshot: dict,
    remarks: list[str],
) -> Version:
    """The next version of the release, with its citations; inside the caller's transaction."""
    last = release.versions.order_by("number").last()
    number = last.number + 1 if last else 1
    document = numbered(document, number)
    version = Version.objects.create(
        release=release,
        number=number,
        kind=kind,
        tree=json.loads(to_json(document)),
        digest=digest(document),
        snapshot=snapshot | {"quoted": passages_in(document)},
        remarks=told_of_characters(remarks, document),
        by=by,
    )
    Citation.objects.bulk_create(
        citation for figure in figures(document) for citation in _citations(version, figure)
    )
    return version


def told_of_characters(remarks: list[str], document: Document) -> list[str]:
    """With a remark where a character has no font: it would be an empty box in the PDF."""
    kept = [words for words in remarks if not words.startswith(LACKING)]
    lacking = missing_characters(document, settings.FONTS)
    if not lacking:
        return kept
    signs = "".join(f"“{sign}”" for sign in lacking)
    return [*kept, f"{LACKING}{signs}，PDF里显示不出来。请换字，或请系统管理员补装字库。"]


def passages_in(document: Document) -> list[int]:
    """Ids of the ledger's passages whose words stand in the document."""
    keys = (inline.key for inline in walk(document) if isinstance(inline, Passage))
    numbers = (key.partition("_")[0].removeprefix("p") for key in keys)
    return sorted({int(number) for number in numbers if number.isdigit()})


def numbered(document: Document, number: int) -> Document:
    """The document as the version of that number."""
    return replace(document, meta={**document.meta, "version": f"第{number}版"})


def _citations(version: Version, figure: Figure) -> list[Citation]:
    """A row for each entry of the figure; pf<id> is a figure of a passage."""
    common = {"version": version, "key": figure.key, "surface": figure.surface}
    if figure.entries:
        return [Citation(entry_id=entry, **common) for entry in figure.entries]
    number = figure.key.removeprefix("pf").partition("_")[0]
    return [Citation(passage_figure_id=int(number), **common)]


def document_of(version: Version) -> Document:
    """The version's tree; nothing but its stored JSON."""
    return from_json(json.dumps(version.tree))
