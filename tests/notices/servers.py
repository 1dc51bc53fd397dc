"""Real servers on this machine for a test to talk to, as well or as badly behaved as it wants."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OK = {"errcode": 0, "errmsg": "ok", "code": 0}


@dataclass
class Robots:
    """A chat service: what it was sent, and how it answers next."""

    url: str = ""
    heard: list[dict] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    status: int = 200
    body: Any = field(default_factory=lambda: dict(OK))
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0

    def texts(self) -> list[str]:
        """The words of each message, whatever the service calls them."""
        bodies = [one.get("text") or one.get("content") for one in self.heard]
        return [body.get("content", body.get("text")) for body in bodies]


@contextlib.contextmanager
def chat_service() -> Iterator[Robots]:
    """An HTTP server that keeps what it gets."""
    told = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            told.paths.append(self.path)
            told.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(told.wait)
            body = told.body if isinstance(told.body, bytes) else json.dumps(told.body).encode()
            with contextlib.suppress(OSError):
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def do_GET(self):
            told.paths.append(f"GET {self.path}")
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Post:
    """A mail server: its port, the letters it took, and what it says to the next one."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 OK"
    refuse: frozenset[str] = frozenset()


@contextlib.contextmanager
def mail_server() -> Iterator[Post]:
    """An SMTP server that takes what it is given, or refuses as it is told."""
    post, ready = Post(), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve():
        server = await asyncio.start_server(
            lambda reader, writer: talk(post, reader, writer), "127.0.0.1", 0
        )
        post.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(5)
    try:
        yield post
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()


async def talk(post: Post, reader, writer) -> None:
    """As much of RFC 5321 as a client needs."""

    def say(line: str) -> None:
        writer.write(f"{line}\r\n".encode())

    say("220 test")
    letter = b""
    while line := await reader.readline():
        word = line.decode().strip().upper()
        if word.startswith(("EHLO", "HELO")):
            say("250 test")
        elif word.startswith("RCPT"):
            address = line.decode().partition("<")[2].partition(">")[0]
            if address in post.refuse:
                say("550 no such mailbox")
            else:
                post.recipients.append(address)
                say("250 OK")
        elif word == "DATA":
            say("354 go on")
            while (part := await reader.readline()) != b".\r\n":
                letter += part
            if post.answer.startswith("250"):
                post.letters.append(message_from_bytes(letter, policy=policy.default))
            letter = b""
            say(post.answer)
        elif word == "QUIT":
            say("221 bye")
            break
        else:
            say("250 OK")
    with contextlib.suppress(OSError):
        await writer.drain()
    writer.close()
