"""Files that a person sent: kept until they are dealt with, seen by that person alone, given back marked."""

from collections.abc import Sequence
from functools import wraps
from io import BytesIO

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from accounts.rules import ALLOWED
from tracker.web import files
from tracker.workbooks import uploads
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.marking import mark
from tracker.workbooks.models import Upload
from tracker.workbooks.reading import CellError


def mine(request, purpose: str):
    """The uploads of this person, without their bytes."""
    return Upload.objects.visible_to(request.user).filter(purpose=purpose).defer("content")


def seen(request, pk, purpose: str) -> Upload:
    rows = Upload.objects.visible_to(request.user).filter(purpose=purpose)
    return get_object_or_404(rows, pk=pk)


def kept(request, form, purpose: str, *, convert=None, about: int | None = None) -> Upload | None:
    """The upload as kept; None when it is no workbook, which the form then says."""
    if not form.is_valid():
        return None
    data, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name
    try:
        data, name = convert(data, name) if convert else (data, name)
        return uploads.keep(data, name, purpose, by=request.user, about=about)
    except NotAWorkbook as problem:
        form.add_error("file", problem.message)
        return None


def readable(page: str):
    """The view of an upload; back to `page` with the reason where the file cannot be opened."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except NotAWorkbook as problem:
                messages.error(request, problem.message)
                return redirect(page)

        return answer

    return decorate


def marked(upload: Upload, errors: Sequence[CellError]):
    content = mark(bytes(upload.content), errors, upload.name)
    stem = upload.name.rpartition(".")[0] or upload.name
    return files.download(ALLOWED, BytesIO(content), f"{stem}（已标错）.xlsx")
