"""From draft to the lead office: submit, sign, send back, record a paper signature, withdraw."""

import datetime
import hashlib
import json

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Appointment, RoleGrant, User, lead_office_of
from accounts.rules import require
from tracker import workflow
from tracker.catalogue import rounds
from tracker.notices.services import notify, settle

from .chasing.climbing import CHASED
from .checks import ERROR, Finding, check
from .evidence import attach_scan
from .models import Delegation, Signature, Status, Submission
from .rules import (
    may_record_paper,
    may_send_back,
    may_sign,
    may_submit,
    may_withdraw,
    principal_of,
    sign_steps,
    signatures_now,
)

TAKEN_BACK = "撤回"


class NotReady(ValidationError):
    """Something has to be mended before it can be submitted; `findings` says what."""

    def __init__(self, findings: list[Finding]):
        super().__init__(f"还有{len(findings)}处需要处理，暂不能报送。")
        self.findings = findings


def digest_of(submission: Submission) -> str:
    """SHA-256 over all that is said: what a signature stands for."""
    rows = submission.figures.order_by("indicator", "region", "member", "scope").values_list(
        "indicator__code", "region__code", "member", "scope", "kind", "value", "qualifier"
    )
    texts = submission.narratives.order_by("pk").values_list("programme__name", "kind", "text")
    made_good = submission.adjustments.order_by("indicator", "region", "about").values_list(
        "indicator__code", "region__code", "scope", "about__key", "value", "note"
    )
    content = [[str(cell) for cell in row] for row in (*rows, *texts, *made_good)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def submit(submission: Submission, *, by: User, version: int, note: str = "") -> Submission:
    """Hand it to the signers, or on to review where none is needed.

    Refused for who may not, before anything is said about its figures; NotReady with every finding that blocks.
    """
    require(may_submit(by, submission))
    found = check(submission)
    findings = [finding for finding in found if finding.blocks]
    if findings:
        raise NotReady(findings)
    now = timezone.now()
    late = is_late(submission, now)
    target = Status.SIGNING if sign_steps(submission) else after_signing(submission)
    submission = workflow.advance(
        submission,
        target,
        by=by,
        rule=may_submit,
        version=version,
        note=note,
        submitted_by=by,
        signed_by=None,
        line_reviewed_by=None,
        decided_by=None,
        decided_at=None,
        seen_at=None,
        is_late=late,
        oddities=weight_of(found),
        filed_at=None if target == Status.SIGNING else now,
    )
    tell_next(submission)
    return submission


def weight_of(findings: list[Finding]) -> int:
    """How odd it is: explained errors before any number of warnings. For the order of the queue."""
    errors = sum(1 for one in findings if one.severity == ERROR)
    return 1000 * errors + len(findings) - errors


def is_late(submission: Submission, now: datetime.datetime) -> bool:
    """Filed after its deadline; one that came back is judged by its first filing."""
    if submission.status == Status.RETURNED:
        return submission.is_late
    return now > rounds.due_for(submission.round, submission.agency)


def after_signing(submission: Submission) -> str:
    """Where a fully signed submission goes."""
    superior = submission.agency.superior_id
    reviewed = submission.round.cycle.line_review and superior
    return Status.LINE_REVIEW if reviewed else Status.SUBMITTED


def filings_of(submission: Submission) -> int:
    """How often it was handed in; what was taken back unread is the same filing."""
    handed_in = submission.moves.filter(from_status__in=Status.editable)
    taken_back = submission.moves.filter(note=TAKEN_BACK)
    return handed_in.count() - taken_back.count()


def signed_steps(submission: Submission) -> int:
    """How many signers have signed since it was last submitted."""
    return signatures_now(submission).count()


@transaction.atomic
def sign(submission: Submission, *, by: User, version: int, note: str = "") -> Submission:
    """One signer's step, or a deputy's for a signer; the last one files the submission."""
    post = Appointment.objects.filter(user=by, agency=submission.agency_id).first()
    own = by.reach.has("signer", submission.agency_id)
    principal = None if own else principal_of(by, submission)
    return _signed(
        submission,
        by=by,
        version=version,
        rule=may_sign,
        note=" ".join(filter(None, (f"代{principal}签字" if principal else "", note))),
        signer=by,
        principal=principal,
        signer_name=by.name,
        signer_post=post.post if post else "",
    )


@transaction.atomic
def record_paper_signature(
    submission: Submission,
    scan: UploadedFile,
    *,
    signer_name: str,
    signer_post: str = "",
    by: User,
    version: int,
) -> Submission:
    """Record that someone signed the printed report: X signed, Y recorded, with the scan."""
    if not signer_name.strip():
        raise ValidationError("请填写签字人姓名。")
    evidence = attach_scan(submission, scan, by=by)
    return _signed(
        submission,
        by=by,
        version=version,
        rule=may_record_paper,
        note=f"纸质签字：{signer_name.strip()}",
        signer=None,
        signer_name=signer_name.strip(),
        signer_post=signer_post.strip(),
        scan=evidence,
    )


def _signed(submission, *, by, version, rule, note, **signature) -> Submission:
    step = signed_steps(submission) + 1
    last = step >= sign_steps(submission)
    target = after_signing(submission) if last else Status.SIGNING
    signer = signature["signer"]
    moved = workflow.advance(
        submission,
        target,
        by=by,
        rule=rule,
        version=version,
        note=note,
        signed_by=signer or submission.signed_by,
        filed_at=timezone.now() if last else None,
    )
    Signature.objects.create(
        submission=moved,
        step=step,
        submission_version=moved.version,
        recorded_by=by,
        digest=digest_of(moved),
        **signature,
    )
    tell_next(moved)
    return moved


@transaction.atomic
def send_back(submission: Submission, *, by: User, version: int, note: str) -> Submission:
    """A signer returns it to the reporter, with the reason."""
    if not note.strip():
        raise ValidationError("请写明退回修改的原因。")
    submission = workflow.advance(
        submission, Status.RETURNED, by=by, rule=may_send_back, version=version, note=note
    )
    notify_people(submission, "returned", holders(submission, "reporter"), reason=note)
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: User, version: int) -> Submission:
    """Take it back for more work while nobody above has looked; it stands as before submitting."""
    begun = submission.moves.filter(from_status__in=Status.editable).order_by("-pk").first()
    return workflow.advance(
        submission,
        begun.from_status if begun else Status.DRAFT,
        by=by,
        rule=may_withdraw,
        version=version,
        note=TAKEN_BACK,
        filed_at=None,
        signed_by=None,
    )


