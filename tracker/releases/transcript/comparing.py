"""What was said otherwise than the ledger has it, and what was written and not said. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.documents.tree import Figure, Heading, Inline, Paragraph, Passage
from tracker.language.prose import sentence_at
from tracker.language.writing import write_figure
from tracker.releases.proof import BLOCKING, Checked, Report, Source, Verdict

from .building import speaker_of
from .material import Written
from .turns import Kind, Turn, Voice

WRONG = BLOCKING - {Verdict.UNSUPPORTED}


@dataclass(frozen=True)
class Difference:
    """A spoken figure that is not what the ledger says; the ledger stays.

    `source` is what the ledger has; None where it has nothing of the kind.
    """

    turn: int
    speaker: str
    raw: str
    sentence: str
    source: Source | None
    hint: str

    @property
    def words(self) -> str:
        """For the list of what an editor has to know."""
        if self.source is None:
            return f"{self.speaker}讲到“{self.raw}”，台账中没有这个数，请供稿单位补报依据或改写。"
        kept = said(self.source.value, self.source.unit, self.source.qualifier)
        return (
            f"{self.speaker}讲“{self.raw}”，台账为{kept}（{self.source.name}）。"
            "台账不变，请按台账更正或由供稿单位补报依据。"
        )


def said(value: Decimal, unit: str, qualifier: str) -> str:
    display = "亿" if value >= 10**8 else "万" if value >= 10**5 and value % 100 == 0 else ""
    try:
        return write_figure(value, unit, display=display, qualifier=qualifier)
    except ValueError:
        return f"{value.normalize():f}{unit}"


def differences(
    turns: Sequence[Turn], reports: Mapping[int, Report], voices: Mapping[str, Voice]
) -> tuple[Difference, ...]:
    """Spoken figures that stop publication, in order; `reports` are proofs by turn number."""
    return tuple(
        _difference(turn, checked, reports[turn.number].text, speaker_of(turn, voices))
        for turn in turns
        if turn.number in reports
        for checked in reports[turn.number].figures
        if checked.verdict in BLOCKING
    )


def _difference(turn: Turn, checked: Checked, text: str, speaker: str) -> Difference:
    source = checked.source if checked.verdict in WRONG else None
    sentence = sentence_at(text, checked.figure.start).text.strip()
    return Difference(turn.number, speaker, checked.figure.raw, sentence, source, checked.hint)


def unsaid(talk: Written, spoken: Iterable[Report]) -> tuple[str, ...]:
    """Figures of the written talk that its speaker did not say, as they are written."""
    heard = {
        (source.key, source.value)
        for report in spoken
        for checked in report.figures
        if (source := checked.source) and checked.verdict not in BLOCKING
    }
    values = {checked.figure.value for report in spoken for checked in report.figures}
    return tuple(
        figure.surface
        for figure in _figures(talk)
        if figure.value not in values and (figure.key, figure.value) not in heard
    )


def _figures(talk: Written) -> Iterable[Figure]:
    for block in talk.blocks:
        if isinstance(block, Heading | Paragraph):
            yield from _of(block.inlines)


def _of(inlines: Iterable[Inline]) -> Iterable[Figure]:
    for inline in inlines:
        if isinstance(inline, Figure):
            yield inline
        elif isinstance(inline, Passage):
            yield from _of(inline.inlines)


def talks_given(turns: Iterable[Turn], key: str) -> list[int]:
    """The numbers of the turns in which a talk was given."""
    return [turn.number for turn in turns if turn.kind == Kind.TALK and turn.voice == key]
