"""Who may do what to a submission, with the reason when not."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency, RoleGrant, User
from accounts.rules import ALLOWED, Verdict, refused
from tracker.catalogue import rounds
from tracker.catalogue.models import Frequency, Round
from tracker.catalogue.rules import may_keep_cycle

from .models import Delegation, Narrative, Signature, Status, Submission


def may_edit(user: User, submission: Submission) -> Verdict:
    """Reporters of the agency, while it is a draft or came back."""
    if not user.reach.has("reporter", submission.agency_id):
        return refused("只有本单位的填报员可以填写。")
    if submission.round.state == Round.State.WITHDRAWN:
        return refused("任务已撤回，不用再报；已填的内容仍可查看。")
    if submission.status not in Status.editable:
        return refused(
            f"报送已是“{submission.get_status_display()}”，不能再修改；需要修改请先撤回。"
        )
    return ALLOWED


def asks_for_some(submission: Submission) -> bool:
    """Did it come back for some figures or texts only? Then the others stay closed."""
    if submission.status != Status.RETURNED:
        return False
    asked = (submission.figures, submission.narratives)
    return any(rows.filter(questioned=True).exists() for rows in asked)


def may_edit_text(user: User, submission: Submission, text: Narrative | None) -> Verdict:
    """As for the whole; of one that came back for some only what is asked about."""
    verdict = may_edit(user, submission)
    if verdict and not (text and text.questioned) and asks_for_some(submission):
        return refused(
            "本次只退回了被质询的内容，这段文字不能修改。"
            if text
            else "本次只退回了被质询的内容，不能添加文字。"
        )
    return verdict


def may_submit(user: User, submission: Submission) -> Verdict:
    verdict = may_edit(user, submission)
    if not verdict:
        return verdict
    # What came back may be filed again after the deadline: it had been in time once.
    came_back = submission.status == Status.RETURNED
    if not came_back and not rounds.accepts(submission.round, submission.agency, timezone.now()):
        return refused("本期填报未开放或已截止。如需补报，请联系牵头单位延期。")
    return ALLOWED


def may_sign(user: User, submission: Submission) -> Verdict:
    """A signer of the agency who neither submitted it nor signed an earlier step of it."""
    if submission.status != Status.SIGNING:
        return refused("报送不在待审签状态。")
    own = user.reach.has("signer", submission.agency_id)
    if not own and principal_of(user, submission) is None:
        return refused("只有本单位的审签人可以签字。")
    if user.pk == submission.submitted_by_id:
        return refused("报送人不能审签自己提交的报送，请由其他审签人签字。")
    if user.pk == submission.signed_by_id or user.pk in stood_in_for(submission):
        return refused("您已签过上一级，请由下一级审签人签字。")
    return ALLOWED


def signatures_now(submission: Submission) -> QuerySet[Signature]:
    """What was signed since it was last submitted."""
    begun = submission.moves.filter(from_status__in=Status.editable).order_by("-pk").first()
    return submission.signatures.filter(submission_version__gte=begun.version if begun else 0)


def stood_in_for(submission: Submission) -> set[int]:
    """Those for whom somebody has signed it already."""
    if submission.signed_by_id is None:
        return set()
    rows = signatures_now(submission).exclude(principal=None)
    return set(rows.values_list("principal", flat=True))


def principal_of(user: User, submission: Submission) -> User | None:
    """For whom the person would sign; nobody is stood in for who could not sign it either."""
    today = timezone.localdate()
    signers = RoleGrant.objects.current(today).filter(
        role="signer", appointment__agency=submission.agency_id
    )
    rows = Delegation.objects.current(today).filter(
        agency=submission.agency_id, deputy=user, giver__in=signers.values("appointment__user")
    )
    done = {submission.submitted_by_id, submission.signed_by_id} - {None}
    rows = rows.exclude(giver__in=done | stood_in_for(submission)).select_related("giver")
    row = rows.order_by("pk").first()
    return row and row.giver


def may_delegate(user: User, agency: Agency, deputy: User) -> Verdict:
    """A signer, to somebody of the same agency who has work there."""
    if not user.reach.has("signer", agency):
        return refused("只有本单位的审签人可以委托他人代签。")
    if deputy == user:
        return refused("不能委托本人，请另选代签人。")
    if deputy.kind != "business" or agency.pk not in deputy.reach.agencies():
        return refused("代签人须是本单位在岗的人员，请重新选择。")
    return ALLOWED


def may_end_delegation(user: User, row: Delegation) -> Verdict:
    if row.is_over:
        return refused("这项委托已经结束。")
    if user.pk not in (row.giver_id, row.deputy_id):
        return refused("只有委托人或代签人可以结束委托。")
    return ALLOWED


def may_send_back(user: User, submission: Submission) -> Verdict:
    """A signer returns it to the reporter inside the agency."""
    return may_sign(user, submission)


def may_record_paper(user: User, submission: Submission) -> Verdict:
    """Reporters record a signature that was given on paper."""
    if submission.status != Status.SIGNING:
        return refused("报送不在待审签状态，不能登记纸质签字。")
    if not user.reach.has("reporter", submission.agency_id):
        return refused("只有本单位的填报员可以登记纸质签字。")
    return ALLOWED


def may_withdraw(user: User, submission: Submission) -> Verdict:
    """Reporters take it back while nobody above has looked at it."""
    if not user.reach.has("reporter", submission.agency_id):
        return refused("只有本单位的填报员可以撤回。")
    if submission.status not in (Status.SIGNING, Status.LINE_REVIEW, Status.SUBMITTED):
        return refused(f"报送已是“{submission.get_status_display()}”，不能撤回。")
    if submission.seen_at:
        return refused("审核人已开始审阅，不能撤回；如需修改，请联系审核人退回。")
    return ALLOWED


def may_recall(user: User, round: Round) -> Verdict:
    """Whoever asked for something once takes it back while no agency has handed anything in."""
    if round.cycle.frequency != Frequency.ONCE:
        return refused("只有临时任务可以撤回；定期的填报周期请停用。")
    if round.state == Round.State.WITHDRAWN:
        return refused("任务已经撤回。")
    handed_in = round.submissions.exclude(status=Status.DRAFT).count()
    if handed_in:
        return refused(f"已有{handed_in}个单位提交，不能撤回任务；可以逐个退回，或到期关闭。")
    return may_keep_cycle(user, round.cycle)


def works_alone(submission: Submission) -> bool:
    """One person does all of the agency's work, so there is nobody who could sign."""
    people = RoleGrant.objects.current(timezone.localdate()).filter(
        appointment__agency=submission.agency_id
    )
    return people.values("appointment__user").distinct().count() <= 1


def sign_steps(submission: Submission) -> int:
    """How many signers this submission needs: the cycle's number, none in a one-person office."""
    steps = submission.round.cycle.sign_steps
    return 0 if steps and works_alone(submission) else steps
