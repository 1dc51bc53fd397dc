"""Two versions of a document as one text with tracked changes: on the page, and for Word."""

from io import BytesIO

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rules import ALLOWED
from tracker.documents.tracked import Row, write_tracked
from tracker.documents.tree import Figure, Image, Table, plain
from tracker.releases.drafting.changes import changes, touched
from tracker.releases.models import DRAFT_ROLES, Release, Version
from tracker.releases.recording import document_of
from tracker.web import files, typed

from .reading import found, version_of
from .recompiled import moved_in


def both(request, pk: int, old: int, new: int) -> tuple[Release, Version, Version]:
    """The versions, for those who work on drafts or audit them; 404 for the rest."""
    record = found(request.user, pk)
    works = request.user.reach.leads_region(record.region, *DRAFT_ROLES)
    if not works and not request.user.reach.has("auditor"):
        raise Http404
    return record, version_of(record, old), version_of(record, new)


@require_safe
def release_compare(request, pk, old, new):
    """The newer text with what went struck out and what came marked."""
    if chosen := chosen_in(request, pk):
        return redirect(chosen)
    record, former, version = both(request, pk, old, new)
    rows = changes(document_of(former), document_of(version))
    context = {
        "release": record,
        "former": former,
        "version": version,
        "versions": record.versions.order_by("-number"),
        "rows": [shown(row) for row in rows],
        "touched": touched(rows),
        "moved": moved_in(version) if version.snapshot.get("before") == former.number else (),
    }
    return render(request, "releases/compare.html", context)


def chosen_in(request, pk: int) -> str | None:
    """Where the two choices of the page lead."""
    old, new = (typed.number(request.GET.get(name, "")) for name in ("old", "new"))
    return reverse("release-compare", args=[pk, old, new]) if old and new else None


def shown(row: Row) -> dict:
    """A row for the page."""
    pieces = [
        {
            "kind": stretch.kind,
            "text": plain(stretch.inlines),
            "figure": any(isinstance(one, Figure) for one in stretch.inlines),
        }
        for stretch in row.stretches
    ]
    if isinstance(row.block, Table):
        words = plain(row.block.caption) or "表格"
        cells = [[plain(cell) for cell in cells] for cells in (row.block.head, *row.block.rows)]
        return {"style": "body", "kind": row.kind, "block": words, "cells": cells}
    if row.block is not None:
        name = "图片" if isinstance(row.block, Image) else "分页"
        return {"style": "body", "kind": row.kind, "block": name}
    return {"style": row.style, "kind": row.kind, "pieces": pieces, "tag": tag_of(row.style)}


def tag_of(style: str) -> str:
    if style == "title":
        return "h1"
    return f"h{int(style[-1]) + 1}" if style.startswith("heading") else "p"


@require_safe
def release_compare_file(request, pk, old, new):
    """The same as a Word file with tracked changes, by the name of who saved the newer version."""
    record, former, version = both(request, pk, old, new)
    document = document_of(version)
    rows = changes(document_of(former), document)
    author = version.by.name if version.by else "系统汇编"
    content = write_tracked(document, rows, author=author, at=version.at)
    title = record.title.replace("\n", "")
    name = f"{title}第{former.number}版至第{version.number}版修改稿.docx"
    return files.download(ALLOWED, BytesIO(content), name)
