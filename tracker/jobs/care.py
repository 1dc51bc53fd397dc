"""What a person does about work that did not succeed."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rules import Refused, require

from .models import Job, State
from .rules import may_settle


@transaction.atomic
def revive(job: Job, *, by: User) -> Job:
    """Queue a dead or failed job again, with all its attempts before it."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    require(may_settle(by, job))
    before, job.state = job.state, State.QUEUED
    job.attempt, job.error, job.note, job.progress = 0, "", "", 0
    job.run_after, job.woken_at, job.finished = timezone.now(), None, None
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        raise Refused("同样的任务已经在排队，不需要重新办理。") from None
    audit.record(by, "job.revive", job, kind=job.kind, before=before)
    return job


@transaction.atomic
def dismiss(job: Job, *, by: User) -> Job:
    """Let a dead or failed job be; it stays on record and is forgotten with the others."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    require(may_settle(by, job))
    before, job.state = job.state, State.DISMISSED
    job.save(update_fields=["state"])
    audit.record(by, "job.dismiss", job, kind=job.kind, before=before)
    return job
