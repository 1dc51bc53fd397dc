"""The one place where a job is done: lease, heartbeat, handler, end."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping

import structlog
from django.db import Error, connections

from accounts.rules import Refused

from . import services
from .models import Job

log = structlog.get_logger(__name__)

Handlers = Mapping[str, Callable[[Job], None]]
BEAT = 5
# A handler that hangs loses its lease after this; Celery kills its own at the same age.
LONGEST = 15 * 60


def run(pk: int, handlers: Handlers) -> None:
    """Do the job unless it is not due, done or somebody else's."""
    if job := services.claim(pk):
        work(job, handlers)


def work(job: Job, handlers: Handlers) -> None:
    """Do a job that this worker has claimed."""
    with beating(job):
        _attempt(job, handlers)


def _attempt(job: Job, handlers: Handlers) -> None:
    try:
        handlers[job.kind](job)
        services.finish(job)
    except services.Lost:
        log.warning("job lost", job=job.pk, kind=job.kind)
    except (services.Hopeless, Refused) as reason:
        services.refuse(job, str(reason))
    except Exception as error:
        log.exception("job failed", job=job.pk, kind=job.kind, attempt=job.attempt)
        _try_later(job, error)


def _try_later(job: Job, error: Exception) -> None:
    """Only the class is kept: what an error says may hold figures, and administrators read this."""
    try:
        services.retry(job, f"程序出错（{type(error).__name__}），细节见系统日志。")
    except Error:
        # The database is gone. The lease runs out and the reaper does the same.
        log.exception("job left to the reaper", job=job.pk)


@contextlib.contextmanager
def beating(job: Job) -> Iterator[None]:
    """Prolong the lease from another thread for as long as the work takes."""
    over = threading.Event()
    beats = threading.Thread(target=_beat, args=(job, over), name=f"beat-{job.pk}", daemon=True)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()


def _beat(job: Job, over: threading.Event) -> None:
    end = time.monotonic() + LONGEST
    try:
        while not over.wait(BEAT) and time.monotonic() < end:
            try:
                services.keep(job)
            except services.Lost:
                return
            except Error:
                connections.close_all()
    finally:
        connections.close_all()
