"""A Word file that was edited elsewhere, read into the editor's page."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tracker.releases.drafting import keeping
from tracker.releases.drafting.page import BadPage, from_plain, to_plain
from tracker.releases.drafting.returned import returned
from tracker.releases.models import Version
from tracker.releases.recording import document_of
from tracker.web import typed
from tracker.workbooks import papers

from .editor import editable


class ReturnForm(forms.Form):
    """The file, and on which version it was made."""

    file = forms.FileField(
        label="修改稿",
        help_text="从本系统下载后在 Word 或 WPS 里改过的 .docx，也可以是 .txt；带修订标记的按接受修订读入。最大10 MB。",
    )
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def release_edit_upload(request, pk):
    """The file becomes the person's unsaved text; saving and proof go on from there."""
    record, version = editable(request, pk)
    initial = {"number": version.number}
    form = ReturnForm(initial=initial)
    if request.method == "POST":
        form = typed.bound(request, ReturnForm)
        if form.is_valid() and taken(request, form, version):
            messages.success(request, "修改稿已读入，还没有保存。请核对标出的数字后保存。")
            return redirect("release-edit", pk)
    context = {"form": form, "release": record, "version": version}
    context["working"] = keeping.working_of(record, request.user)
    return render(request, "releases/edit_upload.html", context, status=422 if form.errors else 200)


def taken(request, form: ReturnForm, version: Version) -> bool:
    """Whether the file could be read; the form says why not."""
    upload = form.cleaned_data["file"]
    try:
        paper = papers.read(upload.read(), upload.name)
        page = from_plain(to_plain(returned(paper.lines, document_of(version))))
    except (papers.NotAPaper, BadPage, papers.NotAWorkbook) as problem:
        form.add_error("file", str(problem))
        return False
    keeping.keep(version, page, by=request.user, serial=None)
    return True
