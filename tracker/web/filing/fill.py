"""A report that is already written: sent, laid beside the form, confirmed figure by figure or in all."""

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import require
from tracker.language.units import unit_class
from tracker.submissions import services as verbs
from tracker.submissions.filling.reading import Option, Proposed, Reading, TooMany, read_report
from tracker.submissions.filling.services import fill
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.web import typed
from tracker.workbooks import papers, uploads
from tracker.workbooks.gates import NotAWorkbook
from tracker.workbooks.models import Upload

from .fill_forms import Filled, ReportForm, restore
from .page import found

LISTED = 20


def mine(request, record: Submission):
    """The reports that this person has sent for this submission."""
    rows = Upload.objects.visible_to(request.user)
    return rows.filter(purpose=Upload.Purpose.REPORT, about=record.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def submission_fill(request, pk):
    """Send a report."""
    record, form = found(request.user, pk), ReportForm()
    if request.method == "POST":
        require(may_edit(request.user, record))
        form = typed.bound(request, ReportForm)
        if upload := kept(request, record, form):
            return redirect("submission-filling", record.pk, upload.pk)
    context = {
        "submission": record,
        "form": form,
        "uploads": mine(request, record).waiting().defer("content")[:LISTED],
        "may_edit": may_edit(request.user, record),
    }
    return render(request, "submissions/fill.html", context, status=422 if form.errors else 200)


def kept(request, record: Submission, form: ReportForm) -> Upload | None:
    """The upload; None when it cannot be read, which the form then says."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        data = file.read()
        read_report(record, papers.read(data, file.name).text)
        return papers.keep(data, file.name, "report", by=request.user, about=record.pk)
    except NotAWorkbook as problem:
        form.add_error("file", problem.message)
    except TooMany as problem:
        form.add_error("file", str(problem))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def submission_filling(request, pk, upload):
    """The report beside the form: what is proposed, and what was confirmed of it."""
    record = found(request.user, pk)
    sent = get_object_or_404(mine(request, record).waiting(), pk=upload)
    report = papers.read(bytes(sent.content), sent.name).text
    reading = read_report(record, report)
    if request.method == "POST":
        return taken(request, record, sent, report, reading)
    return shown(request, record, sent, reading)


def taken(request, record: Submission, sent: Upload, report: str, reading: Reading):
    require(may_edit(request.user, record))
    posted = Filled(request.POST, reading)
    if posted.problems:
        return shown_again(request, record, sent, reading, posted.problems)
    if posted.is_empty:
        messages.info(request, "没有勾选任何数据，也没有选定文字的项目，没有写入。")
        return shown(request, record, sent, reading)
    try:
        figures, texts = fill(
            record,
            report,
            posted.taken,
            posted.texts,
            by=request.user,
            name=sent.name,
            sha256=sent.sha256,
        )
    except verbs.Unreadable as problem:
        wrong = {one.start: problem.by_place.get(one.place, "") for one in posted.taken}
        return shown_again(request, record, sent, reading, wrong)
    except verbs.Clash as clash:
        words = "同事刚刚改过这一项，请核对后再采用。"
        wrong = {one.start: words for one in posted.taken if one.place in clash.theirs}
        return shown_again(request, record, sent, read_report(record, report), wrong)
    messages.success(request, done_words(figures, texts))
    return redirect("submission-filling", record.pk, sent.pk)


def done_words(figures: int, texts: int) -> str:
    parts = [f"{figures}项数据" if figures else "", f"{texts}个项目的文字" if texts else ""]
    return f"已填入{'、'.join(part for part in parts if part)}，可以到填报表核对。"


def shown_again(request, record, sent, reading: Reading, problems: dict[int, str]):
    """The page with all that was chosen; 422, because nothing was written."""
    restore(reading, request.POST)
    for one in reading.proposals:
        one.problem = problems.get(one.figure.start, "")
    messages.error(request, "有的数据还不能采用，已在该行标出，本次没有写入。")
    return shown(request, record, sent, reading, status=422)


def shown(request, record: Submission, sent: Upload, reading: Reading, *, status=200):
    several = len({option.cell.region.pk for option in reading.options}) > 1
    for one in reading.proposals:
        one.choices = [option for option in reading.options if might_be(one, option)]
    context = {
        "submission": record,
        "upload": sent,
        "reading": reading,
        "several": several,
        "may_edit": may_edit(request.user, record),
        "is_docx": sent.name.lower().endswith(".docx"),
    }
    return render(request, "submissions/filling.html", context, status=status)


def might_be(one: Proposed, option: Option) -> bool:
    """A cell that the figure may be given to by hand: of the same kind of unit, or the chosen one."""
    unit = one.figure.unit
    return option.place == one.place or unit_class(unit) == unit_class(option.slot.unit)


@require_POST
def submission_fill_close(request, pk, upload):
    """Done with the report; it may stay as evidence."""
    record = found(request.user, pk)
    sent = get_object_or_404(mine(request, record).waiting(), pk=upload)
    with transaction.atomic():
        if request.POST.get("keep"):
            require(may_edit(request.user, record))
            file = SimpleUploadedFile(sent.name, bytes(sent.content))
            verbs.attach(record, file, by=request.user, caption="填报所依据的报告")
        uploads.settle(sent, closed=True)
    messages.success(request, "已结束。没有采用的数据和文字不会进入报送。")
    return redirect(record)
