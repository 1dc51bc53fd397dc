"""A draft compiled again from what stands now."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracker.releases.issuing import latest
from tracker.releases.recompiling import recompile
from tracker.web import typed

from .chain import said
from .chain_forms import VersionForm
from .reading import found


@require_POST
def release_recompile(request, pk):
    """The text of now; where something moved, the page that shows what."""
    record = found(request.user, pk)
    form = typed.bound(request, VersionForm)
    if not form.is_valid():
        messages.error(request, "没有重新汇编：" + said(form))
        return redirect(record)
    former = latest(record)
    made = recompile(record, by=request.user, version=form.cleaned_data["version"])
    if made == former:
        messages.info(request, "数据没有变动，正文不用重新汇编。")
        return redirect(record)
    messages.success(request, f"已重新汇编，以下是第{former.number}版至第{made.number}版的改动。")
    return redirect("release-compare", pk, former.number, made.number)
