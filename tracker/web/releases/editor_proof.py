"""What the editor asks while one types: the proof of the text, and what stands behind a figure."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import require
from tracker.releases.drafting.bench import Bench, bench_of
from tracker.releases.drafting.checking import check
from tracker.releases.drafting.page import BadPage
from tracker.releases.drafting.settling import told_all
from tracker.releases.drafting.surfaces import forms
from tracker.releases.provenance import provenance
from tracker.releases.rules import may_edit

from .editor import editable, posted_page
from .reading import found, version_of


@require_POST
def release_edit_proof(request, pk):
    """Verdicts and findings of the text as it is typed; nothing is kept."""
    _, version = editable(request, pk)
    try:
        bench = bench_of(version)
        page, remarks = check(bench, posted_page(request, version))
    except BadPage as problem:
        return JsonResponse({"said": str(problem)}, status=422)
    figures = [[run.figure for run in line.runs if run.figure] for line in page]
    return JsonResponse({"remarks": told_all(bench, page, remarks), "figures": figures})


@require_safe
def release_edit_figure(request, pk, number, key):
    """Where a figure comes from and how it may be written: a part for the page."""
    record = found(request.user, pk)
    version = version_of(record, number)
    require(may_edit(request.user, record))
    bench = bench_of(version)
    rows = [row for row in provenance(version) if row["key"] == key]
    figure = figure_of(bench, key)
    if figure is None:
        raise Http404
    context = {"rows": rows, "forms": forms(figure), "figure": figure, "release": record}
    context["source"] = bench.ground.by_key.get(key)
    return render(request, "releases/_editor_figure.html", context)


def figure_of(bench: Bench, key: str):
    """The figure as it was compiled, as it stands in the version, or as the ledger offers it."""
    standing = {one.key: one for one in bench.figures}
    return bench.origins.get(key) or standing.get(key) or bench.offered(key)
