"""The form of a submission: look, save, submit, withdraw, zero report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from tracker.catalogue.models import Programme
from tracker.catalogue.rounds import due_for
from tracker.review.rules import may_comment
from tracker.review.waiting import judged_by
from tracker.submissions import services as verbs
from tracker.submissions.checks import check
from tracker.submissions.filing import NotReady
from tracker.submissions.models import Status, Submission
from tracker.submissions.rules import (
    may_edit,
    may_record_paper,
    may_send_back,
    may_sign,
    may_submit,
    may_withdraw,
    sign_steps,
)
from tracker.submissions.texts import numbers_in
from tracker.web import typed

from .forms import DecisionForm, EvidenceForm, NarrativeForm, PaperForm
from .sheet import changes_in, sections_of


def found(user: User, pk: int) -> Submission:
    """The submission, if this person may see it; 404 otherwise."""
    rows = Submission.objects.visible_to(user).select_related(
        "agency__region", "agency__line", "round__cycle", "round__span", "submitted_by", "signed_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def submission(request, pk):
    """The form for those who may fill it in, the read-only page for all others who may see it."""
    return show(request, found(request.user, pk))


def show(request, record: Submission, *, status=200, narrative_form=None, **form_state):
    findings = check(record) if record.status in Status.editable else []
    sections = sections_of(record, findings=findings, **form_state)
    confirm_texts(sections)
    context = {
        "submission": record,
        "sections": sections,
        "general": [one for one in findings if one.indicator is None],
        "errors": sum(1 for one in findings if one.blocks),
        "warnings": sum(1 for one in findings if not one.blocks),
        "filled": sum(section.filled for section in sections),
        "owed": sum(len(section.rows) for section in sections),
        "due_at": due_for(record.round, record.agency),
        "steps": sign_steps(record),
        "signatures": record.signatures.select_related("signer", "recorded_by", "scan"),
        "comments": record.comments.select_related("by", "figure__indicator"),
        "evidence": record.evidence.filter(removed_at=None).select_related("by", "figure"),
        "narrative_form": narrative_form or NarrativeForm(),
        "evidence_form": EvidenceForm(),
        "paper_form": PaperForm(initial={"version": record.version}),
        "decision_form": DecisionForm(initial={"version": record.version}),
        "judged": judged_by(request.user).filter(pk=record.pk).exists(),
        "may_comment": may_comment(request.user, record),
        "may_edit": may_edit(request.user, record),
        "may_submit": may_submit(request.user, record),
        "may_withdraw": may_withdraw(request.user, record),
        "may_sign": may_sign(request.user, record),
        "may_send_back": may_send_back(request.user, record),
        "may_record_paper": may_record_paper(request.user, record),
    }
    page = "submissions/entry.html" if context["may_edit"] else "submissions/read.html"
    return render(request, page, context, status=status)


def confirm_texts(sections) -> None:
    """Give each text the numbers found in it, with those that are confirmed."""
    for section in sections:
        for text in section.texts:
            done = {number.start for number in text.figures.all()}
            found_numbers = numbers_in(text.text, [section.programme.protected_name])
            text.numbers = [(number, number.start in done) for number in found_numbers]
            text.open_numbers = sum(1 for _, confirmed in text.numbers if not confirmed)


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
    return redirect(record)


def shown_again(request, record, **form_state):
    """The form with all that was typed; 422, because nothing was saved."""
    if "problems" in form_state:
        count = len(form_state["problems"])
        messages.error(request, f"有{count}处无法识别，本次没有保存。请按行内提示改正后再次保存。")
    return show(request, record, status=422, posted=request.POST, **form_state)


def saved(request, record: Submission) -> Submission:
    changes = changes_in(request.POST, sections_of(record))
    if changes:
        verbs.save_figures(record, changes, by=request.user)
    return found(request.user, record.pk)


def submitted(request, record: Submission):
    """Hand it on; what blocks is shown at its place."""
    try:
        record = verbs.submit(record, by=request.user, version=record.version)
    except NotReady as refusal:
        messages.error(request, refusal.messages[0] + "所填内容已保存，请按红色提示处理。")
        return show(request, record, status=422)
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
    context = {
        "submission": record,
        "sections": sections_of(record),
        "signatures": record.signatures.all(),
        "due_at": due_for(record.round, record.agency),
    }
    return render(request, "submissions/print.html", context)
