"""Who may word what a region's documents say."""

from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused
from tracker.releases.models import PatternVersion
from tracker.releases.rules import COMPILERS

KEEPERS = "只有牵头单位的主管和编辑可以拟订句式。"


def may_propose(user: User, region: Region) -> Verdict:
    """Reviewers and editors of the lead office."""
    return ALLOWED if user.reach.leads_region(region, *COMPILERS) else refused(KEEPERS)


def may_decide(user: User, version: PatternVersion) -> Verdict:
    """One of them other than who proposed it, once."""
    if not user.reach.leads_region(version.region, *COMPILERS):
        return refused("只有牵头单位的主管和编辑可以审定句式。")
    if version.by_id == user.pk:
        return refused("不能审定本人拟订的句式，请由另一人审定。")
    return _waits(version)


def may_withdraw(user: User, version: PatternVersion) -> Verdict:
    if version.by_id != user.pk:
        return refused("只有拟订人可以撤回。")
    return _waits(version)


def _waits(version: PatternVersion) -> Verdict:
    decided = version.decided
    return refused(f"这一版{decided.get_outcome_display()}。") if decided else ALLOWED
