"""The gate: approve, return, reopen, pass on, comment. Reviewers never change a value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, refused, require
from tracker import workflow
from tracker.jobs.services import enqueue
from tracker.ledger import posting, standing
from tracker.ledger.publishing import published_of
from tracker.submissions.filing import notify_people, tell_next
from tracker.submissions.models import Figure, Narrative, Status, Submission

from .contents import Contents, people_of
from .models import Comment, Reason, Tick
from .postings import figures_of, passages_of
from .rules import may_approve, may_comment, may_judge, may_pass_line, may_reopen, may_return


@dataclass(frozen=True)
class Question:
    """What is asked about one figure, or one text: its id, a reason from the list, and words."""

    figure: int | None = None
    reason: str = Reason.OTHER
    text: str = ""
    narrative: int | None = None


@transaction.atomic
def approve(
    submission: Submission,
    *,
    by: User,
    version: int,
    note: str = "",
    contents: Contents | None = None,
) -> Submission:
    """Accept every figure of this version of the submission and post them to the ledger.

    `contents` that were read at this version need not be read again.
    """
    submission = workflow.advance(
        submission,
        Status.APPROVED,
        by=by,
        rule=may_approve,
        version=version,
        note=note,
        decided_by=by,
        decided_at=timezone.now(),
    )
    contents = contents or Contents([submission])
    if contents.is_questioned(submission.pk):
        submission.figures.filter(questioned=True).update(questioned=False)
        submission.narratives.filter(questioned=True).update(questioned=False)
    posting.post(figures_of(submission, contents), approved_by=by)
    if texts := passages_of(submission, contents):
        posting.post_passages(texts, approved_by=by)
    enqueue("compile-if-complete", key=submission.round_id, payload={"round": submission.round_id})
    notify_people(submission, "approved", contents.people[submission.pk])
    return submission


@dataclass(frozen=True)
class Outcome:
    """What became of one submission among many: approved, or why not."""

    submission: Submission
    reason: str = ""

    @property
    def approved(self) -> bool:
        return not self.reason


def approve_many(
    chosen: Iterable[tuple[Submission, int]], *, by: User, note: str = ""
) -> list[Outcome]:
    """Approve each (submission, version) on its own, so that one refusal stops no other."""
    pairs, outcomes = list(chosen), []
    # Whatever changes a submission makes a new version, so what is read of it before it is locked
    # is what it says, or it is refused as stale.
    contents = Contents([submission for submission, _ in pairs])
    for submission, version in pairs:
        known = {"version": version, "note": note, "contents": contents}
        try:
            outcomes.append(Outcome(approve(submission, by=by, **known)))
        except Refused as refusal:
            outcomes.append(Outcome(submission, str(refusal)))
        except workflow.Stale as stale:
            outcomes.append(Outcome(stale.record, "内容已有变化，请打开查看后再核定。"))
    return outcomes


@transaction.atomic
def return_(
    submission: Submission,
    *,
    by: User,
    version: int,
    note: str = "",
    reason: str = "",
    questions: Sequence[Question] = (),
) -> Submission:
    """Send it back with a reason: for the figures asked about, or as a whole when none is."""
    submission = _sent_back(submission, may_return, by, version, note, reason, questions)
    notify_people(submission, "returned", agency_people(submission), reason=_first(note, questions))
    return submission


@transaction.atomic
def reopen(
    submission: Submission,
    *,
    by: User,
    version: int,
    note: str,
    reason: str = "",
    questions: Sequence[Question] = (),
    though_published: bool = False,
) -> Submission:
    """Take an approval back: its entries are suspended until it is decided again.

    Refused for figures that went out in a document, unless the person insists: those are made good
    for in the current period (当期调整).
    """
    out = published_figures(submission, questions)
    if out and not though_published:
        require(refused(_went_out(out)))
    submission = _sent_back(submission, may_reopen, by, version, note, reason, questions)
    figures = submission.figures.values_list("pk", flat=True)
    narratives = submission.narratives.values_list("pk", flat=True)
    standing.suspend_entries("figure", figures, by=by, reason=note)
    standing.suspend_passages("figure", narratives, by=by, reason=note)
    made_good = submission.adjustments.values_list("pk", flat=True)
    standing.suspend_entries("adjustment", made_good, by=by, reason=note)
    if out:
        audit.record(by, "submission.reopen_published", submission, where=_documents(out))
    notify_people(submission, "returned", agency_people(submission), reason=note)
    return submission


def published_figures(
    submission: Submission, questions: Sequence[Question] = ()
) -> dict[int, list[str]]:
    """Figure id -> the documents it went out in, of those asked about (of all when none is)."""
    figures = submission.figures.values_list("pk", flat=True)
    asked = {question.figure for question in questions if question.figure}
    if questions and not asked:
        return {}
    return published_of("figure", [pk for pk in figures if not asked or pk in asked])


def _documents(out: dict[int, list[str]]) -> list[str]:
    return sorted({where for documents in out.values() for where in documents})


def _went_out(out: dict[int, list[str]]) -> str:
    where = "、".join(f"《{one}》" for one in _documents(out)[:3])
    return (
        f"其中{len(out)}项数据已在{where}公布。已公布的数据一般不再改动，"
        "请填报单位在本期作“当期调整”；确需更正原数的，请勾选“已公布，仍要重新打开”。"
    )


def _first(note: str, questions: Sequence[Question]) -> str:
    return note or next((question.text for question in questions if question.text), "")


def _asked(questions: Sequence[Question]) -> str:
    """How many are asked about, and the first question: 质询2项数据：请附签到表"""
    figures = sum(1 for question in questions if question.figure)
    texts = len(questions) - figures
    counted = [f"{figures}项数据" if figures else "", f"{texts}段文字" if texts else ""]
    said = "质询" + "、".join(filter(None, counted))
    return "：".join(filter(None, (said, _first("", questions))))


def _sent_back(submission, rule, by, version, note, reason, questions) -> Submission:
    if not note.strip() and not questions:
        raise ValidationError("请写明退回的原因，或对有疑问的数据逐项提出。")
    submission = workflow.advance(
        submission,
        Status.RETURNED,
        by=by,
        rule=rule,
        version=version,
        note=note or _asked(questions),
    )
    _ask(submission, by, questions)
    if note.strip():
        _say(submission, by, note, reason)
    return submission


def _ask(submission: Submission, by: User, questions: Sequence[Question]) -> None:
    """Exactly what is asked about stays open; each question is kept as a comment."""
    figures = _opened(submission.figures, {one.figure for one in questions} - {None}, "数据")
    texts = _opened(submission.narratives, {one.narrative for one in questions} - {None}, "文字")
    submission.narratives.update(before=F("text"))
    Tick.objects.filter(figure__in=figures).delete()
    for one in questions:
        about = {"figure": figures.get(one.figure), "narrative": texts.get(one.narrative)}
        words = one.text.strip() or Reason(one.reason).label
        _say(submission, by, words, one.reason, **about)


def _opened(rows, asked: set[int], word: str) -> dict:
    """Of these figures or texts exactly those asked about are open."""
    found = rows.in_bulk(asked)
    if asked - set(found):
        raise ValidationError(f"有一项质询的{word}不属于本次报送。")
    rows.update(questioned=False)
    rows.filter(pk__in=asked).update(questioned=True)
    return found


def _say(submission, by, text, reason="", figure=None, narrative=None) -> Comment:
    return Comment.objects.create(
        submission=submission,
        figure=figure,
        narrative=narrative,
        reason=reason,
        text=text.strip(),
        by=by,
        submission_version=submission.version,
    )


@transaction.atomic
def comment(
    submission: Submission,
    text: str,
    *,
    by: User,
    figure: Figure | None = None,
    narrative: Narrative | None = None,
    reason: str = "",
) -> Comment:
    """Say something about a figure, a text or the whole; it is kept as said."""
    require(may_comment(by, submission))
    if not text.strip():
        raise ValidationError("请写明意见内容。")
    if figure and figure.submission_id != submission.pk:
        raise ValidationError("这项数据不属于本次报送。")
    if narrative and narrative.submission_id != submission.pk:
        raise ValidationError("这段文字不属于本次报送。")
    row = _say(submission, by, text, reason, figure, narrative)
    audit.record(by, "submission.comment", submission, figure=figure.pk if figure else None)
    return row


@transaction.atomic
def pass_line_review(
    submission: Submission, *, by: User, version: int, note: str = ""
) -> Submission:
    """The superior agency lets it through to the lead office."""
    submission = workflow.advance(
        submission,
        Status.SUBMITTED,
        by=by,
        rule=may_pass_line,
        version=version,
        note=note,
        line_reviewed_by=by,
        seen_at=None,
    )
    tell_next(submission)
    return submission


def look(submission: Submission, *, by: User) -> None:
    """Remember when somebody who may decide first opened it: from then on it is not withdrawn."""
    judges = may_pass_line if submission.status == Status.LINE_REVIEW else may_judge
    if submission.status in (Status.SUBMITTED, Status.LINE_REVIEW) and judges(by, submission):
        Submission.objects.filter(pk=submission.pk, seen_at=None).update(seen_at=timezone.now())


def agency_people(submission: Submission) -> list[User]:
    """Everybody of the agency who reports or signs."""
    return people_of({submission.agency_id})[submission.agency_id]
