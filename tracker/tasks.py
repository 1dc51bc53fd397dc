"""The clock's table: each kind of job and the verb that does it."""

from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from tracker.catalogue.models import Round
from tracker.catalogue.rounds import PREPARE, open_due_rounds
from tracker.jobs import health, runner, schedules
from tracker.jobs.models import Job
from tracker.releases.plans import compile_if_complete, compile_plan
from tracker.submissions.reminding import open_submissions, remind_due


def ping(job: Job) -> None:
    """Having come here is the answer."""


def tidy_jobs(job: Job) -> None:
    health.tidy()


def open_rounds(job: Job) -> None:
    open_due_rounds(timezone.now())


def prepare_submissions(job: Job) -> None:
    open_submissions(Round.objects.select_related("cycle", "span").get(pk=job.payload["round"]))


def remind(job: Job) -> None:
    remind_due(timezone.now())


HANDLERS: dict[str, Callable[[Job], None]] = {
    health.PING: ping,
    "tidy-jobs": tidy_jobs,
    "open-rounds": open_rounds,
    PREPARE: prepare_submissions,
    "remind-due": remind,
    "compile-if-complete": compile_if_complete,
    "compile-plan": compile_plan,
}

# Name on the page, kind of job, and when at first (minute hour day month weekday).
SCHEDULES = [
    ("系统自检", health.PING, "* * * * *"),
    ("清理任务记录", "tidy-jobs", "30 3 * * *"),
    ("开放和关闭期次", "open-rounds", "*/5 * * * *"),
    ("截止前提醒", "remind-due", "0 9 * * *"),
]


def install_schedules() -> None:
    """Make the schedules that are missing; those that exist stay as people have edited them."""
    for name, kind, at in SCHEDULES:
        schedules.install(name, kind, at)


@shared_task(name="tracker.tasks.run_job", ignore_result=True)
def run_job(pk: int) -> None:
    """What a wake-up through the broker begins."""
    runner.run(pk, HANDLERS)
