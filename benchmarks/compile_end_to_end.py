"""A compile from the ledger to both files against its parts alone; with more history, with more indicators (P2)."""

from _harness import ROUNDS, head, in_turn, installation, processor, row

installation()

from collections.abc import Callable  # noqa: E402

from _city import Large  # noqa: E402

from tests import factories  # noqa: E402
from tracker.releases.compiling import compile_release, compose  # noqa: E402
from tracker.releases.files import make  # noqa: E402
from tracker.releases.genres import genre  # noqa: E402
from tracker.releases.issuing import latest  # noqa: E402
from tracker.releases.proof import forget, prove_version  # noqa: E402
from tracker.releases.snapshot import take  # noqa: E402

SETTINGS = {"报": "市委、市政府"}
INDICATORS, COUNTIES = 60, 11


class Compiled:
    """A brief of the last month in the ledger."""

    def __init__(self, large: Large):
        self.region, self.by = large.city.region, large.people["wang"]
        self.span = factories.month(2025, 12)

    def version(self):
        by = {"settings": SETTINGS, "by": self.by}
        return latest(compile_release("简报", self.region, self.span, **by))

    def whole(self) -> None:
        """As a warm worker does it: fetch, text, proof, both files."""
        version = self.version()
        forget()
        prove_version(version)
        make(version, "docx")
        make(version, "pdf")

    def parts(self) -> list[Callable]:
        """Each alone, of what the one before it made."""
        _, kind = genre("简报")
        known = (self.region, self.span, (), SETTINGS, 0, self.span.end)
        snapshot, version = take(*known), self.version()
        return [
            lambda: take(*known),
            lambda: compose(kind, snapshot),
            lambda: (forget(), prove_version(version)),
            lambda: make(version, "docx"),
            lambda: make(version, "pdf"),
        ]


def least(act: Callable[[], object]) -> float:
    """Least processor seconds: what else the machine does is no part of it."""
    act()
    return min(processor(act) for _ in range(ROUNDS))


def history(large: Large, first: int, last: int) -> None:
    for year in range(first, last + 1):
        for month in range(1, 13):
            large.report(factories.month(year, month))


def main() -> None:
    large = Large(indicators=INDICATORS, counties=COUNTIES)
    history(large, 2025, 2025)
    one = Compiled(large)
    parts = one.parts()
    head()
    both = in_turn(lambda: [part() for part in parts], one.whole)
    row(f"compile to .docx and .pdf, {INDICATORS} figures", *both, "2x its parts, 1000 ms (P2)")
    young = least(one.whole)
    history(large, 2021, 2024)
    row("the same after 60 months beside 12", young, least(one.whole), "1.1x (P2)")
    few = least(one.whole)
    large.grow(INDICATORS)
    history(large, 2025, 2025)
    row("twice the indicators", few, least(one.whole), "2x, linear (P2)")


main()
