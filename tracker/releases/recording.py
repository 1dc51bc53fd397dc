"""Documents as frozen versions, with a row for everything they quote."""

import json
from dataclasses import replace

from accounts.models import User
from tracker.documents.canonical import digest, from_json, to_json
from tracker.documents.tree import Document, Figure, Passage, figures, walk
from tracker.releases.models import Citation, Release, Version


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
        remarks=remarks,
        by=by,
    )
    Citation.objects.bulk_create(
        citation for figure in figures(document) for citation in _citations(version, figure)
    )
    return version


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
