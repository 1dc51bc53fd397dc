"""One command starts the product, keeps it alive and ends all of it."""

import http.client
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tracker.catalogue.models import City
from tracker.management.commands import serve
from tracker.management.supervisor import Child, Supervisor


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def children_of(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def status(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@pytest.fixture
def serving(installation):
    """The running product: process, port and what it has said so far."""
    port = free_port()
    process = installation.start("serve", "--address", f"127.0.0.1:{port}", "--web-workers", "1")
    said = []
    while "Ctrl-C" not in "".join(said):
        line = process.stdout.readline()
        assert line, "".join(said)
        said.append(line)
    yield process, port, said
    process.kill()
    process.communicate()


def test_it_says_where_to_go_works_and_ends_cleanly(serving):
    process, port, said = serving
    assert f"实绩已启动：http://127.0.0.1:{port}/\n" in said
    until(lambda: status(port) == 200)
    children = children_of(process.pid)
    grandchildren = [pid for child in children for pid in children_of(child)]
    assert len(children) == 2
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert process.wait(20) == 0
    assert time.monotonic() - began < 15
    assert process.stdout.read().splitlines()[-1] == "已全部停止。"
    assert [pid for pid in children + grandchildren if is_alive(pid)] == []
    assert status(port) is None


def test_a_crashed_part_comes_back_and_a_killed_command_leaves_nothing_behind(serving):
    process, port, _ = serving
    until(lambda: status(port) == 200)
    before = children_of(process.pid)
    for child in before:
        os.kill(child, signal.SIGKILL)
    until(lambda: len(set(children_of(process.pid)) - set(before)) == 2)
    until(lambda: status(port) == 200)
    after = children_of(process.pid)
    process.kill()
    until(lambda: not any(is_alive(pid) for pid in after))


@pytest.mark.services
def test_a_second_run_continues_where_the_first_was(installation):
    for _ in range(2):
        port = free_port()
        process = installation.start("serve", "--address", f"127.0.0.1:{port}")
        until(lambda port=port: status(port) == 200)
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0
    pings = installation.rows("SELECT count(*) FROM tracker_job WHERE kind = 'ping'")
    assert pings[0][0] >= 2


def test_a_taken_port_is_said_in_plain_words(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = installation.manage("serve", "--address", f"127.0.0.1:{port}", code=1)
    assert f"端口 {port} 已被占用" in said


def test_each_crash_doubles_the_pause_and_calm_forgets_them():
    child = Child("x", ["false"])
    child.start()
    pauses = []
    for _ in range(7):
        child.process.wait()
        assert child.revive(now=0) == 1
        pauses.append(child.restart_at)
        child.revive(now=1000)
        child.born = 0
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    child.process.wait()
    child.revive(now=61)
    assert child.restart_at == 62


def test_what_does_not_listen_is_killed_after_the_grace():
    deaf = Child("x", ["sh", "-c", "trap '' TERM; echo; while :; do sleep 0.1; done"])
    said = []
    supervisor = Supervisor([deaf], said.append, grace=0.5)
    supervisor.stop.set()
    supervisor.run(lambda: False, lambda: None)
    assert deaf.process.returncode in (-signal.SIGKILL, -signal.SIGTERM)
    assert said == []


def test_a_broker_adds_a_celery_worker(settings):
    command = serve.Command()
    settings.CELERY_BROKER_URL = settings.IN_PROCESS
    assert [child.name for child in command.children("x:1", 1)] == ["网站进程", "工作进程"]
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:6379/9"
    assert [child.name for child in command.children("x:1", 1)][2:] == ["任务进程"]


def test_the_demonstration_shows_its_accounts(city_with_people, settings, capsys):
    City.objects.all().delete()
    City.objects.create(region=city_with_people.region, is_demo=True)
    command = serve.Command()
    command.host, command.port = "0.0.0.0", 8000  # noqa: S104
    command.announce()
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8000/" in said
    assert settings.DEMO_PASSWORD in said
    for username, words in serve.demo_accounts().items():
        assert f"{username:<16}{words}" in said
    assert serve.demo_accounts() != {}
