"""Printed figures read again by the recogniser, which knows nothing of how they were written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tracker.documents.tree import Figure, Inlines, plain
from tracker.language.figures import recognise
from tracker.language.qualifiers import single
from tracker.language.units import normal_unit


def misread(
    runs: Iterable[Inlines], printed: Iterable[Figure], names: Sequence[str]
) -> Iterator[Figure]:
    """The printed figures that a reader of the runs does not find as what they are."""
    text = "\n".join(plain(inlines) for inlines in runs)
    read = Counter(
        (f.value, normal_unit(f.unit), f.qualifier) for f in recognise(text, names).figures
    )
    for figure in printed:
        said = abs(figure.value), normal_unit(figure.unit), written(figure)
        if read[said] < 1:
            yield figure
        read[said] -= 1


def written(figure: Figure) -> str:
    """余 has no room below ten: 超 says the same."""
    word = single(figure.qualifier)
    return "超" if word in ("余", "多") and "超" in figure.surface else word
