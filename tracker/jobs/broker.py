"""The way to Celery workers on other processes and machines: an id and a name, nothing more."""

import functools

from celery import Celery
from django.conf import settings

TASK = "tracker.tasks.run_job"


def in_process() -> bool:
    """True when no broker is set, and the worker runs the jobs itself."""
    return settings.CELERY_BROKER_URL == settings.IN_PROCESS


@functools.cache
def sender() -> Celery:
    """An application that only sends and schedules; it knows the settings and no task."""
    app = Celery("shiji-sender", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    return app


def wake(pk: int) -> None:
    """Ask any worker to do the job; kombu's OperationalError when the broker does not answer."""
    sender().send_task(TASK, args=[pk], retry=False, ignore_result=True)
