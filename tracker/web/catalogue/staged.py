"""What a batch holds, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.language.guard import passage_leftovers
from tracker.ledger.models import Batch, StagedEntry, StagedFigure, StagedPassage


def entries_shown(batch: Batch) -> QuerySet[StagedEntry]:
    return batch.entries.select_related("indicator__unit", "region", "agency", "span")


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
