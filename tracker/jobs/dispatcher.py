"""Finding what is due and getting it begun: here in threads, or elsewhere through the broker."""

import concurrent.futures
import datetime
import threading
import time

import structlog
from django.db import Error, connections, transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from . import broker, runner, services
from .models import Job

log = structlog.get_logger(__name__)

PAUSE = 0.1
REAP_EVERY = 5
BATCH = 50
# A wake-up that nobody followed is repeated: brokers forget.
REPEAT = datetime.timedelta(seconds=20)


def _waiting(jobs, limit: int) -> list[int]:
    """Ids of jobs to begin, held until the transaction ends; rows that others hold are passed by."""
    jobs = jobs.order_by("run_after", "id").select_for_update(skip_locked=True, of=("self",))
    return list(jobs.values_list("pk", flat=True)[:limit])


class Threads:
    """Runs the jobs in this process."""

    def __init__(self, handlers: runner.Handlers, threads: int = 2):
        self.handlers = handlers
        self.threads = threads
        self.pool = concurrent.futures.ThreadPoolExecutor(threads, thread_name_prefix="job")
        self.running: dict[concurrent.futures.Future, Job] = {}

    def turn(self) -> int:
        """Begin what is due as far as threads are free; the number of jobs begun."""
        self.running = {future: job for future, job in self.running.items() if not future.done()}
        free = self.threads - len(self.running)
        # A look first: on SQLite every transaction takes the one place of the writer.
        if not free or not Job.objects.due(timezone.now()).exists():
            return 0
        with transaction.atomic():
            ids = _waiting(Job.objects.due(timezone.now()), free)
            jobs = [job for pk in ids if (job := services.claim(pk))]
        for job in jobs:
            self.running[self.pool.submit(self._work, job)] = job
        return len(jobs)

    def _work(self, job: Job) -> None:
        try:
            runner.work(job, self.handlers)
        finally:
            connections.close_all()

    def stop(self, grace: float) -> bool:
        """Wait for what is under way; put down what takes longer, and say False then."""
        self.pool.shutdown(wait=False)
        _, late = concurrent.futures.wait(self.running, timeout=grace)
        for future in late:
            services.release(self.running[future])
        return not late


class Workers:
    """Wakes Celery workers, by the id only."""

    def turn(self) -> int:
        """Send a wake-up for each job that is due and was not called of late; how many were sent."""
        now = timezone.now()
        due = Job.objects.due(now).filter(Q(woken_at__isnull=True) | Q(woken_at__lt=now - REPEAT))
        if not due.exists():
            return 0
        with transaction.atomic():
            ids = _waiting(due, BATCH)
            Job.objects.filter(pk__in=ids).update(woken_at=now)
        return self._send(ids)

    def _send(self, ids: list[int]) -> int:
        for sent, pk in enumerate(ids):
            try:
                broker.wake(pk)
            except (OperationalError, OSError):
                Job.objects.queued().filter(pk__in=ids[sent:]).update(woken_at=None)
                raise
        return len(ids)

    def stop(self, grace: float) -> bool:
        return True


def hands(handlers: runner.Handlers) -> Threads | Workers:
    """Who begins the jobs of this installation."""
    return Threads(handlers) if broker.in_process() else Workers()


def dispatch(hands: Threads | Workers, stop: threading.Event, pause: float = PAUSE) -> None:
    """Begin due jobs and reap lost ones until told to stop, whatever database and broker do."""
    reap_at = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= reap_at:
                services.reap()
                reap_at = time.monotonic() + REAP_EVERY
            hands.turn()
            stop.wait(pause)
        except (Error, OperationalError, OSError) as error:
            log.warning("dispatcher waits", error=type(error).__name__)
            connections.close_all()
            stop.wait(1)
    connections.close_all()
