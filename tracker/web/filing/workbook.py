"""A submission as a workbook: taken away, sent back, previewed, taken."""

from functools import wraps
from io import BytesIO

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import ALLOWED, require
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.submissions.workbook import (
    Book,
    Changed,
    Plan,
    WrongFigures,
    digest_of,
    open_book,
    plan_workbook,
    take_workbook,
    template_of,
)
from tracker.web import files, typed
from tracker.web.file_forms import SeenForm
from tracker.web.sent_files import kept, marked
from tracker.workbooks import uploads
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.models import Upload

from .page import found
from .workbook_forms import WorkbookForm

LISTED = 20


def mine(request, record: Submission):
    """The workbooks that this person has sent for this submission."""
    rows = Upload.objects.visible_to(request.user)
    return rows.filter(purpose=Upload.Purpose.SUBMISSION, about=record.pk)


def readable(view):
    """Back with the reason where the file cannot be opened after all."""

    @wraps(view)
    def answer(request, pk, upload):
        record = found(request.user, pk)
        try:
            return view(request, record, get_object_or_404(mine(request, record), pk=upload))
        except NotAWorkbook as problem:
            messages.error(request, problem.message)
            return redirect("submission-workbook", record.pk)

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def submission_workbook(request, pk):
    """Take the workbook away, or send it back."""
    record, form = found(request.user, pk), WorkbookForm()
    if request.method == "POST":
        require(may_edit(request.user, record))
        form = typed.bound(request, WorkbookForm)
        if upload := kept(request, form, Upload.Purpose.SUBMISSION, about=record.pk):
            return redirect("submission-workbook-preview", record.pk, upload.pk)
    context = {
        "submission": record,
        "form": form,
        "uploads": mine(request, record).defer("content")[:LISTED],
        "may_edit": may_edit(request.user, record),
    }
    return render(request, "submissions/workbook.html", context, status=422 if form.errors else 200)


@require_safe
def submission_workbook_template(request, pk):
    """What is owed, with what stands and last period beside."""
    record = found(request.user, pk)
    content = template_of(record, by=request.user)
    name = f"{record.agency}_{record.round}.xlsx"
    return files.download(ALLOWED, BytesIO(content), name)


@require_safe
@readable
def submission_workbook_preview(request, record, upload):
    """What the file would change, old beside new; what it did, once it was taken."""
    if upload.settled_at:
        context = {"submission": record, "upload": upload}
        return render(request, "submissions/workbook_done.html", context)
    return previewed(request, record, upload, planned(request, record, upload))


def planned(request, record: Submission, upload: Upload) -> Plan:
    return plan_workbook(record, opened(upload), by=request.user)


def opened(upload: Upload) -> Book:
    return open_book(bytes(upload.content), upload.name)


def previewed(request, record, upload, plan: Plan, *, changed=False):
    context = {
        "submission": record,
        "upload": upload,
        "plan": plan,
        "counts": {what: plan.counted(what) for what in ("new", "changed", "cleared")},
        "form": SeenForm(initial={"seen": digest_of(plan)}),
        "changed": changed,
    }
    status = 409 if changed else 200
    return render(request, "submissions/workbook_preview.html", context, status=status)


@require_POST
@readable
def submission_workbook_take(request, record, upload):
    """Write what was seen; the preview again where the submission has moved on meanwhile."""
    seen, book = request.POST.get("seen", ""), opened(upload)
    try:
        with transaction.atomic():
            done = take_workbook(record, book, by=request.user, seen=seen)
            uploads.settle(upload, rows=len(done.steps), left=len(done.findings))
    except (Changed, WrongFigures) as news:
        return previewed(request, record, upload, news.plan, changed=True)
    left = f"还有{len(done.findings)}处须在报送前处理。" if done.findings else ""
    messages.success(request, f"已按预览写入{len(done.steps)}项数据。{left}")
    return redirect(record)


@require_POST
@readable
def submission_workbook_drop(request, record, upload):
    uploads.settle(upload, dropped=True)
    messages.success(request, "已放弃，填报的数据没有改动。")
    return redirect("submission-workbook", record.pk)


@require_safe
@readable
def submission_workbook_marked(request, record, upload):
    """The same workbook, its wrong cells coloured and commented."""
    plan = planned(request, record, upload)
    return marked(upload, plan.marks)
