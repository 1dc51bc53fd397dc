"""A single wrong figure is found: in the texts with a ledger of their agencies, and in what the city compiles.

In the suite some hundred changes are drawn; SHIJI_MUTATIONS=all tries every one.
"""

import os
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests.releases.proof import labelled
from tests.releases.proof.demonstration import TELL, heard
from tests.releases.proof.mutations import SAID, Mutation, Mutations, outcome
from tracker.language.tables import Cell, Tables
from tracker.releases.proof import Checked, Ground, Report, Verdict, prove_text

ALL = os.environ.get("SHIJI_MUTATIONS") == "all"
DRAWN, CELLS = 120, 40
STOPPED, PROPOSED, FALSE = Decimal("0.99"), Decimal("0.95"), Decimal("0.001")
# Of a small draw one change more may slip through than of all of them.
SPARE = 0 if ALL else 1
texts = pytest.mark.skipif(
    not labelled.FOLDER, reason="SHIJI_TEXTS names no folder with agencies.json"
)


@dataclass
class Score:
    """How many changes were tried, stopped, and had their right source proposed."""

    tried: Counter = field(default_factory=Counter)
    stopped: Counter = field(default_factory=Counter)
    proposed: Counter = field(default_factory=Counter)
    excused: Counter = field(default_factory=Counter)

    def add(self, report: Report, ground: Ground, share: int) -> None:
        mutations = Mutations(report, ground)
        every = list(mutations.all())
        drawn = every if ALL else random.Random(11).sample(every, min(share, len(every)))  # noqa: S311
        self.try_all(drawn, report, ground)
        self.excused += mutations.excused

    def try_all(self, drawn: Iterable[Mutation], report: Report, ground: Ground) -> None:
        for one in drawn:
            found = outcome(one, report, ground)
            self.tried[one.kind] += 1
            self.stopped[one.kind] += found.stopped
            self.proposed[one.kind] += found.proposed

    def lines(self, what: str) -> str:
        known = self.tried.total() - self.tried["added"]
        kinds = "; ".join(
            f"{kind} {self.stopped[kind]}/{self.tried[kind]}" for kind in sorted(self.tried)
        )
        return (
            f"{what}: {self.tried.total()} changes, {self.stopped.total()} stop publication ({kinds}); "
            f"the right entry is proposed for {self.proposed.total()} of {known}; "
            f"{self.excused.total()} stay true and are left out."
        )

    def check(self) -> None:
        known = self.tried.total() - self.tried["added"]
        assert self.stopped.total() + SPARE >= STOPPED * self.tried.total()
        assert self.proposed.total() >= PROPOSED * known


@pytest.fixture(scope="module")
def compiled(demonstration, tmp_path_factory) -> tuple[Ground, str]:
    """The demonstration city's ledger and the material that it compiles from it."""
    demonstration.compile(tmp_path_factory.mktemp("compiled") / "会前材料.docx")
    return heard(demonstration.run(TELL).splitlines()[-1])


def test_what_the_city_compiles_is_proved_without_a_stop(compiled, report):
    ground, text = compiled
    proof = prove_text(text, ground)
    verdicts = Counter(str(one.verdict) for one in proof.figures)
    report(
        f"compiled material: {len(text)} characters, {dict(verdicts)}, {len(proof.findings)} findings"
    )
    assert [one for one in proof.figures if one.blocks] == []
    assert proof.stops == ()


def test_a_wrong_figure_in_what_the_city_compiles_stops_it(compiled, report):
    ground, text = compiled
    score = Score()
    score.add(prove_text(text, ground), ground, DRAWN)
    report(score.lines("compiled material"))
    score.check()


def test_a_wrong_cell_of_the_annexed_table_stops_it(compiled, report):
    """A table that is left out of the text, or whose cells nobody reads, is found out."""
    ground, text = compiled
    before, cells = cells_of(text, ground)
    score = Score()
    score.try_all(cells if ALL else random.Random(5).sample(cells, CELLS), before, ground)  # noqa: S311
    report(score.lines("annexed table"))
    score.check()


def test_the_measure_sees_cells_that_nobody_names(compiled, monkeypatch):
    """Planted: without the words of its row a cell is held to nothing, and wrong ones slip."""
    ground, text = compiled
    before, cells = cells_of(text, ground)
    monkeypatch.setattr(Tables, "at", lambda self, offset, at=Tables.at: alone(at(self, offset)))
    score = Score()
    score.try_all(random.Random(5).sample(cells, CELLS), before, ground)  # noqa: S311
    assert score.proposed.total() < PROPOSED * (score.tried.total() - score.tried["added"])


def alone(cell: Cell | None) -> Cell | None:
    return cell and Cell(cell.start, cell.end, (cell.start, cell.end), "", unit=cell.unit)


def cells_of(text: str, ground: Ground) -> tuple[Report, list[Mutation]]:
    """The changes behind the head of the annexed table."""
    before, annex = prove_text(text, ground), text.index("附表：")
    return before, [one for one in Mutations(before, ground).all() if one.start > annex]


@texts
def test_a_wrong_figure_in_a_published_text_stops_it(report):
    score, ground = Score(), labelled.ledger()
    for text in labelled.texts().values():
        score.add(prove_text(text, ground), ground, DRAWN // len(labelled.texts()))
    report(score.lines("published texts"))
    score.check()


@texts
def test_no_figure_that_has_its_entry_is_refused(report):
    rows, false, known = labelled.figures(), [], 0
    for name, text in labelled.texts().items():
        proof = prove_text(text, labelled.ledger())
        own = [row for row in rows if row["text"] == name]
        has = [one for one in proof.figures if any(stands_at(one, row) for row in own)]
        known += len(has)
        false += [one for one in has if one.blocks]
        report(per_thousand(name, text, proof))
    assert len(false) <= FALSE * known


def stands_at(one: Checked, row: dict[str, str]) -> bool:
    start = int(row["offset"])
    overlaps = start < one.figure.end and one.figure.start < start + len(row["raw"])
    return overlaps and one.figure.value == Decimal(row["value"])


def per_thousand(name: str, text: str, proof: Report) -> str:
    """What somebody has to settle, per 1,000 characters."""
    found = Counter(one.verdict for one in proof.figures)
    told = ", ".join(
        f"{verdict} {Decimal(1000 * found[verdict]) / len(text):.2f}"
        for verdict in (Verdict.UNSUPPORTED, Verdict.AMBIGUOUS, Verdict.LOOSE)
    )
    return f"{name}: {len(text)} characters, {len(proof.figures)} figures; per 1,000: {told}"


@texts
def test_the_measure_sees_a_proof_that_looks_away(monkeypatch):
    """Planted: a proof that says yes to everything is found out."""
    ground = labelled.ledger()
    text = labelled.texts()["jinan-union"]
    before = prove_text(text, ground)
    changed = next(one for one in Mutations(before, ground).all() if one.kind == "digit")
    blind = Report(changed.text, tuple(one for one in before.figures if one.verdict in SAID), ())
    monkeypatch.setattr("tests.releases.proof.mutations.prove_text", lambda *_, **__: blind)
    assert not outcome(changed, before, ground).stopped
