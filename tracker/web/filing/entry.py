"""The acts of the form of a submission: look, save, submit, withdraw, zero report, print."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker.catalogue.models import Programme
from tracker.catalogue.rounds import due_for
from tracker.submissions import services as verbs
from tracker.submissions.filing import NotReady, digest_of, filings_of
from tracker.submissions.models import Status, Submission
from tracker.web import typed

from .forms import DecisionForm
from .page import found, show, signatures_of
from .posted import changes_in
from .sheet import sections_of


@require_safe
def submission(request, pk):
    """The form for those who may fill it in, the read-only page for all others who may see it."""
    return show(request, found(request.user, pk))


@require_POST
def submission_save(request, pk):
    """Save what differs; then submit, if that was the button."""
    record = found(request.user, pk)
    try:
        record = saved(request, record)
        if request.POST.get("act") == "submit":
            return submitted(request, record)
    except verbs.Unreadable as problem:
        return shown_again(request, record, problems=problem.by_place)
    except verbs.Clash as clash:
        messages.error(request, "有的数据刚被同事改过，已在该行标出。请核对后再次保存。")
        return shown_again(request, record, clashing=clash.theirs)
    messages.success(request, "已保存。")
    return redirect(*page_of(request, record))


def page_of(request, record: Submission) -> tuple:
    """Where it was saved from: the progress table of a programme, else the form."""
    programme = typed.number(request.POST.get("next", ""))
    return ("submission-matrix", record.pk, programme) if programme else (record,)


def shown_again(request, record, **form_state):
    """The form with all that was typed; 422, because nothing was saved."""
    if "problems" in form_state:
        count = len(form_state["problems"])
        messages.error(request, f"有{count}处无法识别，本次没有保存。请按行内提示改正后再次保存。")
    return show(request, record, status=422, posted=request.POST, **form_state)


def saved(request, record: Submission) -> Submission:
    sections = sections_of(record, texts=(), evidence=(), with_definitions=False)
    changes = changes_in(request.POST, sections)
    if changes:
        verbs.save_figures(record, changes, by=request.user)
    return found(request.user, record.pk)


def submitted(request, record: Submission):
    """Hand it on; what blocks is shown at its place."""
    try:
        record = verbs.submit(record, by=request.user, version=record.version)
    except NotReady as refusal:
        messages.error(request, refusal.messages[0] + "所填内容已保存，请按红色提示处理。")
        return show(request, record, status=422, handed_in=True)
    word = "已提交审签。" if record.status == Status.SIGNING else "已报送。"
    messages.success(request, word)
    return redirect(record)


@require_POST
def submission_withdraw(request, pk):
    record = found(request.user, pk)
    form = typed.bound(request, DecisionForm)
    if form.is_valid():
        verbs.withdraw(record, by=request.user, version=form.cleaned_data["version"])
        messages.success(request, "已撤回，可以继续修改。")
    return redirect(record)


@require_POST
def submission_zero(request, pk):
    """Zero report for what is still blank: of one programme, or of all."""
    record = found(request.user, pk)
    programme = typed.number(request.POST.get("programme", ""))
    one = None if programme is None else get_object_or_404(Programme, pk=programme)
    verbs.declare_zero(record, by=request.user, programme=one)
    messages.success(request, "空白项已按零报告填写，可逐项修改。")
    return redirect(record)


@require_safe
def submission_print(request, pk):
    """The printed report with its head and the foot for signatures."""
    record = found(request.user, pk)
    names = [str(one) for one in signatures_of(record)]
    context = {
        "submission": record,
        "sections": sections_of(record),
        # The last to sign is the head of the office; who signs before them has checked it.
        "head": names[-1] if names else "",
        "checker": names[0] if len(names) > 1 else "",
        "filed_on": timezone.localdate(record.filed_at),
        "due_at": due_for(record.round, record.agency),
        "digest": digest_of(record),
        "filings": filings_of(record),
    }
    return render(request, "submissions/print.html", context)
