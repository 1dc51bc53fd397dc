"""Documents as frozen versions, with a row for everything they quote."""

import json
from dataclasses import replace

from accounts.models import User
from tracker.documents.canonical import digest, from_json, to_json
from tracker.documents.tree import Document, Figure, figures
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
    document = replace(document, meta={**document.meta, "version": f"第{number}版"})
    version = Version.objects.create(
        release=release,
        number=number,
        kind=kind,
        tree=json.loads(to_json(document)),
        digest=digest(document),
        snapshot=snapshot,
        remarks=remarks,
        by=by,
    )
    Citation.objects.bulk_create(
        citation for figure in figures(document) for citation in _citations(version, figure)
    )
    return version


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
