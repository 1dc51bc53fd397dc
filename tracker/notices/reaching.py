"""The one way to another host: named by the operator, looked up once, never redirected."""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 10
LARGEST_ANSWER = 64 * 1024
PORTS = {"http": 80, "https": 443}


class Forbidden(Exception):
    """An address that may not be reached; the message says why, in Chinese."""


class Unreached(Exception):
    """Nothing useful came back; the message says what, in Chinese."""


class Place(NamedTuple):
    """Where a request goes: the address of the machine is settled here and not looked up again."""

    scheme: str
    host: str
    port: int
    machine: str
    path: str


def named(address: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address on the operator's list; Forbidden for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Forbidden("地址写法不对。") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        raise Forbidden("地址应以 http:// 或 https:// 开头，不能带用户名。")
    if any(char.isspace() or ord(char) < 32 or char == "\\" for char in address):
        raise Forbidden("地址里有空格或控制字符。")
    usual = port == PORTS[parts.scheme]
    if f"{host}:{port}" not in settings.ROBOT_HOSTS and not (
        usual and host in settings.ROBOT_HOSTS
    ):
        raise Forbidden(f"{host}不在允许的地址里，请系统管理员在 SHIJI_ROBOT_HOSTS 中添加。")
    path = parts.path or "/"
    return parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path


def place_of(address: str) -> Place:
    """Where the address leads; Forbidden unless every machine behind the name may be reached."""
    scheme, host, port, path = named(address)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreached(f"找不到{host}。") from None
    machines = [row[4][0] for row in found]
    for machine in machines:
        if not may_reach(machine):
            raise Forbidden(f"{host}指向内部地址，请系统管理员在 SHIJI_ROBOT_NETWORKS 中放行。")
    return Place(scheme, host, port, machines[0], path)


def may_reach(machine: str) -> bool:
    """A public machine, or one in a network that the operator lets in."""
    ip = ipaddress.ip_address(machine.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip in network for network in settings.ROBOT_NETWORKS if network.version == ip.version):
        return True
    return ip.is_global and not ip.is_multicast and not _carries_another(ip)


def _carries_another(ip) -> bool:
    """6to4, Teredo and NAT64 addresses lead to the IPv4 address inside them."""
    nat64 = ipaddress.ip_network("64:ff9b::/96")
    return ip.version == 6 and (bool(ip.sixtofour) or bool(ip.teredo) or ip in nat64)


class _Plain(http.client.HTTPConnection):
    def __init__(self, place: Place, patience: float):
        super().__init__(place.host, place.port, timeout=patience)
        self.place = place

    def connect(self):
        self.sock = socket.create_connection((self.place.machine, self.port), self.timeout)


class _Secure(_Plain):
    default_port = PORTS["https"]

    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def post(
    address: str,
    message: dict,
    *,
    headers: Mapping[str, str] | None = None,
    patience: float | None = None,
) -> dict:
    """Send JSON and get JSON. Forbidden, or Unreached for anything but an answer of 200 in time.

    `patience`: seconds for each step, and for the whole answer; what a robot needs without it.
    """
    patience = patience or PATIENCE
    place = place_of(address)
    connection = (_Secure if place.scheme == "https" else _Plain)(place, patience)
    try:
        content = json.dumps(message, ensure_ascii=False).encode()
        said = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        connection.request("POST", place.path, body=content, headers=said)
        answer = connection.getresponse()
        if answer.status != 200:
            raise Unreached(f"{place.host}回答{answer.status}。")
        return _read(answer, patience)
    except TimeoutError:
        raise Unreached(f"{place.host}没有及时回答。") from None
    except (OSError, http.client.HTTPException, ssl.SSLError) as problem:
        raise Unreached(f"连不上{place.host}（{type(problem).__name__}）。") from None
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse, patience: float) -> dict:
    """The answer's object, within the size and the time that a robot needs."""
    content, end = b"", time.monotonic() + patience
    while piece := answer.read1(4096):
        content += piece
        if len(content) > LARGEST_ANSWER or time.monotonic() > end:
            raise Unreached("回答太长或太慢。")
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unreached("回答不是约定的格式。")
    return found
