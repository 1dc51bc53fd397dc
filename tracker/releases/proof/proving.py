"""A text, figure by figure: what each says, whether it is so, what was probably meant, what else is wrong."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.catalogue.spans import parse_key
from tracker.language.figures import recognise
from tracker.language.gates import check_gates
from tracker.language.qualifiers import Agreement
from tracker.language.range_marks import other_marks
from tracker.language.rules import check
from tracker.releases.proof.bare import bare
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.judging import Judge
from tracker.releases.proof.matching import Matcher
from tracker.releases.proof.relations import counted_points, relations
from tracker.releases.proof.rulebook import GATES
from tracker.releases.proof.saying import says
from tracker.releases.proof.settling import settle
from tracker.releases.proof.verdicts import (
    MADE_GOOD,
    SHARED,
    Anchored,
    Checked,
    Finding,
    Issued,
    Report,
    Source,
    Verdict,
    Vouched,
    digest_of,
    place_of,
)
from tracker.releases.proof.vouching import standing
from tracker.releases.proof.wording import wording

_NOTE = 60
_SEVERITY = {"error": "E", "warning": "W", "information": "I"}


def prove_text(
    text: str,
    ground: Ground,
    *,
    anchors: Sequence[tuple[int, int, Hashable]] = (),
    earlier: Sequence[Issued] = (),
    vouched: Iterable[Vouched] = (),
    waived: Collection[str] = frozenset(),
    public: bool = True,
) -> Report:
    """Every figure of the text with its verdict, and what the text as a whole does wrong.

    anchors: (start, end, key) of figure nodes that claim a source; vouched: (key, sentence) where such a
    claim needs no words of its own. earlier: what issued versions said.
    waived: digests of waived findings. public: it is meant to be read by everybody.
    """
    reading = recognise(text, ground.names)
    figures = reading.figures
    nodes = {(start, end): str(key) for start, end, key in anchors}
    cells = list(_cells(text, figures, ground, nodes))
    told = {id(one.figure) for one in cells}
    others = [figure for figure in figures if id(figure) not in told]
    standing_so = standing(text, ground, anchors, vouched)
    choices = Matcher(text, others, ground, nodes, standing_so).choices()
    judged = Judge(text, ground, settle(text, choices, ground.facts.names)).verdicts()
    checked = sorted([*cells, *judged], key=lambda one: one.figure.start)
    findings = sorted(_findings(text, ground, checked, earlier, anchors, public), key=place_of)
    checked = sorted([*checked, *bare(text, reading.leftovers, ground)], key=place_of)
    return Report(
        text,
        tuple(_let_pass(text, one, waived) for one in checked),
        tuple(_waive(text, one, waived) for one in findings),
    )


def _is_noted(text: str, figure, source: Source) -> bool:
    """A note is known by its node only where its own words stand before it: 已补计市中区…40人次."""
    before = text[max(0, figure.start - _NOTE) : figure.start]
    if source.op == MADE_GOOD:
        return f"{source.name[:2]}{source.place}" in before
    return source.op != SHARED or before.endswith("重复的")


def _cells(text: str, figures, ground: Ground, nodes) -> Iterator[Checked]:
    """Cells of tables by their nodes; one that no longer says its fact is proved like any figure."""
    for figure in figures:
        claimed = ground.of_node(nodes.get((figure.start, figure.end), ""))
        known = claimed in ground.cells and says(figure, claimed) == Agreement.WRITTEN
        if known and _is_noted(text, figure, claimed):
            yield Checked(figure, Verdict.DERIVED if claimed.op else Verdict.VERIFIED, claimed)


def _findings(
    text: str,
    ground: Ground,
    checked: Sequence[Checked],
    earlier: Sequence[Issued],
    anchors: Sequence[Anchored],
    public: bool,
) -> Iterator[Finding]:
    own = [
        *wording(text, ground, checked, anchors),
        *relations(text, ground, checked, earlier),
        *counted_points(text, [one.figure for one in checked]),
    ]
    yield from dict.fromkeys(own)
    known = {(one.rule, one.start) for one in own}
    of_words = [
        *check(text, on=parse_key(ground.span).end, more=ground.usage),
        *other_marks(text, [one.figure for one in checked], ground.range_mark),
    ]
    gates = check_gates(
        text,
        public=public,
        terms=ground.terms,
        formulas=ground.formulas,
        officials=ground.officials,
    )
    for one in (*of_words, *gates):
        if (one.rule, one.start) not in known and (public or one.rule != "T13"):
            known.add((one.rule, one.start))
            severity = _SEVERITY[one.severity]
            blocks = one.rule in GATES and severity == "E"
            yield Finding(
                one.rule, severity, one.start, one.end, one.message, one.suggestion, blocks
            )


def _let_pass(text: str, one: Checked, waived: Collection[str]) -> Checked:
    if not one.blocks or not waived:
        return one
    digest = digest_of(text, one.figure.start, one.figure.end, str(one.verdict))
    return replace(one, verdict=Verdict.WAIVED) if digest in waived else one


def _waive(text: str, one: Finding, waived: Collection[str]) -> Finding:
    if not one.blocks or not waived:
        return one
    return replace(one, blocks=digest_of(text, one.start, one.end, one.rule) not in waived)
