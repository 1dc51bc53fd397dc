"""The page of a submission: the form for those who fill it in, to be read by all others who may see it."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from accounts.rules import Verdict
from tracker.catalogue.dictionary import names_kept_whole
from tracker.catalogue.models import Extension
from tracker.catalogue.rounds import due_for
from tracker.review.models import Comment
from tracker.review.rules import may_comment
from tracker.review.waiting import judged_by
from tracker.submissions.checks import Finding, Sheet, check, sheet_of
from tracker.submissions.filing import signed_steps
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

from .forms import DecisionForm, EvidenceForm, PaperForm
from .sections import Section
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


def show(request, record: Submission, *, status=200, handed_in=False, **form_state):
    """The page; `form_state` is what was typed and could not be kept, with what is wrong with it."""
    may = may_edit(request.user, record)
    context = sheet_shown(record, may, handed_in=handed_in, **form_state)
    context |= standing_of(record) | forms_of(record) | verdicts_of(request.user, record, may)
    context |= talk_of(request.user, record, may, context["sections"])
    page = "submissions/entry.html" if may else "submissions/read.html"
    return render(request, page, context, status=status)


def sheet_shown(record: Submission, may: Verdict, *, handed_in: bool, **form_state) -> dict:
    """What is asked and said, with what the checks say of it."""
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
    errors = fold(sections, findings)
    return {
        "sections": sections,
        "evidence": evidence,
        "last_word": sheet.last_word,
        "general": [one for one in findings if one.indicator is None],
        "errors": errors,
        "warnings": len(findings) - errors,
        "unopened": without_opening(sections),
        "filled": sum(section.filled for section in sections),
        "owed": sum(len(section.rows) for section in sections),
    }


def fold(sections: list[Section], findings: list[Finding]) -> int:
    """How many errors there are; warnings are folded behind them."""
    errors = sum(1 for one in findings if one.blocks)
    for section in sections:
        section.folds = bool(errors)
    return errors


def standing_of(record: Submission) -> dict:
    """How far it is, and by when it is due."""
    return {
        "submission": record,
        "pace": pace_of(record),
        "due_at": due_for(record.round, record.agency),
        "steps": sign_steps(record),
        "signed": signed_steps(record) if record.status == Status.SIGNING else 0,
        "signatures": signatures_of(record),
    }


def forms_of(record: Submission) -> dict:
    seen = {"version": record.version}
    return {
        "evidence_form": EvidenceForm(),
        "paper_form": PaperForm(initial=seen),
        "decision_form": DecisionForm(initial=seen),
    }


def talk_of(user: User, record: Submission, may: Verdict, sections: list[Section]) -> dict:
    """What is said about it, and what a reply may be about."""
    shown = talks(record, may)
    return {
        "comments": comments_of(record),
        "about": about_of(record, sections) if shown else (),
        "may_comment": may_comment(user, record) if shown else None,
    }


def verdicts_of(user: User, record: Submission, may: Verdict) -> dict:
    """What this person may do with it."""
    return {
        "closed": bool(may) and asks_for_some(record),
        "judged": not may and judged_by(user).filter(pk=record.pk).exists(),
        "may_edit": may,
        "may_submit": may_submit(user, record),
        "may_withdraw": may_withdraw(user, record),
        "may_sign": may_sign(user, record),
        "may_send_back": may_send_back(user, record),
        "may_record_paper": may_record_paper(user, record),
    }


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