def holders(submission: Submission, *roles: str, agency: int | None = None) -> list[User]:
    """The people who hold one of the roles today at the submission's agency (or at another one)."""
    grants = RoleGrant.objects.current(timezone.localdate()).filter(
        role__in=roles, appointment__agency=agency or submission.agency_id
    )
    return list(User.objects.filter(appointments__grants__in=grants).distinct())


def signing_people(submission: Submission) -> list[User]:
    """The signers and those who stand in for one of them today."""
    signers = holders(submission, "signer")
    rows = Delegation.objects.current(timezone.localdate()).filter(
        agency=submission.agency_id, giver__in=signers
    )
    return [*signers, *(row.deputy for row in rows.select_related("deputy"))]


def tell_next(submission: Submission) -> None:
    """Tell those whose turn it is; whoever was chased for it until now is left in peace."""
    settle(submission, CHASED)
    if submission.status == Status.SIGNING:
        notify_people(submission, "submitted", signing_people(submission))
    elif submission.status == Status.LINE_REVIEW:
        superior = submission.agency.superior_id
        notify_judges(submission, holders(submission, "line_reviewer", agency=superior))
    elif lead := lead_office_of(submission.agency.region):
        notify_judges(submission, holders(submission, "reviewer", agency=lead.pk))


def notify_judges(submission: Submission, people: list[User]) -> None:
    """Lead them to the page where it is judged."""
    link = reverse("review-page", args=[submission.pk])
    notify_people(submission, "submitted", people, link=link)


def notify_people(
    submission: Submission, kind: str, people: list[User], *, link: str = "", **words
) -> None:
    """Tell people about the submission; each of its versions once."""
    if not people:
        return
    notify(
        people,
        kind,
        about=submission,
        link=link or submission.get_absolute_url(),
        occasion=submission.version,
        agency=submission.agency,
        round=submission.round,
        person=submission.submitted_by.name if submission.submitted_by else "",
        **words,
    )
