"""One submission on one page, and what is decided there."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import Verdict
from tracker.catalogue.rounds import due_for
from tracker.review import rules
from tracker.review import services as review
from tracker.review.services import Question
from tracker.review.waiting import judged_by
from tracker.submissions.checks import check, sheet_of
from tracker.submissions.filing import filings_of
from tracker.submissions.models import Status, Submission
from tracker.web import typed
from tracker.web.filing.page import confirm_texts

from .adjusting import with_words
from .forms import CommentForm, DecisionForm, QuestionForm
from .moving import moves_shown
from .queue import following, place_in
from .rows import TABS, asked_in, prefix_of, review_sections, text_prefix_of


class Act(NamedTuple):
    """One button of the bar."""

    word: str
    url: str
    kind: str
    icon: str
    verdict: Verdict
    confirm: str = ""
    counts: bool = False


def found(user: User, pk: int) -> Submission:
    """The submission, if it is this person's to judge; 404 otherwise."""
    rows = judged_by(user).select_related(
        "agency__region", "agency__line", "round__cycle", "round__span", "submitted_by", "signed_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def review_page(request, pk):
    """Opening it takes away the agency's right to withdraw."""
    record = found(request.user, pk)
    review.look(record, by=request.user)
    return show(request, record)


def show(request, record: Submission, *, form=None, questions=None, status=200):
    sheet = sheet_of(record)
    findings = check(record, sheet)
    sections = review_sections(record, sheet, findings, questions or {})
    confirm_texts(sections)
    evidence = record.evidence.filter(removed_at=None).select_related("by", "figure__indicator")
    whole = [one for one in evidence if one.figure_id is None]
    next_pk, waiting = following(request, record.pk)
    context = {
        "submission": record,
        "sections": sections,
        "filings": filings_of(record),
        "tabs": tabs_of(request, sections, len(whole)),
        "whole": len(whole),
        "tab": chosen_tab(request),
        "general": [one for one in findings if one.indicator is None],
        "due_at": due_for(record.round, record.agency),
        "signatures": record.signatures.select_related(
            "signer", "principal", "recorded_by", "scan"
        ),
        "comments": record.comments.filter(figure=None, narrative=None).select_related("by"),
        "evidence": evidence,
        "form": form or DecisionForm(initial={"version": record.version}),
        "comment_form": CommentForm(),
        "acts": acts_for(request.user, record, place_in(request)),
        "may_tick": rules.may_tick(request.user, record),
        "may_comment": rules.may_comment(request.user, record),
        "place": place_in(request),
        "moves": moves_shown(record),
        "adjustments": adjustments_of(record),
        **published_in(record),
        "next_pk": next_pk,
        "waiting": waiting,
    }
    return render(request, "review/page.html", context, status=status)


def adjustments_of(record: Submission) -> list:
    rows = record.adjustments.select_related("indicator", "region", "about")
    return [with_words(row) for row in rows]


def published_in(record: Submission) -> dict:
    """What of an approved submission went out already, and where."""
    if record.status != Status.APPROVED:
        return {}
    out = review.published_figures(record)
    where = {document for documents in out.values() for document in documents}
    return {"published": out, "documents": sorted(where)}


def chosen_tab(request) -> str:
    tab = request.GET.get("tab", "all")
    return tab if tab in dict(TABS) else "all"


def tabs_of(request, sections, whole: int) -> list[dict]:
    query, current = place_in(request), chosen_tab(request)
    rows = [row for section in sections for row in section.rows]
    # Beside the figures: texts that were changed, files of the whole submission.
    again = sum("again" in one.tabs for section in sections for one in section.words)
    beside = {"again": again, "backed": whole}
    return [
        {
            "key": key,
            "title": title,
            "url": f"?{query}&tab={key}" if query else f"?tab={key}",
            "current": key == current,
            "count": sum(key in row.tabs for row in rows) + beside.get(key, 0),
        }
        for key, title in TABS
    ]


def acts_for(user: User, record: Submission, place: str) -> list[Act]:
    """What the status lets a reviewer do, each with its verdict."""

    def act(name, word, kind, icon, rule, confirm="", counts=False):
        url = reverse(f"review-{name}", args=[record.pk]) + (f"?{place}" if place else "")
        return Act(word, url, kind, icon, rule(user, record), confirm, counts)

    back = act("return", "退回", "btn-orange", "arrow-back-up", rules.may_return, counts=True)
    if record.status == Status.SUBMITTED:
        return [act("approve", "核定", "btn-primary", "check", rules.may_approve), back]
    if record.status == Status.LINE_REVIEW:
        return [act("pass", "条线通过", "btn-primary", "check", rules.may_pass_line), back]
    if record.status == Status.APPROVED:
        words = "重新打开后，本次报送已入台账的数据暂停使用，直到重新核定。"
        return [act("reopen", "重新打开", "btn-orange", "lock-open", rules.may_reopen, words, True)]
    return []


def questions_in(request) -> dict[str, tuple[dict, QuestionForm]]:
    """Prefix -> what is asked about and the bound form of its question, for all that are ticked."""
    about = {prefix_of(pk): {"figure": pk} for pk in asked_in(request.POST)}
    about |= {text_prefix_of(pk): {"narrative": pk} for pk in asked_in(request.POST, "ask_text")}
    return {
        prefix: (what, typed.bound(request, QuestionForm, prefix=prefix))
        for prefix, what in about.items()
    }


def decided(request, pk: int, done: str, verb: Callable, *, asks: bool = False):
    """Clean, call the verb, go on to the next of the queue; errors come back on the page."""
    record = found(request.user, pk)
    form, questions = typed.bound(request, DecisionForm), questions_in(request)
    if questions and not asks:
        form.add_error(None, "有勾选的质询。请取消勾选后再办理，或者点“退回”。")
    # Every form has to speak, so that all errors show at once.
    forms = {prefix: one for prefix, (_, one) in questions.items()}
    sound = [one.is_valid() for one in (form, *forms.values())]
    if all(sound):
        next_pk, _ = following(request, pk)
        with typed.said_on(form, field="note"):
            verb(record, form.cleaned_data, [question(*one) for one in questions.values()])
            messages.success(request, f"{done}：{record.agency}　{record.round}。")
            return redirect(onward(next_pk, place_in(request)))
    messages.error(request, "没有办理，请按提示改正。填写的内容都还在。")
    return show(request, record, form=form, questions=forms, status=422)


def question(about: dict, form: QuestionForm) -> Question:
    return Question(reason=form.cleaned_data["reason"], text=form.cleaned_data["text"], **about)


def onward(next_pk: int | None, place: str) -> str:
    address = reverse("review-page", args=[next_pk]) if next_pk else reverse("review-queue")
    return f"{address}?{place}" if place else address


@require_POST
def review_approve(request, pk):
    def approve(record, cleaned, questions):
        review.approve(record, by=request.user, version=cleaned["version"], note=cleaned["note"])

    return decided(request, pk, "已核定", approve)


@require_POST
def review_pass(request, pk):
    def pass_on(record, cleaned, questions):
        review.pass_line_review(
            record, by=request.user, version=cleaned["version"], note=cleaned["note"]
        )

    return decided(request, pk, "条线审核已通过", pass_on)


@require_POST
def review_return(request, pk):
    """For the figures that are ticked, or as a whole with words."""

    def return_(record, cleaned, questions):
        cleaned.pop("though_published")
        review.return_(record, by=request.user, questions=questions, **cleaned)

    return decided(request, pk, "已退回", return_, asks=True)


@require_POST
def review_reopen(request, pk):
    """An approval is only taken back with a reason."""

    def reopen(record, cleaned, questions):
        if not cleaned["note"].strip():
            raise ValidationError("请写明重新打开的原因。")
        review.reopen(record, by=request.user, questions=questions, **cleaned)

    return decided(request, pk, "已重新打开", reopen, asks=True)


@require_POST
def review_comment(request, pk):
    """Say something about a figure or the whole, without deciding."""
    record = found(request.user, pk)
    form = typed.bound(request, CommentForm)
    figure, problem = None, ""
    if form.is_valid():
        if form.cleaned_data["figure"]:
            figure = get_object_or_404(record.figures, pk=form.cleaned_data["figure"])
        review.comment(record, form.cleaned_data["say"], by=request.user, figure=figure)
    else:
        problem = form.errors.get("say", ["请重新打开页面后再留言。"])[0]
    if not request.htmx:
        (messages.error if problem else messages.success)(request, problem or "已留言。")
        return redirect("review-page", record.pk)
    said = record.comments.filter(figure=figure, narrative=None).select_related("by")
    context = {"comments": said, "problem": problem}
    return render(request, "review/_talk.html", context, status=422 if problem else 200)
