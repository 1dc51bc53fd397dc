"""History: a workbook staged by one person of the lead office and confirmed by a second."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import Refused
from tracker.catalogue.rules import may_keep_catalogue
from tracker.ledger import history as verbs
from tracker.ledger.models import Batch, StagedFigure
from tracker.ledger.rules import may_decide
from tracker.web import paging, typed
from tracker.web.file_forms import WorkbookForm
from tracker.web.people.access import only
from tracker.web.sent_files import kept, marked, mine, readable, seen
from tracker.workbooks import uploads
from tracker.workbooks.models import Upload

from .forms import ReasonForm
from .staged import entries_of, passages_shown, written

ROWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def history_list(request):
    """The batches, newest first, and a new one."""
    form = WorkbookForm()
    if request.method == "POST":
        form = typed.bound(request, WorkbookForm)
        if upload := kept(request, form, Upload.Purpose.HISTORY):
            return redirect("history-preview", upload.pk)
    batches = Batch.objects.visible_to(request.user).select_related("by", "decided_by")
    batches = batches.annotate(
        figures=Count("entries", distinct=True), texts=Count("passages", distinct=True)
    )
    context = {
        "form": form,
        "page": paging.page(request, batches.order_by("-pk"), 25),
        "uploads": mine(request, Upload.Purpose.HISTORY).waiting()[:20],
        "may_keep": may_keep_catalogue(request.user),
    }
    return render(request, "catalogue/history.html", context, status=422 if form.errors else 200)


@require_safe
@only("reviewer")
@readable("history-list")
def history_preview(request, pk):
    """What the file holds and everything that is wrong with it; nothing is staged yet."""
    upload = seen(request, pk, Upload.Purpose.HISTORY)
    if upload.settled_at:
        return redirect(*settled_to(upload))
    return previewed(request, upload, held(request, upload))


def held(request, upload: Upload) -> verbs.History:
    return verbs.read_history(bytes(upload.content), by=request.user, filename=upload.name)


def settled_to(upload: Upload) -> list:
    batch = upload.outcome.get("batch")
    return ["history-batch", batch] if batch else ["history-list"]


def previewed(request, upload: Upload, found: verbs.History, *, reason=""):
    written(found.entries)
    context = {"upload": upload, "history": found, "reason": reason}
    status = 409 if reason else 200
    return render(request, "catalogue/history_preview.html", context, status=status)


@require_POST
@only("reviewer")
@readable("history-list")
def history_stage(request, pk):
    """Put the file before a second person."""
    upload = seen(request, pk, Upload.Purpose.HISTORY)
    found = held(request, upload)
    try:
        with transaction.atomic():
            batch = verbs.stage(bytes(upload.content), by=request.user, history=found)
            uploads.settle(upload, batch=batch.pk)
    except verbs.WrongHistory as wrong:
        return previewed(request, upload, wrong.history)
    except Refused as refusal:
        return previewed(request, upload, found, reason=str(refusal))
    messages.success(request, "已提交，等待牵头单位的另一名主管确认。")
    return redirect("history-batch", batch.pk)


@require_POST
@only("reviewer")
def history_drop(request, pk):
    uploads.settle(seen(request, pk, Upload.Purpose.HISTORY), dropped=True)
    messages.success(request, "已放弃，没有导入任何内容。")
    return redirect("history-list")


@require_safe
@only("reviewer")
@readable("history-list")
def history_marked(request, pk):
    """The same workbook, its wrong cells coloured and commented."""
    upload = seen(request, pk, Upload.Purpose.HISTORY)
    return marked(upload, held(request, upload).errors)


def known(user, pk) -> Batch:
    rows = Batch.objects.visible_to(user).select_related("by", "decided_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@only("reviewer", "auditor")
def history_batch(request, pk):
    """Its figures, its texts, and the numbers found in them."""
    return shown(request, known(request.user, pk))


def shown(request, batch: Batch, *, reject_form=None):
    page = paging.page(request, entries_of(batch), ROWS)
    written(page.object_list)
    context = {
        "batch": batch,
        "page": page,
        "passages": passages_shown(batch),
        "may_decide": may_decide(request.user, batch),
        "reject_form": reject_form or ReasonForm(),
    }
    status = 422 if reject_form else 200
    return render(request, "catalogue/history_batch.html", context, status=status)


def number_in(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


@require_POST
@only("reviewer")
def history_mark(request, pk):
    """Say of the numbers of one text which are figures: those that are ticked."""
    batch = known(request.user, pk)
    text = get_object_or_404(batch.passages, pk=number_in(request.POST.get("passage", "")))
    numbers = StagedFigure.objects.filter(passage=text)
    ticked = set(request.POST.getlist("figure"))
    with transaction.atomic():
        for number in numbers.select_related("passage__batch"):
            wanted = str(number.pk) in ticked
            if number.is_figure != wanted:
                verbs.mark_figure(number, wanted, by=request.user)
    messages.success(request, "已记下文中的数据。")
    return redirect("history-batch", pk)


@require_POST
@only("reviewer")
def history_confirm(request, pk):
    batch = known(request.user, pk)
    verbs.confirm(batch, by=request.user)
    messages.success(request, "已确认入账，可以查询和汇编。")
    return redirect("history-batch", pk)


@require_POST
@only("reviewer")
def history_reject(request, pk):
    batch = known(request.user, pk)
    form = typed.bound(request, ReasonForm)
    if not form.is_valid():
        return shown(request, batch, reject_form=form)
    verbs.reject(batch, by=request.user, note=form.cleaned_data["reason"])
    messages.success(request, "已退回，没有写入台账。")
    return redirect("history-batch", pk)
