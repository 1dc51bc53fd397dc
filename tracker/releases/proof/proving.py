"""A text, figure by figure: what each says, whether it is so, and what was probably meant."""

from collections.abc import Collection, Hashable, Sequence

from tracker.language.figures import recognise
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.judging import Judge
from tracker.releases.proof.matching import Matcher
from tracker.releases.proof.settling import settle
from tracker.releases.proof.verdicts import Report


def prove_text(
    text: str,
    ground: Ground,
    *,
    anchors: Sequence[tuple[int, int, Hashable]] = (),
    earlier: Sequence[object] = (),
    waived: Collection[str] = frozenset(),
) -> Report:
    """Every figure of the text with its verdict, and what the text as a whole does wrong.

    anchors: (start, end, key) of figure nodes that claim a source. waived: digests of waived findings.
    """
    figures = recognise(text, ground.names).figures
    nodes = {(start, end): str(key) for start, end, key in anchors}
    matcher = Matcher(text, figures, ground, nodes)
    settled = settle(text, matcher.choices(), ground.facts.names)
    return Report(text, Judge(text, ground, settled).verdicts(), ())
