"""Workers killed in the middle of their work: nothing is lost and nothing happens twice.

Real processes on a database file of their own. Each promise has a control with a planted bug,
which the same observation must turn red.
"""

import collections
import contextlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.platform.installation import ROOT

ASK = """
from tracker import jobs
for n in range({count}):
    jobs.enqueue("{kind}", key=f"{kind}-{{n}}", payload={{"seconds": {seconds}}})
"""
STATES = "SELECT state, count(*) FROM tracker_job WHERE kind LIKE 'care%' GROUP BY state"


@contextlib.contextmanager
def worker(installation):
    """The embedded worker in a group of its own; killed with all its children at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.process", "work"],
        env=installation.environment,
        cwd=ROOT,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition, seconds=180):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def states(installation):
    return dict(installation.rows(STATES))


def effects(installation):
    """Key -> how many times its work was done."""
    rows = installation.rows("SELECT task FROM tracker_slot WHERE task LIKE 'care%'")
    return dict(collections.Counter(task.rpartition("/")[0] for (task,) in rows))


def kill_in_the_middle(installation, kind):
    """Begin one job, kill its worker while it works, and let another worker end it."""
    installation.run(ASK.format(kind=kind, count=1, seconds=1.5))
    working = "SELECT count(*) FROM tracker_job WHERE state = 'running' AND note = 'working'"
    with worker(installation) as process:
        until(lambda: installation.rows(working) == [(1,)])
        process.kill()
        process.wait()
    assert states(installation) == {"running": 1}
    with worker(installation):
        until(lambda: states(installation) == {"done": 1})
    return effects(installation)


def test_a_worker_killed_in_the_middle_is_replaced_and_its_job_done_once(installation):
    assert kill_in_the_middle(installation, "careful") == {"careful-0": 1}


def test_control_an_effect_outside_the_ending_transaction_is_seen_twice(installation):
    assert kill_in_the_middle(installation, "careless") == {"careless-0": 2}


@pytest.mark.services
def test_jobs_survive_kills_at_random_moments(installation):
    dice = random.Random(20)  # noqa: S311
    installation.run(ASK.format(kind="careful", count=40, seconds=0.05))
    for _ in range(5):
        with worker(installation) as process:
            begun = sum(states(installation).values()) - states(installation).get("queued", 0)
            until(lambda begun=begun: 40 - states(installation).get("queued", 0) > begun)
            time.sleep(dice.uniform(0, 0.15))
            process.kill()
            process.wait()
    assert states(installation).get("done", 0) < 40
    with worker(installation):
        until(lambda: states(installation) == {"done": 40})
    assert effects(installation) == {f"careful-{n}": 1 for n in range(40)}


def test_a_stopped_worker_puts_long_work_down_for_the_next(installation):
    installation.run(ASK.format(kind="careful", count=1, seconds=30))
    with worker(installation) as process:
        until(lambda: states(installation) == {"running": 1})
        process.terminate()
        assert process.wait(20) == 0
    assert states(installation) == {"queued": 1}
    assert installation.rows("SELECT attempt FROM tracker_job WHERE kind = 'careful'") == [(0,)]


def test_a_job_begins_well_within_a_second(installation):
    with worker(installation):
        until(lambda: installation.rows("SELECT * FROM tracker_job WHERE state = 'done'") != [])
        installation.run(ASK.format(kind="careful", count=5, seconds=0))
        until(lambda: states(installation) == {"done": 5})
    waits = installation.run(
        "from tracker.jobs.models import Job\n"
        "print(max(job.late.total_seconds() for job in Job.objects.filter(kind='careful')))"
    )
    assert float(waits) < 1
