"""The catalogue as a workbook: sent, previewed, confirmed, and given out."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import wraps
from io import BytesIO
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import ALLOWED
from tracker.catalogue.rules import may_keep_catalogue
from tracker.catalogue.workbook import SHEETS, WrongWorkbook, export_catalogue, plan_import
from tracker.catalogue.workbook.confirming import Changed, carry_out_as_seen, digest_of
from tracker.catalogue.workbook.plan import Plan
from tracker.ledger.history import SHEETS as HISTORY_SHEETS
from tracker.web import files, typed
from tracker.web.people.access import only
from tracker.workbooks import uploads
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.marking import mark
from tracker.workbooks.models import Upload
from tracker.workbooks.reading import CellError
from tracker.workbooks.writing import template

from .upload_forms import SeenForm, WorkbookForm

HEADINGS = {column.key: column.heading for sheet in SHEETS for column in sheet.columns}
PEOPLE = "人员"
KINDS = ("create", "update")


def mine(request, purpose: str):
    """The uploads of this person, without their bytes."""
    return Upload.objects.visible_to(request.user).filter(purpose=purpose).defer("content")


def kept(request, form: WorkbookForm, purpose: str) -> Upload | None:
    """The upload as kept; None when it is no workbook, which the form then says."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        return uploads.keep(file.read(), file.name, purpose, by=request.user)
    except NotAWorkbook as problem:
        form.add_error("file", problem.message)
        return None


def readable(page: str):
    """The view of an upload; back to `page` with the reason where the file cannot be opened."""

    def decorate(view):
        @wraps(view)
        def answer(request, pk):
            try:
                return view(request, pk)
            except NotAWorkbook as problem:
                messages.error(request, problem.message)
                return redirect(page)

        return answer

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@only("reviewer")
def workbook(request):
    """Send a workbook, or take one home."""
    form = WorkbookForm()
    if request.method == "POST":
        form = typed.bound(request, WorkbookForm)
        if upload := kept(request, form, Upload.Purpose.CATALOGUE):
            return redirect("workbook-preview", upload.pk)
    context = {
        "form": form,
        "uploads": mine(request, Upload.Purpose.CATALOGUE)[:20],
        "may_keep": may_keep_catalogue(request.user),
    }
    return render(request, "catalogue/workbook.html", context, status=422 if form.errors else 200)


def seen(request, pk, purpose: str) -> Upload:
    rows = Upload.objects.visible_to(request.user).filter(purpose=purpose)
    return get_object_or_404(rows, pk=pk)


@require_safe
@only("reviewer")
@readable("workbook")
def workbook_preview(request, pk):
    """What the file would do; what it did, once it was carried out."""
    upload = seen(request, pk, Upload.Purpose.CATALOGUE)
    if upload.settled_at:
        return render(request, "catalogue/workbook_done.html", {"upload": upload})
    return previewed(request, upload, planned(request, upload))


def planned(request, upload: Upload) -> Plan:
    return plan_import(bytes(upload.content), by=request.user, filename=upload.name)


def previewed(request, upload: Upload, plan: Plan, *, changed=False):
    context = {
        "upload": upload,
        "plan": plan,
        "sheets": by_sheet(plan),
        "form": SeenForm(initial={"seen": digest_of(plan)}),
        "changed": changed,
    }
    status = 409 if changed else 200
    return render(request, "catalogue/workbook_preview.html", context, status=status)


def by_sheet(plan: Plan) -> list[dict]:
    """The steps of each sheet: created, changed with the headings that differ, and how many stay."""
    found = []
    for name, steps in groupby(plan.steps, key=lambda step: step.sheet):
        steps = [asdict(step) for step in steps]
        for step in steps:
            step["changes"] = [HEADINGS.get(change, change) for change in step["changes"]]
        kinds = {kind: [one for one in steps if one["what"] == kind] for kind in KINDS}
        found.append({"name": name, **kinds, "same": len(steps) - sum(map(len, kinds.values()))})
    return found


@require_POST
@only("reviewer")
@readable("workbook")
def workbook_confirm(request, pk):
    """Carry out what was seen; the preview again where the catalogue has moved on meanwhile."""
    upload = seen(request, pk, Upload.Purpose.CATALOGUE)
    plan = planned(request, upload)
    try:
        with transaction.atomic():
            done = carry_out_as_seen(plan, request.POST.get("seen", ""), by=request.user)
            uploads.settle(upload, **outcome(done))
    except (Changed, WrongWorkbook) as news:
        return previewed(request, upload, news.plan, changed=True)
    messages.success(request, "已按预览写入目录。")
    return redirect("workbook-preview", pk)


def outcome(done: Plan) -> dict:
    """What the page of a carried out workbook shows."""
    people = [step.label for step in done.creates if step.sheet == PEOPLE]
    counts = [
        {
            "name": sheet["name"],
            "create": len(sheet["create"]),
            "update": len(sheet["update"]),
            "same": sheet["same"],
        }
        for sheet in by_sheet(done)
    ]
    return {"sheets": counts, "people": people}


@require_POST
@only("reviewer")
def workbook_drop(request, pk):
    uploads.settle(seen(request, pk, Upload.Purpose.CATALOGUE), dropped=True)
    messages.success(request, "已放弃，目录没有改动。")
    return redirect("workbook")


@require_safe
@only("reviewer")
@readable("workbook")
def workbook_marked(request, pk):
    """The same workbook, its wrong cells coloured and commented."""
    upload = seen(request, pk, Upload.Purpose.CATALOGUE)
    return marked(upload, planned(request, upload).errors)


def marked(upload: Upload, errors: Sequence[CellError]):
    content = mark(bytes(upload.content), errors, upload.name)
    stem = upload.name.rpartition(".")[0] or upload.name
    return files.download(ALLOWED, BytesIO(content), f"{stem}（已标错）.xlsx")


@require_safe
@only("reviewer")
def workbook_export(request):
    """The catalogue as it stands."""
    name = f"目录{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(may_keep_catalogue(request.user), BytesIO(export_catalogue()), name)


@require_safe
@only("reviewer")
def workbook_template(request):
    """All eight sheets with their headings only."""
    content = template([*SHEETS, *HISTORY_SHEETS])
    return files.download(may_keep_catalogue(request.user), BytesIO(content), "目录模板.xlsx")
