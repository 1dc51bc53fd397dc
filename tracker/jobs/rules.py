"""Who looks after the clock and the queue: the system administrator."""

from accounts.models import User
from accounts.rules import ALLOWED, Verdict, refused

from .models import Job, State

STUCK = frozenset({State.DEAD, State.FAILED})


def may_run_system(user: User) -> Verdict:
    """Schedules and jobs: when work is done, never what it says."""
    return (
        ALLOWED if user.reach.has("system_admin") else refused("只有系统管理员可以管理后台任务。")
    )


def may_settle(user: User, job: Job) -> Verdict:
    """Try once more, or let be, what did not succeed."""
    if job.state not in STUCK:
        return refused(f"这项任务“{job.get_state_display()}”，不需要处理。")
    return may_run_system(user)
