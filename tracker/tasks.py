"""The clock's table: each kind of job and the verb that does it."""

from collections.abc import Callable

from celery import shared_task

from tracker.jobs import health, runner, schedules
from tracker.jobs.models import Job


def ping(job: Job) -> None:
    """Having come here is the answer."""


def tidy_jobs(job: Job) -> None:
    health.tidy()


HANDLERS: dict[str, Callable[[Job], None]] = {
    health.PING: ping,
    "tidy-jobs": tidy_jobs,
}

# Name on the page, kind of job, and when at first (minute hour day month weekday).
SCHEDULES = [
    ("系统自检", health.PING, "* * * * *"),
    ("清理任务记录", "tidy-jobs", "30 3 * * *"),
]


def install_schedules() -> None:
    """Make the schedules that are missing; those that exist stay as people have edited them."""
    for name, kind, at in SCHEDULES:
        schedules.install(name, kind, at)


@shared_task(name="tracker.tasks.run_job", ignore_result=True)
def run_job(pk: int) -> None:
    """What a wake-up through the broker begins."""
    runner.run(pk, HANDLERS)
