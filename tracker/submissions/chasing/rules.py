"""Who may remind whom, and who sets the ladder."""

from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused
from tracker.catalogue.models import Round
from tracker.catalogue.rules import may_keep_catalogue
from tracker.submissions.models import Status, Submission

REMINDERS = ("reviewer", "supervisor")
ABOVE = ("line_reviewer", "supervisor")


def may_keep_ladder(user: User) -> Verdict:
    """The rungs and their days: the lead office's reviewers, as for all that is owed."""
    if may_keep_catalogue(user):
        return ALLOWED
    return refused("只有牵头单位的主管可以设置催报步骤。")


def may_remind(user: User, submission: Submission) -> Verdict:
    """Reviewers and supervisors of the lead office, and the agency's superior; while it is missing."""
    if submission.status in Status.filed:
        return refused(f"{submission.agency}已经报送，不需要催报。")
    if submission.round.state == Round.State.UPCOMING:
        return refused("本期填报尚未开放，不需要催报。")
    if submission.round.state == Round.State.WITHDRAWN:
        return refused(f"任务已撤回，{submission.agency}不用再报。")
    reach = user.reach
    if reach.leads_region(submission.agency.region, *REMINDERS):
        return ALLOWED
    if any(submission.agency.superior_id in reach.agencies(role) for role in ABOVE):
        return ALLOWED
    return refused("只有牵头单位和上级单位可以催报。")
