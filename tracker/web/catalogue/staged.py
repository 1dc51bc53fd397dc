"""What a batch holds, as its page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.language.guard import passage_leftovers
from tracker.language.writing import write_figure
from tracker.ledger.models import Batch, StagedEntry, StagedFigure, StagedPassage

# One end of a range has no surface of its own.
ENDS = ("区间下限", "区间上限")


def entries_of(batch: Batch) -> QuerySet[StagedEntry]:
    return batch.entries.select_related("indicator__unit", "region", "agency", "span")


def written(entries: Iterable[StagedEntry]) -> None:
    """Give each its figure as a document would say it: 8.21余万人."""
    for entry in entries:
        entry.shown = surface(entry)


def surface(entry: StagedEntry) -> str:
    unit = entry.indicator.unit.name
    if entry.qualifier in ENDS:
        return f"{entry.entered}{entry.entered_unit}（{entry.qualifier}）"
    scale = entry.entered_unit.removesuffix(unit) if entry.entered_unit.endswith(unit) else ""
    return write_figure(
        entry.value, unit, decimals=entry.decimals, display=scale, qualifier=entry.qualifier
    )


@dataclass
class Text:
    """A staged text with its numbers; `pieces` are plain words and found numbers in turn."""

    passage: StagedPassage
    figures: list[StagedFigure]
    doubtful: list[str]

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        text, at = self.passage.text, 0
        for start, end in sorted({(one.start, one.end) for one in self.figures}):
            if start >= at:
                yield text[at:start], False
                yield text[start:end], True
                at = end
        yield text[at:], False


def passages_shown(batch: Batch) -> list[Text]:
    """Every text of the batch, in a constant number of queries."""
    rows = batch.passages.select_related("programme__line", "region", "agency", "span")
    return [
        Text(passage, list(passage.figures.all()), doubtful(passage))
        for passage in rows.prefetch_related("figures")
    ]


def doubtful(passage: StagedPassage) -> list[str]:
    """Numbers of which nobody can say what they count; they stay words."""
    programme = passage.programme
    names = [name for name in (programme.protected_name, programme.name) if name]
    return [one.raw for one in passage_leftovers(passage.text, names)]
