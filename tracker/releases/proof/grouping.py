"""The figures of a text, sentence by sentence."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.language.prose import Sentence, sentences
from tracker.language.reading import FigureInText
from tracker.releases.proof.verdicts import Checked


@dataclass(frozen=True)
class Group:
    """A sentence with its figures."""

    sentence: Sentence
    checked: tuple[Checked, ...]

    @property
    def figures(self) -> list[FigureInText]:
        return [one.figure for one in self.checked]


def by_sentence(text: str, checked: Sequence[Checked]) -> Iterator[Group]:
    """Every sentence, those without a figure too; `checked` lie in order."""
    starts = [one.figure.start for one in checked]
    for sentence in sentences(text):
        first, last = (bisect_left(starts, place) for place in (sentence.start, sentence.end))
        yield Group(sentence, tuple(checked[first:last]))
