"""From the last approval to a draft that can be downloaded, on the embedded default."""

from _harness import ROOT, head, in_turn, installation, row

FOLDER = installation()

import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from _city import Large  # noqa: E402

from tests import factories  # noqa: E402
from tracker.jobs import health  # noqa: E402
from tracker.jobs.services import enqueue  # noqa: E402
from tracker.releases.compiling import compile_release  # noqa: E402
from tracker.releases.files import file_of  # noqa: E402
from tracker.releases.issuing import latest  # noqa: E402
from tracker.releases.models import Release, ReleasePlan  # noqa: E402
from tracker.review.services import approve  # noqa: E402

PATIENCE = 120


def main() -> None:
    large = Large(indicators=60)
    cycle = large.cycle()
    ReleasePlan.objects.create(
        name="简报", genre="brief", region=large.city.region, cycle=cycle, when_complete=True
    )
    filed = large.filed(large.filled(large.draft(cycle, factories.month(2026, 6))))
    with worker():
        start = time.perf_counter()
        approve(filed, by=large.people["wang"], version=filed.version)
        made = awaited(lambda: Release.objects.first())
        ready = time.perf_counter() - start
        content = file_of(latest(made), "docx")
        took = time.perf_counter() - start
    if not content.startswith(b"PK"):
        raise SystemExit("That is no Word file.")
    alone = {"settings": made.settings, "by": large.people["wang"]}
    floor, _ = in_turn(
        lambda: compile_release("简报", made.region, made.span, **alone), lambda: None
    )
    head()
    row(
        "last approval -> draft ready, beside its compile",
        floor,
        ready,
        "2000 ms, worker idle (P8)",
    )
    row("last approval -> .docx of the draft, 60 figures", None, took, "5000 ms, worker idle")


class worker:
    """The worker of the embedded default, up and answering."""

    def __enter__(self):
        command = [sys.executable, str(ROOT / "manage.py"), "work"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ)  # noqa: S603
        enqueue(health.PING, key="bench")
        awaited(health.alive)

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(PATIENCE)


def awaited(question):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise SystemExit("Nothing came of it within a minute.")


main()
