"""The form of a submission: look, save, submit, withdraw, zero report."""

from decimal import Decimal
from typing import NamedTuple

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import Verdict
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Extension, Programme
from tracker.catalogue.rounds import due_for
from tracker.review.models import Comment
from tracker.review.rules import may_comment
from tracker.review.waiting import judged_by
from tracker.submissions import services as verbs
from tracker.submissions.checks import Finding, Sheet, check, sheet_of
from tracker.submissions.filing import NotReady, digest_of, filings_of, signed_steps
from tracker.submissions.models import Evidence, Narrative, Status, Submission
from tracker.submissions.rules import (
    asks_for_some,
    may_edit,
    may_record_paper,
    may_send_back,
    may_sign,
    may_submit,
    may_withdraw,
    sign_steps,
)
from tracker.submissions.texts import numbers_in, texts_of
from tracker.web import typed

from .forms import DecisionForm, EvidenceForm, PaperForm
from .posted import changes_in
from .sheet import sections_of
from .words import percent

# What a draft need not be told before it is handed in.
LATER = {"required"}


def found(user: User, pk: int) -> Submission:
    """The submission, if this person may see it; 404 otherwise."""
    rows = Submission.objects.visible_to(user).select_related(
        "agency__region", "agency__line", "round__cycle", "round__span", "submitted_by", "signed_by"
    )
    # What there is none of need not be asked for.
    there = {
        "has_comments": Exists(Comment.objects.filter(submission=OuterRef("pk"))),
        "has_evidence": Exists(Evidence.objects.filter(submission=OuterRef("pk"))),
        "has_texts": Exists(Narrative.objects.filter(submission=OuterRef("pk"))),
        "has_more_time": Exists(
            Extension.objects.filter(round=OuterRef("round"), agency=OuterRef("agency"))
        ),
    }
    record = get_object_or_404(rows.annotate(**there), pk=pk)
    extensions = Extension.objects.all() if record.has_more_time else Extension.objects.none()
    prefetch_related_objects([record], Prefetch("round__extensions", extensions))
    return record


@require_safe
def submission(request, pk):
    """The form for those who may fill it in, the read-only page for all others who may see it."""
    return show(request, found(request.user, pk))


def show(request, record: Submission, *, status=200, handed_in=False, **form_state):
    may = may_edit(request.user, record)
    sheet, texts = sheet_of(record), texts_of(record) if record.has_texts else []
    evidence = evidence_of(record)
    findings = findings_of(record, sheet, texts, handed_in=handed_in)
    sections = sections_of(
        record,
        sheet=sheet,
        findings=findings,
        texts=texts,
        evidence=evidence,
        with_definitions=not may,
        **form_state,
    )
    confirm_texts(sections)
    errors = sum(1 for one in findings if one.blocks)
    for section in sections:
        section.folds = bool(errors)
    context = {
        "submission": record,
        "sections": sections,
        "last_word": sheet.last_word,
        "pace": pace_of(record),
        "general": [one for one in findings if one.indicator is None],
        "errors": errors,
        "warnings": len(findings) - errors,
        "unopened": without_opening(sections),
        "filled": sum(section.filled for section in sections),
        "owed": sum(len(section.rows) for section in sections),
        "due_at": due_for(record.round, record.agency),
        "steps": sign_steps(record),
        "signed": signed_steps(record) if record.status == Status.SIGNING else 0,
        "signatures": signatures_of(record),
        "comments": comments_of(record),
        "evidence": evidence,
        "evidence_form": EvidenceForm(),
        "paper_form": PaperForm(initial={"version": record.version}),
        "decision_form": DecisionForm(initial={"version": record.version}),
        "about": about_of(record, sections) if talks(record, may) else (),
        "closed": bool(may) and asks_for_some(record),
        "judged": not may and judged_by(request.user).filter(pk=record.pk).exists(),
        "may_comment": may_comment(request.user, record) if talks(record, may) else None,
        "may_edit": may,
        "may_submit": may_submit(request.user, record),
        "may_withdraw": may_withdraw(request.user, record),
        "may_sign": may_sign(request.user, record),
        "may_send_back": may_send_back(request.user, record),
        "may_record_paper": may_record_paper(request.user, record),
    }
    page = "submissions/entry.html" if may else "submissions/read.html"
    return render(request, page, context, status=status)


def without_opening(sections) -> list[str]:
    """What was said although nobody knows what came before it this year: one note for all."""
    rows = [row for section in sections for row in section.rows if row.wants_opening]
    return list(dict.fromkeys(row.cell.indicator.label for row in rows))


def evidence_of(record: Submission) -> list[Evidence]:
    rows = record.evidence.filter(removed_at=None).select_related("by", "figure__indicator__unit")
    return list(rows) if record.has_evidence else []


def signatures_of(record: Submission):
    """Nobody signed what was never handed in."""
    if record.submitted_by_id is None:
        return ()
    return record.signatures.select_related("signer", "principal", "recorded_by", "scan")


def comments_of(record: Submission):
    rows = record.comments.select_related("by", "figure__indicator", "narrative__programme")
    return rows if record.has_comments else ()


class About(NamedTuple):
    """What a reply may be about."""

    value: str
    label: str
    asked: bool = False


def about_of(record: Submission, sections) -> list[About]:
    """What was asked about comes first, so that the answer stands beside its question."""
    figures = [
        About(str(row.figure.pk), words_of(row, section), row.figure.questioned)
        for section in sections for row in section.rows if row.figure
    ]  # fmt: skip
    texts = [
        About(f"t{text.pk}", f"{section.programme.name}：{text.get_kind_display()}", text.questioned)
        for section in sections for text in section.texts
    ]  # fmt: skip
    named = [*figures, *texts]
    if record.status != Status.RETURNED:
        named = [one._replace(asked=False) for one in named]
    asked = [one for one in named if one.asked]
    return [*asked, About("", "整份报送"), *(one for one in named if not one.asked)]


def words_of(row, section) -> str:
    label = row.cell.indicator.label
    return f"{label}（{row.cell.region.name}）" if section.by_region else label


def talks(record: Submission, may_edit: Verdict) -> bool:
    """Does the page show what is said about the submission?"""
    return bool(record.has_comments or not may_edit)


def findings_of(
    record: Submission, sheet: Sheet, texts: list[Narrative], *, handed_in: bool
) -> list[Finding]:
    """What the checks say of a draft; blank fields are told of when it is handed in."""
    if record.status not in Status.editable:
        return []
    return [one for one in check(record, sheet, texts) if handed_in or one.rule not in LATER]


def pace_of(record: Submission) -> str:
    """序时: the part of the year that is over at the end of the period; empty for weeks and days."""
    span = record.round.span
    if span.kind not in ("month", "quarter", "half", "year"):
        return ""
    return percent(Decimal(span.end.month), Decimal(12))


def confirm_texts(sections) -> None:
    """Give each text the numbers found in it, with those that are confirmed."""
    kept = names_kept_whole() if any(section.texts for section in sections) else ()
    for section in sections:
        names = (section.programme.protected_name, *kept)
        for text in section.texts:
            done = {number.start for number in text.figures.all()}
            found_numbers = numbers_in(text.text, names)
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
