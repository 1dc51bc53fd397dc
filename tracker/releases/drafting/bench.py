"""Everything that a text of a draft is measured against, loaded once for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.documents.tree import Document, Figure, figures
from tracker.releases.drafting.page import Page
from tracker.releases.drafting.rebuilding import rebuilt
from tracker.releases.genres import genres
from tracker.releases.models import Version
from tracker.releases.proof import (
    Flat,
    Ground,
    Issued,
    Report,
    Vouched,
    compilers_sentences,
    flatten,
    ground_now,
    prove_text,
)
from tracker.releases.proof.earlier import issued_before
from tracker.releases.proof.versions import Shelf, state_of_ledger
from tracker.releases.recording import document_of
from tracker.releases.waived import waived

_earlier = Shelf()


@dataclass(frozen=True)
class Bench:
    """The version's text, its figures as they were compiled, and what may be quoted.

    `vouched` (the compiler's sentences), `earlier`, `let_pass` and `public` are those of the proof before issuing: the page says the same.
    """

    version: Version
    base: Document
    origins: Mapping[str, Figure]
    ground: Ground
    vouched: frozenset[Vouched] = frozenset()
    earlier: Sequence[Issued] = ()
    let_pass: frozenset[str] = frozenset()
    public: bool = True

    def document(self, page: Page) -> Document:
        """The document of a page; figures that it claims are looked up here, never believed."""
        claimed = {run.figure for line in page for run in line.runs if run.figure}
        offered = {key: figure for key in claimed if (figure := self.offered(key))}
        return rebuilt(page, self.base, {**offered, **self.origins}, offered)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures as the version has them."""
        return figures(self.base)

    def offered(self, key: str) -> Figure | None:
        """A source that an editor may choose for a number, as a figure without a surface yet."""
        source = self.ground.by_key.get(key)
        if source is None or source.standing or not (source.entries or source.passage_figure):
            return None
        return Figure(key, source.entries, "", source.value, source.unit, source.qualifier)

    def prove(self, document: Document) -> tuple[Flat, Report]:
        """The document as one text, and its proof."""
        flat = flatten(document)
        return flat, prove_text(
            flat.text,
            self.ground,
            anchors=flat.anchors,
            vouched=self.vouched | flat.chosen,
            earlier=self.earlier,
            waived=self.let_pass,
            public=self.public,
        )


def bench_of(version: Version) -> Bench:
    """In a constant number of queries; what changes only with an act is kept while somebody types."""
    release = version.release
    ground = ground_now(release)
    kind = genres().get(release.genre)
    return Bench(
        version,
        document_of(version),
        origins(version),
        ground,
        compilers_sentences(version),
        _earlier.get(
            (release.pk, state_of_ledger()), lambda: issued_before(release.region, ground, release)
        ),
        waived(release),
        not (kind and kind.is_internal),
    )


def origins(version: Version) -> dict[str, Figure]:
    """The figures as the last compiled version up to this one has them, by key."""
    if version.kind == Version.Kind.COMPILED:
        return {}
    compiled = version.release.versions.filter(
        kind=Version.Kind.COMPILED, number__lte=version.number
    )
    first = compiled.order_by("number").last()
    return {figure.key: figure for figure in figures(document_of(first))} if first else {}
