"""Who may judge a submission, with the reason when not."""

from accounts.models import User, lead_office_of
from accounts.rules import ALLOWED, Verdict, refused
from tracker.submissions.models import Status, Submission


def may_judge(user: User, submission: Submission) -> Verdict:
    """A reviewer of the nearest lead office who had no hand in the submission."""
    lead = lead_office_of(submission.agency.region)
    if lead is None or not user.reach.has("reviewer", lead):
        return refused("只有牵头单位的主管可以核定或退回。")
    return had_no_hand(user, submission)


def had_no_hand(user: User, submission: Submission) -> Verdict:
    """Nobody approves what they typed, submitted or signed."""
    if user.pk in (submission.submitted_by_id, submission.signed_by_id):
        return refused("您是本次报送的报送人或审签人，不能由您审核，请由其他人办理。")
    if submission.figures.filter(edited_by=user).exists():
        return refused("您填写过本次报送的数据，不能由您审核，请由其他人办理。")
    return ALLOWED


def _in_state(submission: Submission, status: Status, words: str) -> Verdict:
    if submission.status != status:
        return refused(f"报送目前是“{submission.get_status_display()}”，{words}")
    return ALLOWED


def may_approve(user: User, submission: Submission) -> Verdict:
    state = _in_state(submission, Status.SUBMITTED, "不能核定。")
    return state and may_judge(user, submission)


def may_return(user: User, submission: Submission) -> Verdict:
    if submission.status == Status.LINE_REVIEW:
        return may_pass_line(user, submission)
    state = _in_state(submission, Status.SUBMITTED, "不能退回。")
    return state and may_judge(user, submission)


def may_reopen(user: User, submission: Submission) -> Verdict:
    state = _in_state(submission, Status.APPROVED, "不需要重新打开。")
    return state and may_judge(user, submission)


def may_pass_line(user: User, submission: Submission) -> Verdict:
    """A line reviewer of the superior agency."""
    state = _in_state(submission, Status.LINE_REVIEW, "不在条线审核环节。")
    if not state:
        return state
    if not line_reviews(user, submission):
        return refused("只有上级机构的条线审核人可以审核。")
    return had_no_hand(user, submission)


def may_tick(user: User, submission: Submission) -> Verdict:
    """Whoever may decide about the submission now."""
    if submission.status == Status.LINE_REVIEW:
        return may_pass_line(user, submission)
    state = _in_state(submission, Status.SUBMITTED, "不能逐项核对。")
    return state and may_judge(user, submission)


def line_reviews(user: User, submission: Submission) -> bool:
    """Does the person line review for the superior? An agency without one is nobody's to review."""
    superior = submission.agency.superior_id
    return superior is not None and user.reach.has("line_reviewer", superior)


def may_comment(user: User, submission: Submission) -> Verdict:
    """The people of the agency and those who judge it."""
    lead = lead_office_of(submission.agency.region)
    judges = (lead and user.reach.has("reviewer", lead)) or line_reviews(user, submission)
    own = {"reporter", "signer"} & {
        role for role in ("reporter", "signer") if user.reach.has(role, submission.agency_id)
    }
    return ALLOWED if judges or own else refused("您不能对本次报送发表意见。")
