"""The log of the plans' runs: what is written down while a plan runs."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import require
from tracker.catalogue.models import Span
from tracker.jobs import enqueue
from tracker.jobs.models import Job
from tracker.releases.models import PlanRun, Release, ReleasePlan
from tracker.releases.rules import may_run

COMPILE = "compile-plan"
Cause, State = PlanRun.Cause, PlanRun.State
TAKEN_OVER = "由后一次接替。"
UNSETTLED = (State.QUEUED, State.RUNNING, State.FAILED)


@transaction.atomic
def ask_run(
    plan: ReleasePlan, *, by: User, span: Span | None = None, anyway: bool = False
) -> PlanRun:
    """Put the plan to the worker now, for this span or for the one whose turn it is.

    `anyway`: though something is missing, whatever the plan says about that.
    """
    require(may_run(by, plan))
    run = PlanRun.objects.create(plan=plan, span=span, cause=Cause.HAND, asked_by=by, anyway=anyway)
    job = enqueue(COMPILE, key=f"run:{run.pk}", payload={"plan": plan.pk, "run": run.pk})
    PlanRun.objects.filter(pk=run.pk).update(job=job.pk)
    audit.record(by, "release_plan.run", plan, run=run.pk, span=span.key if span else "", anyway=anyway)  # fmt: skip
    return PlanRun.objects.get(pk=run.pk)


def begun(job: Job, plan: ReleasePlan) -> PlanRun:
    """The log of the run that this job does: the one it was asked for with, else one of the clock."""
    asked = PlanRun.objects.filter(pk=job.payload.get("run"), plan=plan).first()
    run = (
        asked
        or PlanRun.objects.get_or_create(job=job.pk, defaults={"plan": plan, "cause": Cause.HOUR})[
            0
        ]
    )
    PlanRun.objects.filter(pk=run.pk, state__in=UNSETTLED).update(state=State.RUNNING, error="")
    run.refresh_from_db()
    return run


def put_off(run: PlanRun, missing: Sequence[str]) -> PlanRun:
    """It waits for what is missing. A run that waits for the same span already takes this one's place."""
    waiting = PlanRun.objects.filter(plan=run.plan, span=run.span, state=State.WAITING)
    with transaction.atomic():
        waiting.exclude(pk=run.pk).update(
            state=State.SKIPPED, error=TAKEN_OVER, ended_at=timezone.now()
        )
        return _kept(run, State.WAITING, missing=list(missing), waited=True)


def skipped(run: PlanRun, missing: Sequence[str]) -> PlanRun:
    return _kept(run, State.SKIPPED, missing=list(missing), ended_at=timezone.now())


def failed(run: PlanRun, reason: str) -> PlanRun:
    return _kept(run, State.FAILED, error=reason, ended_at=timezone.now())


def done(run: PlanRun, release: Release, missing: Sequence[str] = ()) -> PlanRun:
    """It was compiled. What was missing when a run was put off stays written down."""
    said = {"missing": list(missing)} if not run.waited else {}
    end = {"release": release, "span": release.span, "ended_at": timezone.now()}
    return _kept(run, State.DONE, error="", **said, **end)


def _kept(run: PlanRun, state: str, **changes) -> PlanRun:
    for name, value in {**changes, "state": state}.items():
        setattr(run, name, value)
    run.save()
    return run
