"""Remarks on a draft: made, answered and settled from the editor's page or the document's."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tracker.releases.drafting import comments
from tracker.releases.models import Release
from tracker.web import typed

from .reading import found, version_of


class RemarkForm(forms.Form):
    """What is remarked, and on which words."""

    text = forms.CharField(label="批注", max_length=comments.LONGEST_TEXT)
    quote = forms.CharField(label="原文", max_length=comments.LONGEST_QUOTE, required=False)
    before = forms.CharField(max_length=comments.LONGEST_BEFORE, required=False, strip=False)
    number = forms.IntegerField(required=False, min_value=1, max_value=10**6)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=10**15)


@require_POST
def release_remark(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, RemarkForm)
    if form.is_valid():
        said = form.cleaned_data
        comments.remark(
            version_of(record, said["number"]),
            said["text"],
            by=request.user,
            quote=said["quote"],
            before=said["before"],
            reply_to=remark_of(record, said["reply_to"]) if said["reply_to"] else None,
        )
        messages.success(request, "批注已保存。")
    else:
        messages.error(request, "批注没有保存：请写明内容，最多1000个字。")
    return redirect(back(request, record))


@require_POST
def release_remark_settle(request, pk, remark):
    record = found(request.user, pk)
    comments.settle(remark_of(record, remark), by=request.user)
    messages.success(request, "批注已办结，记录保留。")
    return redirect(back(request, record))


def remark_of(record: Release, pk: int):
    return get_object_or_404(record.text_comments.select_related("release"), pk=pk)


def back(request, record: Release):
    """To the page from which it was said; one of two, never an address that was sent."""
    if request.POST.get("next") == "edit":
        return redirect("release-edit", record.pk).url
    return record.get_absolute_url()
