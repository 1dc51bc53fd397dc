"""A text, figure by figure: what each says, whether it is so, and what was probably meant."""

from collections.abc import Collection, Hashable, Sequence

from tracker.language.figures import recognise
from tracker.language.qualifiers import Agreement
from tracker.language.reading import FigureInText, Role
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.matching import CLEAR, FAINT, MARGIN, Choice, Matcher
from tracker.releases.proof.saying import verdict_of
from tracker.releases.proof.verdicts import Checked, Report, Verdict

_NO_LEDGER = frozenset({Role.CRITERION, Role.DURATION, Role.STRUCTURAL, Role.RANK})


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
    checked = tuple(_checked(choice) for choice in matcher.choices())
    return Report(text, checked, ())


def _checked(choice: Choice) -> Checked:
    figure, best, named = choice.figure, choice.best, choice.named
    if best and best.score >= FAINT and (named is None or best.score >= named.score - MARGIN):
        return _said(choice)
    if figure.role in _NO_LEDGER:
        return Checked(figure, Verdict.NO_LEDGER)
    rivals = tuple(one.source for one in choice.meant[1:4])
    if named and named.score >= FAINT and named.agreed == Agreement.WRONG:
        return Checked(figure, Verdict.MISMATCH, named.source, _should(figure, named), rivals)
    return Checked(
        figure,
        Verdict.UNSUPPORTED,
        None,
        "台账中没有这个数。",
        tuple(one.source for one in choice.meant[:3]),
    )


def _said(choice: Choice) -> Checked:
    best = choice.best
    rivals = tuple(one.source for one in choice.agreeing[1:5] if best.score - one.score < CLEAR)
    if rivals:
        return Checked(
            choice.figure,
            Verdict.AMBIGUOUS,
            best.source,
            "有几项数据都是这个数，请选定出处。",
            rivals,
        )
    return Checked(choice.figure, verdict_of(choice.figure, best.source, best.agreed), best.source)


def _should(figure: FigureInText, named) -> str:
    return f"台账为{named.source.qualifier}{named.source.value:f}{named.source.unit}。"
