"""One claim, one row: what, floor, ours, ratio, goal. Both are measured in turn, in this run."""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = int(os.environ.get("SHIJI_ROUNDS", "9"))
HEAD = f"{'what':52} {'floor':>10} {'ours':>10} {'ratio':>7}  goal"


def installation() -> Path:
    """A new, migrated installation in a folder of its own; Django is set up on it."""
    folder = Path(tempfile.mkdtemp(prefix="shiji-bench-"))
    os.environ["SHIJI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - the settings read the folder

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    return folder


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def spent() -> float:
    """Processor seconds of this thread and of the child processes that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.thread_time() + children.ru_utime + children.ru_stime


def processor(act: Callable[[], object]) -> float:
    start = spent()
    act()
    return spent() - start


def in_turn(floor: Callable, ours: Callable, rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of each, measured alternately after one round that warms both up."""
    floor(), ours()
    pairs = [(seconds(floor), seconds(ours)) for _ in range(rounds)]
    return tuple(statistics.median(column) for column in zip(*pairs, strict=True))


def least(floor: Callable, ours: Callable, rounds: int = 5 * ROUNDS) -> tuple[float, float]:
    """Least processor seconds of each, measured alternately: no matter what else the machine does."""
    pairs = [(processor(floor), processor(ours)) for _ in range(rounds)]
    return tuple(min(column) for column in zip(*pairs, strict=True))


def row(what: str, floor: float | None, ours: float, goal: str) -> None:
    """Print one row of the table; times in seconds."""
    ratio = f"{ours / floor:6.2f}x" if floor else ""
    shown = f"{floor * 1000:7.1f} ms" if floor else "-"
    print(f"{what:52} {shown:>10} {ours * 1000:7.1f} ms {ratio:>7}  {goal}")  # noqa: T201


def head() -> None:
    print(HEAD)  # noqa: T201
