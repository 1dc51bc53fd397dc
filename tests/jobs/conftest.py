import pytest
from django.utils import timezone

from tracker import jobs
from tracker.jobs.models import Job


@pytest.fixture
def queued(db):
    """A job that is due now."""
    return jobs.enqueue("note", key="round-1", payload={"round": 1})


@pytest.fixture
def later():
    """Make it a later time for one job: its pause is over, or its lease has run out."""

    def pass_time(job, **fields):
        Job.objects.filter(pk=job.pk).update(**fields)

    return pass_time


@pytest.fixture
def now():
    return timezone.now()
