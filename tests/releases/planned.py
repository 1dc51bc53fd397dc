"""A month that two agencies owe, a plan for it, and the jobs of the clock, done as the worker does them."""

from django.utils import timezone

from tracker.jobs.models import Job
from tracker.jobs.runner import run
from tracker.jobs.services import enqueue
from tracker.submissions.models import Submission
from tracker.tasks import HANDLERS


def approve(round_, agency, people):
    """The agency's submission of the round, approved."""
    now = round_.opens_at
    return Submission.objects.create(
        round=round_, agency=agency, status="approved", submitted_by=people["li"],
        filed_at=now, decided_by=people["wang"], decided_at=now,
    )  # fmt: skip


def work(job: Job) -> Job:
    """The job after a worker had it."""
    run(job.pk, HANDLERS)
    job.refresh_from_db()
    return job


def at_its_hour(plan) -> Job:
    """What the plan's schedule does."""
    return work(enqueue("compile-plan", key=f"汇编：{plan.name}", payload={"plan": plan.pk}))


def after_approval(round_) -> Job:
    """What the approval of a submission asks for."""
    return work(enqueue("compile-if-complete", key=round_.pk, payload={"round": round_.pk}))


def letters_go() -> None:
    """The letters that are due leave."""
    while job := Job.objects.due(timezone.now()).filter(kind="send-releases").first():
        run(job.pk, HANDLERS)
