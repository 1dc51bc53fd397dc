"""S14: a robot's address leads to the named hosts only, to no inner machine, and nowhere further."""

import ipaddress
import socket
from contextlib import contextmanager

import pytest

from tests.notices.servers import chat_service
from tracker.notices import reaching
from tracker.notices.reaching import Forbidden, Unreached, may_reach, named, post

HOST = "robots.example.com"
# What somebody would try who wants the server to ask for them.
TARGETS = [
    "http://127.0.0.1/", "http://127.0.0.1:6379/", "http://localhost/", "http://LOCALHOST/",
    "http://localhost./", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/",
    "http://[fe80::1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://10.0.0.1/",
    "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://198.18.0.1/",
    "http://224.0.0.1/", "http://255.255.255.255/", "file:///etc/passwd", "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_x", "dict://127.0.0.1:11211/", "unix:///run/x", "//127.0.0.1/",
    f"http://{HOST}@127.0.0.1/", f"http://127.0.0.1#@{HOST}/", f"http://{HOST}.evil.example/",
    f"http://evil.example/{HOST}", f"http://{HOST}:6379/", f"http://user:pass@{HOST}/",
    f"http://127.0.0.1\\@{HOST}/", f"http://{HOST}\r\nHost: x/", "http:///x", "http://[::1",
    f"http://{HOST}:99999/", "javascript:alert(1)", "", "127.0.0.1",
]  # fmt: skip
# Where a name that the operator allows may turn out to lead.
INNER = [
    "127.0.0.1", "127.255.0.9", "0.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254",
    "100.64.1.1", "198.19.0.1", "192.0.2.1", "224.0.0.5", "240.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.fixture
def connections(monkeypatch):
    """Every connection that anything tries to open."""
    tried = []

    def connect(self, address):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


@contextmanager
def leading_to(monkeypatch, *machines):
    """The name service says that every name leads to these machines."""
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, 443)) for machine in machines]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    yield


@pytest.mark.parametrize("target", TARGETS)
def test_no_connection_to_what_is_not_on_the_list(target, settings, connections):
    settings.ROBOT_HOSTS = frozenset({HOST})
    with pytest.raises(Forbidden):
        post(target, {"x": 1})
    assert connections == []


def test_there_are_forty_targets():
    assert len(TARGETS) >= 40


@pytest.mark.parametrize("machine", INNER)
def test_no_connection_where_an_allowed_name_leads_inside(
    machine, settings, connections, monkeypatch
):
    settings.ROBOT_HOSTS = frozenset({HOST})
    with leading_to(monkeypatch, "93.184.216.34", machine), pytest.raises(Forbidden):
        post(f"https://{HOST}/hook", {"x": 1})
    assert connections == []


def test_a_planted_open_door_is_seen(settings, connections, monkeypatch):
    """With every machine let in the same question does connect: the test above is no accident."""
    settings.ROBOT_HOSTS = frozenset({HOST})
    monkeypatch.setattr(reaching, "may_reach", lambda machine: True)
    with leading_to(monkeypatch, "127.0.0.1"), pytest.raises(Unreached):
        post(f"https://{HOST}/hook", {"x": 1})
    assert connections == [("127.0.0.1", 443)]


def test_a_name_that_answers_otherwise_the_second_time_wins_nothing(
    settings, connections, monkeypatch
):
    """The machine that was judged is the one that is asked."""
    settings.ROBOT_HOSTS = frozenset({HOST})
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])

    def lookup(host, port, *args, **kwargs):
        machine = next(answers) if host == HOST else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(Unreached):
        post(f"http://{HOST}/hook", {"x": 1})
    assert connections == [("93.184.216.34", 80)]


def test_an_inner_network_is_let_in_by_the_operator_alone(settings):
    assert not may_reach("10.8.0.5")
    settings.ROBOT_NETWORKS = [ipaddress.ip_network("10.8.0.0/16")]
    assert may_reach("10.8.0.5")
    assert not may_reach("10.9.0.5")
    assert not may_reach("169.254.169.254")


@pytest.mark.parametrize(
    ("listed", "address", "allowed"),
    [
        (HOST, f"https://{HOST}/a", True),
        (HOST, f"https://{HOST}:8443/a", False),
        (f"{HOST}:8443", f"https://{HOST}:8443/a", True),
        (HOST, f"https://{HOST.upper()}/a", True),
    ],
)
def test_a_port_has_to_be_named_too(listed, address, allowed, settings):
    settings.ROBOT_HOSTS = frozenset({listed})
    if allowed:
        assert named(address)[1] == HOST
    else:
        with pytest.raises(Forbidden):
            named(address)


def test_a_redirect_is_not_followed(chat):
    with chat_service() as elsewhere:
        chat.status, chat.headers = 302, {"Location": f"{elsewhere.url}/inner"}
        with pytest.raises(Unreached, match="回答302"):
            post(f"{chat.url}/hook", {})
        assert elsewhere.paths == []


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, {}, "回答500"),
        (404, {}, "回答404"),
        (200, b"<html>", "不是约定的格式"),
        (200, b"", "不是约定的格式"),
        (200, b"[0]", "不是约定的格式"),
        (200, b"\xff\xfe", "不是约定的格式"),
        (200, b"1" * 70_000, "太长或太慢"),
    ],
)
def test_an_answer_that_is_none_says_so(chat, status, body, said):
    chat.status, chat.body = status, body
    with pytest.raises(Unreached, match=said):
        post(f"{chat.url}/hook", {})


def test_who_does_not_answer_in_time_is_given_up(chat, monkeypatch):
    monkeypatch.setattr(reaching, "PATIENCE", 0.2)
    chat.wait = 1
    with pytest.raises(Unreached, match="没有及时回答"):
        post(f"{chat.url}/hook", {})


def test_nobody_there_is_said(chat, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.ROBOT_HOSTS = frozenset({f"127.0.0.1:{port}"})
    with pytest.raises(Unreached, match="连不上"):
        post(f"http://127.0.0.1:{port}/hook", {})


def test_who_cannot_show_a_certificate_is_not_spoken_to(chat):
    """The server speaks plain HTTP: nothing of the message reaches it."""
    with pytest.raises(Unreached, match="连不上"):
        post(chat.url.replace("http:", "https:") + "/hook", {"text": "x"})
    assert chat.heard == []
