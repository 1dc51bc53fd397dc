"""The real worker processes with handlers of the tests, impatient enough for a test to watch.

`python -m tests.jobs.process work` and `celery -A tests.jobs.process worker`.
"""

import datetime
import os
import sys
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.core.management import execute_from_command_line  # noqa: E402
from django.utils import timezone  # noqa: E402

from tracker import jobs, tasks  # noqa: E402
from tracker.celery import app  # noqa: E402
from tracker.jobs import dispatcher, runner, services  # noqa: E402
from tracker.jobs.models import Slot  # noqa: E402

__all__ = ["app"]

services.LEASE = datetime.timedelta(seconds=2)
runner.BEAT = 0.4
dispatcher.REAP_EVERY = 0.3
dispatcher.REPEAT = datetime.timedelta(seconds=float(os.environ.get("TEST_REPEAT", "2")))


def leave_a_trace(job):
    """The effect of a job: a row that says for which key, and that counts when done twice."""
    Slot.objects.create(task=f"{job.key}/{uuid.uuid4()}", slot=timezone.now())


def careful(job):
    """Slow work first, then the effect and the end of the job in one transaction."""
    jobs.keep(job, note="working")
    time.sleep(job.payload.get("seconds", 0))
    with jobs.finishing(job):
        leave_a_trace(job)


def careless(job):
    """The planted bug: the effect stands before the job has ended."""
    leave_a_trace(job)
    jobs.keep(job, note="working")
    time.sleep(job.payload.get("seconds", 0))


tasks.HANDLERS |= {"careful": careful, "careless": careless}

if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])
