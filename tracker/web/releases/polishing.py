"""Proposals of a language model for a draft: asked for, looked at, taken paragraph by paragraph."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tracker.releases.models import Polish
from tracker.releases.polish import services
from tracker.releases.rules import may_edit
from tracker.web import typed

from .reading import found, version_of


@require_POST
def release_polish(request, pk):
    """Put the standing version to the model; the page of the request shows what becomes of it."""
    record = found(request.user, pk)
    made = services.request_polish(version_of(record), by=request.user)
    return redirect("release-polished", record.pk, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def release_polished(request, pk, number):
    """Old beside new for every paragraph with a proposal; what was refused, with the reason."""
    record = found(request.user, pk)
    rows = Polish.objects.filter(version__release=record).select_related("version")
    polish = get_object_or_404(rows, pk=number)
    if request.method == "POST":
        chosen = [typed.number(text) for text in request.POST.getlist("line")]
        services.take(polish, [line for line in chosen if line is not None], by=request.user)
        messages.success(request, "选中的段落已改好，存为新的一版，数字都没有动。")
        return redirect(record)
    context = {
        "release": record,
        "polish": polish,
        "proposals": [item for item in polish.items if item["new"]],
        "refused": [item for item in polish.items if item["why"]],
        "may_take": may_edit(request.user, record),
    }
    return render(request, "releases/polished.html", context)
