"""What a step was about: the text as a whole, or what one agency has in it; each with its digest."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from accounts.models import Agency
from tracker.documents.canonical import digest
from tracker.documents.tree import Document, Figure, Inline, Inlines, Passage, plain, runs
from tracker.language.prose import sentence_at
from tracker.ledger.models import Entry, PassageFigure
from tracker.ledger.models import Passage as LedgerPassage
from tracker.releases.contributors import Speakers
from tracker.releases.models import Version
from tracker.releases.recording import document_of

# Set at issuing, or counted by the system: no words that anybody read.
UNREAD = ("version", "issue", "foot", "correction")


def text_digest(version: Version) -> str:
    """The same for two versions that say the same."""
    document = document_of(version)
    meta = {name: value for name, value in document.meta.items() if name not in UNREAD}
    if version.release.correction_note:
        meta["correction"] = version.release.correction_note
    return digest(replace(document, meta=meta))


@dataclass(frozen=True)
class Part:
    """What an agency has in a text: its sentences in their order, and its figures with their entries."""

    agency: int
    sentences: tuple[str, ...]
    figures: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def digest(self) -> str:
        said = json.dumps([self.sentences, self.figures], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def parts_of(version: Version) -> dict[int, Part]:
    """Agency id -> its part, for every agency of the region that stands behind the text.

    A paragraph that is all its own is shown whole; of one that it shares, only its sentences.
    """
    document = document_of(version)
    owners = _Owners.of(document, version)
    sentences: dict[int, dict[str, None]] = {}
    numbers: dict[int, list] = {}
    for _, inlines in runs(document):
        owned = [(owners.of_inline(inline), at, inline) for inline, at in _placed(inlines)]
        mine = {owner for owner, _, _ in owned if owner}
        text = plain(inlines)
        for owner, at, inline in owned:
            if not owner:
                continue
            if isinstance(inline, Figure):
                numbers.setdefault(owner, []).append((inline.surface, inline.entries))
                if not inline.entries:
                    continue  # shown with the passage that it stands in
            words = text.strip() if len(mine) == 1 else _sentence(text, at, inline)
            sentences.setdefault(owner, {})[words] = None
    return {
        agency: Part(agency, tuple(found), tuple(numbers.get(agency, ())))
        for agency, found in sentences.items()
    }


def _sentence(text: str, at: int, inline: Inline) -> str:
    """A passage is shown as it stands, a figure with its sentence."""
    if isinstance(inline, Passage):
        return plain(inline.inlines)
    return sentence_at(text, at).text.strip()


def _placed(inlines: Inlines, at: int = 0) -> Iterator[tuple[Inline, int]]:
    for inline in inlines:
        yield inline, at
        if isinstance(inline, Passage):
            yield from _placed(inline.inlines, at)
        at += len(plain((inline,)))


class _Owners:
    """Whose a figure or a passage is: the agency's itself, or that of its line at the region."""

    def __init__(self, entries: dict[int, int], passages: dict[int, int], numbers: dict[int, int]):
        self.entries, self.passages, self.numbers = entries, passages, numbers

    @classmethod
    def of(cls, document: Document, version: Version) -> "_Owners":
        speakers = Speakers.of(version.release.region)
        cited = version.citations.all()
        entries = Entry.objects.filter(pk__in=cited.values("entry")).select_related(
            "agency", "indicator"
        )
        known = version.snapshot.get("quoted", [])
        passages = LedgerPassage.objects.filter(pk__in=known).select_related("agency", "programme")
        numbers = PassageFigure.objects.filter(pk__in=cited.values("passage_figure"))
        of_passage = {
            row.pk: speakers.for_agency(row.agency, row.programme.line_id) for row in passages
        }
        return cls(
            {row.pk: speakers.for_agency(row.agency, row.indicator.line_id) for row in entries},
            of_passage,
            {pk: of_passage.get(owner, 0) for pk, owner in numbers.values_list("pk", "passage")},
        )

    def of_inline(self, inline: Inline) -> int:
        """Agency id; 0 for words that are nobody's."""
        if isinstance(inline, Passage):
            return self.passages.get(_number(inline.key), 0)
        if not isinstance(inline, Figure):
            return 0
        if inline.entries:
            return next((self.entries[pk] for pk in inline.entries if pk in self.entries), 0)
        return self.numbers.get(_number(inline.key), 0)


def _number(key: str) -> int:
    digits = key.partition("_")[0].lstrip("pf")
    return int(digits) if digits.isdigit() else 0


def agencies_of(parts: Iterable[int]) -> dict[int, Agency]:
    """The agencies of these ids, in the order of their lines."""
    rows = Agency.objects.filter(pk__in=list(parts)).select_related("line")
    return {row.pk: row for row in rows.order_by("line__order", "pk")}
