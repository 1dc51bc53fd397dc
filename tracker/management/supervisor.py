"""Keeping a few processes alive as one: started together, restarted alone, ended together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
CALM = 60


def _follow_parent():
    """Let the child end when its supervisor is killed, so that the next run finds the port free."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process in a group of its own, which Ctrl-C at the terminal does not reach."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    born: float = 0.0
    crashes: int = 0
    restart_at: float = 0.0

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603 - the commands are our own
            self.command, start_new_session=True, preexec_fn=_follow_parent
        )
        self.born = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int):
        """To the whole group: a web server's own children must not outlive it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def revive(self, now: float) -> int | None:
        """Start again after a pause that doubles with each crash; its exit code when it just ended."""
        if self.process is not None:
            code = self.process.returncode
            self.signal(signal.SIGKILL)
            self.crashes = 1 if now - self.born > CALM else self.crashes + 1
            self.process, self.restart_at = None, now + min(2 ** (self.crashes - 1), 30)
            return code
        if now >= self.restart_at:
            self.start()
        return None


@dataclass
class Supervisor:
    """Runs the children until told to stop. `say` tells a person what happens."""

    children: list[Child]
    say: Callable[[str], None]
    grace: float = 15
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]):
        """Start all, announce once `ready` says so, keep all alive, and end all on the way out."""
        told = False
        try:
            for child in self.children:
                child.start()
            while not self.stop.wait(0.2):
                self.revive()
                if not told and ready():
                    told = True
                    announce()
        finally:
            self.end()

    def revive(self):
        for child in self.children:
            if child.alive:
                continue
            code = child.revive(time.monotonic())
            if code is not None:
                self.say(f"{child.name}意外退出（代码 {code}），即将重新启动。")

    def end(self):
        """TERM to all, and KILL to those that are still there after the grace."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            child.signal(signal.SIGTERM)
        limit = time.monotonic() + self.grace
        while any(child.alive for child in running) and time.monotonic() < limit:
            time.sleep(0.05)
        for child in running:
            child.signal(signal.SIGKILL)
            child.process.wait()
