"""With a broker: wake-ups may be lost, workers killed and the broker itself, and no job is lost.

Real Celery workers, PostgreSQL, and a Redis server of the test's own that may be killed.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter

import psycopg
import pytest

from tests.jobs.test_faults import ASK, until
from tests.platform.installation import ROOT, Installation, postgresql_database

pytestmark = [
    pytest.mark.services,
    # The server's address must be there; the database of the tests is not used.
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server"),
]


WORKER = (
    "celery",
    "-A",
    "tests.jobs.process",
    "worker",
    "--concurrency",
    "2",
    "--loglevel",
    "error",
)


class Redis:
    """A server without persistence: what is killed is forgotten."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    def start(self):
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", *options], stdout=subprocess.DEVNULL
        )
        until(self.answers)

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def say(self, words: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(words + b"\r\n")
            return line.recv(20).strip()

    def wipe(self):
        assert self.say(b"FLUSHALL") == b"+OK"

    def messages(self) -> int:
        return int(self.say(b"LLEN celery").removeprefix(b":"))


@pytest.fixture
def redis():
    server = Redis()
    server.start()
    yield server
    server.kill()


class City(Installation):
    """On PostgreSQL and a broker, with the processes of a production machine."""

    def rows(self, query):
        with psycopg.connect(self.environment["SHIJI_DATABASE"]) as connection:
            return connection.execute(query).fetchall()

    def states(self):
        query = "SELECT state, count(*) FROM tracker_job WHERE kind = 'careful' GROUP BY state"
        return dict(self.rows(query))

    def effects(self):
        rows = self.rows("SELECT task FROM tracker_slot WHERE task LIKE 'careful%'")
        return dict(Counter(task.rpartition("/")[0] for (task,) in rows))

    def ask(self, count, seconds=0.0):
        self.run(ASK.format(kind="careful", count=count, seconds=seconds))

    @contextlib.contextmanager
    def process(self, *command, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=self.environment | environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def dispatcher(self, **environment):
        return self.process("tests.jobs.process", "work", **environment)

    def worker(self):
        return self.process(*WORKER)

    def restarted_worker(self):
        """A lost broker ends the worker now and then; its service starts it again."""
        return self.process("tests.jobs.again", *WORKER)


@pytest.fixture(scope="module")
def migrated_database(tmp_path_factory):
    """The name of an empty installation's database, from which the tests' own are copied."""
    with postgresql_database(os.environ["SHIJI_DATABASE"]) as database:
        installation = Installation(tmp_path_factory.mktemp("var"), SHIJI_DATABASE=database)
        installation.manage("migrate", "--verbosity", "0")
        yield database.rpartition("/")[2]


@pytest.fixture
def city(tmp_path, redis, migrated_database):
    server = os.environ["SHIJI_DATABASE"]
    with postgresql_database(server, template=migrated_database) as database:
        broker = f"redis://127.0.0.1:{redis.port}/0"
        yield City(tmp_path / "var", SHIJI_DATABASE=database, SHIJI_BROKER=broker)


def test_celery_workers_do_what_the_dispatcher_wakes_them_for(city):
    city.ask(20)
    with city.dispatcher(), city.worker():
        until(lambda: city.states() == {"done": 20})
    assert city.effects() == {f"careful-{n}": 1 for n in range(20)}


def test_a_wiped_broker_loses_no_job(city, redis):
    city.ask(20)
    with city.dispatcher():
        until(lambda: redis.messages() >= 20)
        redis.wipe()
        with city.worker():
            until(lambda: city.states() == {"done": 20})
    assert city.effects() == {f"careful-{n}": 1 for n in range(20)}


def test_control_a_dispatcher_that_wakes_once_only_loses_them(city, redis):
    city.ask(20)
    with city.dispatcher(TEST_REPEAT="100000"):
        # The ping of the starting dispatcher is the twenty-first.
        until(lambda: redis.messages() == 21)
        redis.wipe()
        with city.worker():
            # What comes after the wipe is done, and what was called before it is not.
            city.run("from tracker import jobs; jobs.enqueue('ping', key='after')")
            after = "SELECT state FROM tracker_job WHERE key = 'after'"
            until(lambda: city.rows(after) == [("done",)])
            assert city.states() == {"queued": 20}


def test_a_broker_that_is_down_refuses_nobody_and_is_caught_up_with(city, redis):
    with city.dispatcher(), city.restarted_worker():
        city.ask(5)
        until(lambda: city.states() == {"done": 5})
        redis.kill()
        city.run(ASK.format(kind="careful", count=30, seconds=0))
        assert city.states() == {"done": 5, "queued": 30}
        redis.start()
        until(lambda: city.states() == {"done": 35}, seconds=180)
    assert sum(city.effects().values()) == 35


def test_a_celery_worker_killed_in_the_middle_is_replaced(city):
    city.ask(4, seconds=3)
    with city.dispatcher():
        with city.worker() as process:
            until(lambda: city.states().get("running") == 2)
            os.killpg(process.pid, signal.SIGKILL)
        with city.worker():
            until(lambda: city.states() == {"done": 4}, seconds=90)
    assert city.effects() == {f"careful-{n}": 1 for n in range(4)}


def test_a_change_that_is_not_committed_holds_its_job_back(city):
    """Whoever asks for a queued job again must be seen by it: it may not begin before the commit."""
    city.run("from tracker import jobs; jobs.enqueue('careful', key='round')")
    script = (
        "import time\n"
        "from django.db import transaction\n"
        "from tracker import jobs\n"
        "with transaction.atomic():\n"
        "    jobs.enqueue('careful', key='round')\n"
        "    print('held', flush=True)\n"
        "    time.sleep(3)\n"
    )
    asking = city.start("shell", "--no-imports", "-c", script)
    assert asking.stdout.readline() == "held\n"
    with city.process("tests.jobs.process", "work", SHIJI_BROKER="memory://"):
        until(lambda: asking.poll() is not None)
        asking.communicate()
        until(lambda: city.states() == {"done": 1})
    committed = "SELECT started > created FROM tracker_job WHERE key = 'round'"
    assert city.rows(committed) == [(True,)]
